import { CARD, CARDKIT, CLICKED, of11310 } from './codes/card.ts';
import { GATEWAY } from './codes/gateway.ts';
import { BATCH, TABLES, WEBHOOK } from './codes/other-ways.ts';
import { type CodeRow, type CodeTable, later, row } from './codes/row.ts';
import { AROUND, SENDING } from './codes/sending.ts';

export { type CodeClass, type CodeRow, faultOf } from './codes/row.ts';

/** What was asked of Feishu: the same number may mean different things. */
export type Operation = 'call' | 'token' | 'batch' | 'webhook';

/** What came back, as far as it is needed to understand it. */
export interface Said {
  readonly code: number;
  readonly http?: number | null;
  /** Feishu's own words: the inner code of 230099 stands in them */
  readonly msg?: string | null;
  readonly operation?: Operation;
}

const ALL: CodeTable = { ...TABLES, ...CLICKED, ...CARDKIT, ...WEBHOOK, ...BATCH, ...AROUND, ...SENDING, ...GATEWAY };

/** `ErrCode: N` in the words of 230099, which say why a card was refused. */
export const innerCode = ({ code, msg }: Said): number | null => {
  const found = code === 230099 ? /ErrCode:\s*(\d+)/.exec(msg ?? '')?.[1] : undefined;
  return found === undefined ? null : Number(found);
};

const ofOperation: Readonly<Partial<Record<Operation, CodeTable>>> = { batch: BATCH, webhook: WEBHOOK };

/** The table's row for what Feishu said; null for a code that no table knows. */
export const codeRow = (said: Said | number): CodeRow | null => {
  const asked: Said = typeof said === 'number' ? { code: said } : said;
  const { code, msg, operation = 'call' } = asked;
  const inner = innerCode(asked);
  if (inner === 11310 || code === 11310) return of11310(msg ?? '');
  if (inner !== null) return CARD[inner] ?? ALL[230099] ?? null;
  if (code === 11246 && /Service Internal Error/i.test(msg ?? ''))
    return later(['飞书内部出错', 'Feishu had an internal error'], { internal: true });
  // 230027 says several things, too: a missing scope is the app's matter, a group that is external this group's
  if (code === 230027 && /external/i.test(msg ?? '')) return ALL[232033] ?? null;
  return ofOperation[operation]?.[code] ?? ALL[code] ?? CARD[code] ?? null;
};

const unlisted = {
  app: row(
    'setup',
    ['飞书拒绝了这个应用', 'Feishu refused the app'],
    ['核对应用的凭证、权限和状态。', "Check the app's credentials, scopes and state."],
  ),
  recipient: row(
    'recipient',
    ['飞书拒绝了这个收件人', 'Feishu refused this recipient'],
    ['核对 to 里的 id。', 'Check the id in `to`.'],
  ),
  message: row(
    'message',
    ['飞书拒绝了这条消息', 'Feishu refused this message'],
    ['看飞书的原话。', "See Feishu's own words."],
  ),
  unknown: row('unknown', ['飞书出错,不知道是否送达', 'Feishu had an error; nobody knows whether it arrived']),
  pace: later(['请求太快', 'too many requests'], { pace: 'app' }),
};

/**
 * An error of the server's own proves nothing about what it did before: 5xx, whatever code stands in it. What has no
 * uuid must not be repeated on such a word, so there an internal error as HTTP 200 or 400 is none, either. Asking for a
 * token sends nothing.
 */
const mayHaveArrived = ({ http = null, operation = 'call' }: Said, known: CodeRow | null): boolean => {
  if (operation === 'token') return false;
  if (http !== null && http >= 500) return true;
  return (operation === 'webhook' || operation === 'batch') && known?.class === 'retry' && known.internal === true;
};

/**
 * Any code as a row: from the table, else by its shape. 429 is a limit, 5xx unknown; what the token endpoint refuses is
 * the app's fault, as are the gateway's 99991xxx; 99992xxx speak of ids; all else is about the message.
 */
export const understand = (said: Said): CodeRow => {
  const known = codeRow(said);
  const { code, http = null, operation = 'call' } = said;
  // a limit is a limit, whatever else the code may mean; a permanent refusal stays one
  if (http === 429 && (known === null || known.class === 'retry' || known.class === 'token'))
    return known?.pace === undefined ? unlisted.pace : known;
  if (mayHaveArrived(said, known))
    return known === null ? unlisted.unknown : { ...unlisted.unknown, words: known.words };
  if (known !== null) return known;
  if (operation === 'token' || (code >= 99_991_000 && code < 99_992_000)) return unlisted.app;
  return code >= 99_992_000 && code < 99_993_000 ? unlisted.recipient : unlisted.message;
};

export const knownCodes = (): readonly number[] =>
  [...new Set([...Object.keys(ALL), ...Object.keys(CARD)])].map(Number);
