import { explainTransport, LACKING } from '../feishu/codes/transport.ts';
import { codeRow } from '../feishu/codes.ts';
import { explain, type LinkApp } from '../feishu/explain.ts';
import type { Reply } from '../feishu/reply.ts';
import type { Text } from '../model/text.ts';
import { doctorWords } from './words.ts';

/** What is looked at; programs read these names. */
export type CheckName =
  | 'settings'
  | 'proxy'
  | 'token'
  | 'clock'
  | 'call'
  | 'bot'
  | 'published'
  | 'scopes'
  | 'recipient'
  | 'owner'
  | 'login'
  | 'send';

/** A fault is what keeps messages from arriving; skipped: it could not be asked, and why. */
export type FindingStatus = 'ok' | 'warning' | 'fault' | 'skipped';

export interface Finding {
  readonly check: CheckName;
  readonly app: string | null;
  /** whom or what it is about: a recipient, a scope */
  readonly subject: string | null;
  /** the jobs that need it */
  readonly jobs: readonly string[];
  readonly status: FindingStatus;
  readonly code: string;
  readonly message: Text;
  readonly hint: Text | null;
  /** the page where it is mended */
  readonly link: string | null;
  /** what Feishu said, when it refused */
  readonly feishuCode: number | null;
  readonly logId: string | null;
}

/** What a finding is about. */
export interface Where {
  readonly check: CheckName;
  readonly app?: (LinkApp & { readonly name: string }) | null;
  readonly subject?: string | null;
  readonly jobs?: readonly string[];
}

type Catalogue = typeof doctorWords;
type ParametersOf<C extends keyof Catalogue> = Parameters<Catalogue[C]>[0];

/** A finding in the words of its code. */
export const finding = <C extends keyof Catalogue>(
  { check, app = null, subject = null, jobs = [] }: Where,
  status: FindingStatus,
  code: C,
  p: ParametersOf<C>,
  more: Partial<Pick<Finding, 'hint' | 'link' | 'feishuCode' | 'logId'>> = {},
): Finding => {
  const words = (doctorWords[code] as (p: ParametersOf<C>) => { message: Text; hint?: Text })(p);
  return {
    check,
    app: app?.name ?? null,
    subject,
    jobs,
    status,
    code,
    message: words.message,
    hint: words.hint ?? null,
    link: null,
    feishuCode: null,
    logId: null,
    ...more,
  };
};

/** The app lacks a scope for this call (generic error codes). */
const LACKS_SCOPE: readonly number[] = [99991672, 99991676, 99991679];

export const lacksScope = (reply: Reply): boolean =>
  reply.is === 'answer' && reply.code !== null && LACKS_SCOPE.includes(reply.code);

/**
 * What stood in the way of a call, as a finding: no connection, no answer of Feishu's, a limit for now, the month's
 * quota, or a refusal with its words and the page that mends it.
 */
export const refusal = (where: Where, reply: Reply, status: FindingStatus = 'fault'): Finding => {
  if (reply.is !== 'answer') {
    const what = { happened: reply.is, http: null, raw: reply.why };
    return finding(where, status, 'unreachable', { why: explainTransport(what, { unsure: false }).words });
  }
  const { code, http, msg, logId, operation } = reply;
  if (reply.lacks !== undefined)
    return finding(where, status, 'incomplete', { why: LACKING[reply.lacks].words }, { logId });
  if (code === null && http !== 429) return finding(where, status, 'no-answer', { http }, { logId });
  const said = explain({ code: code ?? 99991400, http, msg, operation }, where.app ?? null);
  const more = { link: said.link, feishuCode: code, logId };
  const known = code === null || codeRow({ code, http, msg, operation }) !== null;
  // of a code that no table knows Feishu's own words say more than ours
  const p = { words: said.words, code: code === null ? `HTTP ${http}` : known ? code : `${code} ${msg ?? ''}`.trim() };
  if (said.class === 'retry')
    return finding(where, status === 'fault' ? 'warning' : status, 'limited', p, { ...more, link: null });
  const hint = said.hint.zh === '' ? null : said.hint;
  return finding(where, status, said.class === 'quota' ? 'quota-over' : 'refused', p, { ...more, hint });
};

/** Nothing that was found keeps messages from arriving. */
export const isSound = (findings: readonly Finding[]): boolean => findings.every(({ status }) => status !== 'fault');
