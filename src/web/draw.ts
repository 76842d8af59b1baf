import { plainPost } from '../card/post.ts';
import type { Json } from '../model/dataset.ts';
import type { Content } from '../model/delivery.ts';
import { type Lang, say } from '../model/text.ts';
import { PHONE_WIDTH, wideWidthOf } from '../picture/card-page.ts';
import { pictureUrl } from '../picture/data-url.ts';
import { cardToHtml } from '../picture/html.ts';
import { referenceOf, variableLine } from '../picture/reference.ts';
import type { Part } from '../run/parts.ts';
import type { drawnPart } from './schemas/run.ts';
import type { z } from './schemas/zod.ts';

export type DrawnPart = z.input<typeof drawnPart>;

const isWholeCard = (json: Json): boolean => referenceOf(json) === null;

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null; // what was sent before this version need not be JSON that we understand
  }
};

/** What a message that is no card says, as text: a template's variables, a text, a file's name. */
const textOf = (msgType: string, json: Json, lang: Lang): string | null => {
  const reference = msgType === 'interactive' ? referenceOf(json) : null;
  if (reference !== null) {
    const newest = say({ zh: '最新版', en: 'newest version' }, lang);
    const head = `${reference.id} (${reference.version || newest})`;
    return [head, ...reference.variables.map(([name, value]) => `${name}: ${variableLine(value)}`)].join('\n');
  }
  if (msgType === 'post') return plainPost(json, lang);
  const text = (json as { readonly text?: Json } | null)?.text;
  return msgType === 'text' && typeof text === 'string' ? text : null;
};

/** A content as it was or would be sent, drawn. */
export const drawContent = (
  { msgType, body }: Content,
  { part, kind, lang, files = [] }: { part: number; kind: string; lang: Lang; files?: Part['files'] },
): DrawnPart => {
  const json = parsed(body);
  const card = msgType === 'interactive' && isWholeCard(json) ? json : null;
  const picture = (key: string): string | null => {
    const file = files.find(({ standIn }) => standIn === key);
    return file === undefined ? null : pictureUrl(file.bytes);
  };
  return {
    part,
    kind,
    msgType,
    card: card === null ? null : card,
    html: card === null ? null : cardToHtml(card, { lang, picture }),
    width: card === null ? PHONE_WIDTH : wideWidthOf(card),
    text: textOf(msgType, json, lang),
    files: files.filter(({ as }) => msgType === as).map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    bytes: Buffer.byteLength(body),
  };
};

/** A message that is ready, each of its parts drawn. */
export const drawParts = (parts: readonly Part[], lang: Lang): DrawnPart[] =>
  parts.map(({ kind, content, files }, i) => drawContent(content, { part: i + 1, kind, lang, files }));
