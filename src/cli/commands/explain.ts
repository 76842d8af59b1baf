import { explainTransport } from '../../feishu/codes/transport.ts';
import { type CodeClass, codeRow, faultOf } from '../../feishu/codes.ts';

import { explain as explainCode, type LinkApp } from '../../feishu/explain.ts';
import type { Json } from '../../model/dataset.ts';
import { failure } from '../../model/errors.ts';
import { say, type Text } from '../../model/text.ts';
import type { Act } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';

const CLASS_WORDS: Readonly<Record<CodeClass, Text>> = {
  retry: { zh: '会自动重试', en: 'tried again by itself' },
  token: { zh: '会换一个令牌再试一次', en: 'tried again once, with a new token' },
  setup: {
    zh: '要改应用的设置;同一次推送的其余消息不再发',
    en: 'the app must be mended; the rest of the run is not sent',
  },
  quota: { zh: '额度用完;同一次推送的其余消息不再发', en: 'the quota is used up; the rest of the run is not sent' },
  recipient: { zh: '只影响这个收件人,不重试', en: 'concerns this recipient only; not tried again' },
  message: { zh: '要改消息的内容,不重试', en: 'the message must be changed; not tried again' },
  unknown: { zh: '不知道是否送达', en: 'nobody knows whether it arrived' },
};

const NOTHING: Text = { zh: '', en: '' };
const BY_SHAPE: Text = {
  zh: '这个码不在表里,以上按它的形状推断。',
  en: 'This code is not in the table; the above goes by its shape.',
};

/** The app of the project we stand in, for the links; without a project there are none. */
const appHere = (context: Context): LinkApp | null => {
  try {
    return Object.values(context.project([]).settings.apps)[0] ?? null;
  } catch {
    return null;
  }
};

/** What is asked: a code of Feishu's with what it said, or an HTTP status alone. */
export type Asked = { readonly code: number; readonly msg: string } | { readonly http: number };

const asAsked = (number: string): Asked =>
  /^[1-5]\d\d$/.test(number) ? { http: Number(number) } : { code: Number(number), msg: '' };

/** A number, several, a number and its inner one, `HTTP 502`, or the whole of what Feishu said; empty: no code in it. */
export const readAsked = (written: string): readonly Asked[] => {
  const said = /"code"\s*:\s*(\d+)/.exec(written)?.[1];
  if (said !== undefined) return [{ code: Number(said), msg: written }];
  const inner = /^\s*230099[\s,:/]+(\d{4,6})\s*$/.exec(written)?.[1];
  if (inner !== undefined) return [{ code: 230099, msg: `ErrCode: ${inner};` }];
  const numbers = written
    .replaceAll(/\bHTTP[\s/:]*(?=\d{3}\b)/gi, '')
    .match(/^[\s,\u3001\uff0c]*(?:\d+[\s,\u3001\uff0c]*)+$/);
  if (numbers !== null) return (numbers[0].match(/\d+/g) ?? []).map(asAsked);
  const http = /\bHTTP\s*\/?\s*(?:\d\.\d\s+)?([1-5]\d\d)\b/i.exec(written)?.[1];
  const code = /\d{4,9}/.exec(written)?.[0];
  if (code !== undefined) return [{ code: Number(code), msg: written }];
  return http === undefined ? [] : [{ http: Number(http) }];
};

interface Answer {
  readonly name: string;
  readonly does: Text;
  readonly message: Text;
  readonly hint: Text;
  readonly link: string | null;
  readonly known: boolean;
  readonly data: Readonly<Record<string, Json>>;
}

const SUCCESS: Text = { zh: '成功', en: 'success' };
const SUCCESS_DOES: Text = {
  zh: '带 message_id 就是已送达;没有 message_id 是「不确定」',
  en: 'with a message_id it is delivered; without one it is `unknown`',
};

const dataOf = (kind: CodeClass | null): Readonly<Record<string, Json>> => ({
  class: kind,
  fault: kind === null ? null : faultOf(kind),
  retried: kind === 'retry' || kind === 'token',
});

const ofHttp = (http: number): Answer => {
  const { words, hint } = explainTransport({ happened: 'answered', http, raw: null }, { unsure: false });
  const kind = http === 429 ? 'retry' : 'unknown';
  return {
    name: `HTTP ${http}`,
    does: CLASS_WORDS[kind],
    message: words,
    hint,
    link: null,
    known: true,
    data: { code: null, inner: null, known: true, ...dataOf(kind), http },
  };
};

const ofCode = (said: { code: number; msg: string }, app: LinkApp | null): Answer => {
  const { code } = said;
  if (code === 0) {
    const data = { code, inner: null, known: true, ...dataOf(null) };
    return { name: '0', does: SUCCESS_DOES, message: SUCCESS, hint: NOTHING, link: null, known: true, data };
  }
  const { words, hint, link, inner, class: kind } = explainCode(said, app);
  const known = codeRow(said) !== null;
  return {
    name: `${code}${inner === null ? '' : ` (${inner})`}`,
    does: CLASS_WORDS[kind],
    message: words,
    hint,
    link,
    known,
    data: { code, inner, known, ...dataOf(kind) },
  };
};

/** `larkcron explain CODE…`: what a code of Feishu's means, what larkcron does with it, and how to mend it. */
export const explain: Act = async ({ args }, context) => {
  const { out } = context;
  const written = args.join(' ');
  const asked = readAsked(written);
  if (asked.length === 0) throw failure(cliWords, 'no-code', { written }, { status: 2 });
  const app = appHere(context);
  const answers = asked.map((one) => ('http' in one ? ofHttp(one.http) : ofCode(one, app)));
  for (const { name, message, does, hint, link, known } of answers) {
    out.line(`${name}: ${say(message, out.lang)}`);
    out.line(`  ${say(does, out.lang)}`);
    if (say(hint, out.lang) !== '') out.line(`  → ${say(hint, out.lang)}`);
    if (link !== null) out.line(`  ${link}`);
    if (!known) out.line(`  ${out.say(BY_SHAPE)}`);
  }
  const rows = answers.map(({ data, message, hint, link }) => ({
    ...data,
    message: say(message, out.lang),
    hint: say(hint, out.lang) || null,
    link,
  }));
  out.data(rows.length === 1 ? rows[0] : rows);
  return 0;
};
