import type { Json } from '../model/dataset.ts';
import { type Lang, say } from '../model/text.ts';
import { node, text } from './read-card.ts';
import { harmlessLine } from './terminal-look.ts';

/** What a message by reference names: a card of Feishu's builder, or a card kept at Feishu. null: it is a whole card. */
export const referenceOf = (
  content: Json,
): {
  readonly id: string;
  readonly version: string;
  readonly variables: readonly (readonly [string, Json])[];
} | null => {
  const root = node(content);
  const data = node(root['data']);
  const id =
    root['type'] === 'template' ? text(data['template_id']) : root['type'] === 'card' ? text(data['card_id']) : '';
  return id === ''
    ? null
    : { id, version: text(data['template_version_name']), variables: Object.entries(node(data['template_variable'])) };
};

const SHOWN = 200;

/** A variable's value on one line. */
export const variableLine = (value: Json): string => {
  const line = typeof value === 'string' ? value : JSON.stringify(value);
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
};

/** The name of the card and its variables: its looks are known to Feishu's builder alone. */
export const referenceToTerminal = (content: Json, lang: Lang): string | null => {
  const reference = referenceOf(content);
  if (reference === null) return null;
  const version = reference.version === '' ? say({ zh: '最新版', en: 'newest version' }, lang) : reference.version;
  return [
    `🗂 ${harmlessLine(reference.id)} (${harmlessLine(version)})`,
    say({ zh: '  样子在飞书的卡片搭建工具里;变量:', en: "  Its looks are in Feishu's card builder; variables:" }, lang),
    ...reference.variables.map(([name, value]) => `  ${harmlessLine(name)}: ${harmlessLine(variableLine(value))}`),
  ].join('\n');
};
