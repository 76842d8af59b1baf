import type { Delivery } from '../model/delivery.ts';
import type { Fault } from '../model/outcome.ts';
import type { Text } from '../model/text.ts';
import type { ConsolePage } from './codes/row.ts';
import { type CodeClass, faultOf, innerCode, type Said, understand } from './codes.ts';

/** A refusal in words for a person, with the page that mends it. */
export interface Explained {
  readonly code: number;
  readonly inner: number | null;
  readonly class: CodeClass;
  readonly fault: Fault;
  readonly words: Text;
  /** empty when there is nothing to do */
  readonly hint: Text;
  readonly link: string | null;
}

/** Whose console a link leads to; an endpoint that is neither Feishu's nor Lark's gets Feishu's. */
export interface LinkApp {
  readonly id: string;
  readonly endpoint: string;
}

const CONSOLES = ['https://open.feishu.cn', 'https://open.larksuite.com'] as const;
const PATHS: Readonly<Record<ConsolePage, string>> = {
  credentials: 'baseinfo',
  scopes: 'auth',
  bot: 'bot',
  version: 'version',
  security: 'safe',
};

/** Scopes that Feishu names as missing: `im:message`, `im:message:send_as_bot`. */
const scopesIn = (msg: string): string[] =>
  [...new Set(msg.match(/\b[a-z_]+(?:[:.][a-z_]+)+:?[a-z_]*\b/g) ?? [])].filter((word) => word.includes(':'));

/** A grant link in Feishu's own words (99991672), if it leads to Feishu's own console. */
const linkIn = (msg: string): string | null => {
  // a link of Feishu's has commas in it (`q=im:message,im:chat`): only those at its end are the sentence's
  for (const [found] of msg.matchAll(/https:\/\/[^\s"'<>\p{Script=Han}\uff0c\u3002\uff1b\u3001\uff09\u3011]+/gu)) {
    const link = found.replace(/,https?:.*$/, '').replace(/[.,;:!?)\]]+$/, '');
    const host = URL.canParse(link) ? new URL(link).origin : '';
    if ((CONSOLES as readonly string[]).includes(host)) return link;
  }
  return null;
};

/** The page of the app's console. The paths are those of the console as it is today; no API page promises them. */
export const consoleLink = (page: ConsolePage, app: LinkApp | null, scopes: readonly string[] = []): string | null => {
  if (app === null) return null;
  const host = CONSOLES.find((each) => each === app.endpoint) ?? CONSOLES[0];
  if (page === 'scopes' && scopes.length > 0)
    return `${host}/page/scope-apply?clientID=${encodeURIComponent(app.id)}&scopes=${scopes.map(encodeURIComponent).join(',')}`;
  return `${host}/app/${encodeURIComponent(app.id)}/${PATHS[page]}`;
};

/** Where in the card, and what Feishu says of it: `ErrPath`, `ErrMsg` of 230099. */
const placeIn = (msg: string): string | null => {
  const path = /ErrPath:\s*([^;]+)/.exec(msg)?.[1]?.trim();
  const words = /ErrMsg:\s*([^;]+)/.exec(msg)?.[1]?.trim();
  const parts = [words, path].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? null : parts.join(' · ');
};

const withPlace = ({ zh, en }: Text, place: string | null): Text =>
  place === null ? { zh, en } : { zh: `${zh}:${place}`, en: `${en}: ${place}` };

/** What Feishu said, in words: the row of its code or a default by its shape, the inner fault, the page that mends it. */
export const explain = (said: Said, app: LinkApp | null = null): Explained => {
  const row = understand(said);
  const msg = said.msg ?? '';
  const inner = innerCode(said);
  const link =
    row.page === undefined
      ? null
      : ((row.page === 'scopes' ? linkIn(msg) : null) ?? consoleLink(row.page, app, scopesIn(msg)));
  return {
    code: said.code,
    inner,
    class: row.class,
    fault: faultOf(row.class),
    words: withPlace(row.words, said.code === 230099 ? placeIn(msg) : null),
    hint: row.hint,
    link,
  };
};

/** The last word on a delivery, as a question to the table: the same code may mean something else to a batch or a bot. */
export const lastWord = ({
  code,
  http,
  message,
  target,
}: Pick<Delivery, 'code' | 'http' | 'message' | 'target'>): Said | null => {
  if (code === null || code === 0) return null;
  const { idType } = target;
  return { code, http, msg: message, operation: idType === 'webhook' || idType === 'batch' ? idType : 'call' };
};

/** The hint with its link, as one text. */
export const hintOf = ({ hint, link }: Explained): Text =>
  link === null ? hint : { zh: `${hint.zh} ${link}`.trim(), en: `${hint.en} ${link}`.trim() };
