import { failure } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type Answer, ok, okFlat, refuse } from './answer.ts';
import { sandboxWords } from './words.ts';

/** Kinds with a name; any other kind is a code of Feishu's, or `230099:N` with the inner ErrCode of a card. */
export const FAULT_KINDS = [
  'lost-answer',
  'hang',
  'hang-before',
  '500',
  '502-html',
  '429',
  'slow',
  'no-history',
  'no-data',
  'broken-list',
  'endless-list',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number] | `${number}` | `${number}:${number}`;

export interface Fault {
  readonly kind: FaultKind;
  /** how many requests it strikes; left out: for ever */
  readonly times?: number;
  readonly match?: {
    /** a piece of the request's path; left out: where such a fault belongs, mostly the sending of messages */
    readonly path?: string;
    /** the id a message is addressed to, or its chat_id */
    readonly recipient?: string;
    /** the app that asks, by its App ID */
    readonly app?: string;
  };
  /** of `slow`: how slow (3); of `429`: after how many seconds to come back (1) */
  readonly seconds?: number;
}

/** What a fault is compared with. */
export interface Strike {
  readonly path: string;
  readonly sends: boolean;
  readonly open: boolean;
  /** reads what was said in a chat */
  readonly history: boolean;
  readonly recipients: readonly string[];
  /** whose token it carries, or who asks for one */
  readonly app: string;
}

const OPTIONS = ['times', 'recipient', 'path', 'app', 'seconds'] as const;

/** Credentials are refused where tokens are made, tokens at every call that carries one, all else at sending. */
const belongs = (kind: FaultKind, strike: Strike): boolean => {
  if (kind === 'no-history') return strike.history;
  if (kind === 'broken-list' || kind === 'endless-list')
    return /\/(children|find_by_department|v1\/chats)$/.test(strike.path);
  if (/^(100\d\d|20002|99991543)$/.test(kind)) return strike.open;
  if (/^9999(16|14)\d\d$/.test(kind) && kind !== '99991400') return !strike.open;
  return strike.sends;
};

export const strikes = (fault: Fault, strike: Strike): boolean => {
  const { path, recipient, app } = fault.match ?? {};
  // the only fault of a kind of call: wherever it is asked for, it strikes nothing else
  if (fault.kind === 'no-history' && !strike.history) return false;
  return (
    (path === undefined ? belongs(fault.kind, strike) : strike.path.includes(path)) &&
    (recipient === undefined || strike.recipients.includes(recipient)) &&
    (app === undefined || strike.app === app)
  );
};

const cardRefusal = (inner: string): Answer =>
  refuse(230099, {
    msg: `Failed to create card content, ext=ErrCode: ${inner}; ErrMsg: fault switched on in the sandbox;`,
  });

/** What a fault answers by itself; null for those that let the request through and spoil something else. */
export const faultAnswer = (fault: Fault): Answer | null => {
  switch (fault.kind) {
    case 'lost-answer':
    case 'hang':
    case 'hang-before':
    case 'slow':
      return null;
    case 'no-history':
      return refuse(230027, { ext: 'the app lacks the scope im:message.group_msg' });
    case 'no-data':
      return okFlat({});
    case 'broken-list':
      return ok({ items: [], has_more: true });
    case 'endless-list':
      return ok({ items: [], has_more: true, page_token: 'on' });
    case '500':
      return { is: 'bytes', http: 500, type: 'text/plain', body: 'Internal Server Error' };
    case '502-html':
      return {
        is: 'bytes',
        http: 502,
        type: 'text/html',
        body: '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>',
      };
    case '429':
      return refuse(99991400, {
        headers: { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(fault.seconds ?? 1) },
      });
    default: {
      const [code, inner] = fault.kind.split(':') as [string, string?];
      return inner === undefined ? refuse(Number(code)) : cardRefusal(inner);
    }
  }
};

const isKind = (kind: string): kind is FaultKind =>
  (FAULT_KINDS as readonly string[]).includes(kind) || /^[1-9]\d{3,8}$/.test(kind) || /^230099:\d{4,6}$/.test(kind);

const positive = (name: string, value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0 || (name === 'times' && !Number.isInteger(number)))
    throw failure(sandboxWords, 'fault-option-bad', { name, value }, { status: 2 });
  return number;
};

/**
 * `KIND[:option=value,…]`: `lost-answer`, `230002:recipient=oc_x`, `230099:200550:times=2`, `429:seconds=3,times=1`,
 * `slow:seconds=2,path=auth`. Throws `fault-unknown`, `fault-option-unknown`, `fault-option-bad`.
 */
export const parseFault = (written: string): Fault => {
  const text = written.trim();
  const [, kind = '', rest = ''] = /^([^:]*(?::\d+)?)(?::(.*))?$/s.exec(text) ?? [];
  if (!isKind(kind)) {
    const near = nearest(kind, [...FAULT_KINDS]);
    throw failure(sandboxWords, 'fault-unknown', { written, near, kinds: FAULT_KINDS }, { status: 2 });
  }
  const options = new Map<string, string>();
  for (const piece of rest.split(',').filter((one) => one.trim() !== '')) {
    const [name = '', ...value] = piece.split('=').map((one) => one.trim());
    if (!(OPTIONS as readonly string[]).includes(name)) {
      const known = { written: name, near: nearest(name, [...OPTIONS]), options: OPTIONS };
      throw failure(sandboxWords, 'fault-option-unknown', known, { status: 2 });
    }
    if (value.join('=') === '') throw failure(sandboxWords, 'fault-option-bad', { name, value: '' }, { status: 2 });
    options.set(name, value.join('='));
  }
  const [times, seconds] = ['times', 'seconds'].map((name) => options.get(name));
  const match = Object.fromEntries(
    ['path', 'recipient', 'app'].flatMap((name) => (options.has(name) ? [[name, options.get(name) as string]] : [])),
  );
  return {
    kind,
    ...(times === undefined ? {} : { times: positive('times', times) }),
    ...(seconds === undefined ? {} : { seconds: positive('seconds', seconds) }),
    ...(Object.keys(match).length === 0 ? {} : { match }),
  };
};

/** The faults that are switched on, in order; the first that fits strikes and uses up one of its times. */
export interface FaultDesk {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  take(strike: Strike): Fault | null;
}

export const createFaultDesk = (): FaultDesk => {
  let faults: readonly Fault[] = [];
  return {
    add: (fault) => {
      faults = [...faults, fault];
    },
    clear: () => {
      faults = [];
    },
    list: () => faults,
    take: (strike) => {
      const struck = faults.find((fault) => strikes(fault, strike)) ?? null;
      if (struck?.times !== undefined) {
        const left = struck.times - 1;
        faults = faults.flatMap((one) => (one !== struck ? [one] : left > 0 ? [{ ...one, times: left }] : []));
      }
      return struck;
    },
  };
};
