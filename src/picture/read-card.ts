import type { Json } from '../model/dataset.ts';
import { dateText } from './local-time.ts';

/** Cards in pictures are never trusted to be whole: each reader gives an empty value where the right one is not. */
export type Node = { readonly [key: string]: Json };

export const node = (json: Json | undefined): Node =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Node) : {};

export const nodes = (json: Json | undefined): readonly Node[] => (Array.isArray(json) ? json.map(node) : []);

export const text = (json: Json | undefined): string =>
  typeof json === 'string' || typeof json === 'number' ? String(json) : '';

/** What a table says about a word of the card; `constructor` and the like are in no table. */
export const lookUp = <T>(table: Readonly<Record<string, T>>, word: Json | undefined): T | undefined =>
  typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined;

/** Text nodes whose content Feishu reads as markdown. */
export const isMarkdown = (json: Json | undefined): boolean =>
  ['lark_md', 'markdown'].includes(text(node(json)['tag']));

export const contentOf = (json: Json | undefined): string => text(node(json)['content']);

/** Components of a card 2.0, or of a card 1.0 (the first of its languages). */
export const elementsOfCard = (card: Node): readonly Node[] => {
  const [language] = Object.values(node(card['i18n_elements']));
  return nodes(node(card['body'])['elements'] ?? card['elements'] ?? language);
};

/** What a button opens; '' when it opens nothing. */
export const addressOf = (button: Node): string => {
  const opened = nodes(button['behaviors']).find((behavior) => behavior['type'] === 'open_url') ?? {};
  const all = [
    opened['default_url'],
    opened['pc_url'],
    button['url'],
    node(button['multi_url'])['url'],
    node(button['multi_url'])['pc_url'],
  ];
  return all.map(text).find((address) => address !== '') ?? '';
};

export type Align = 'left' | 'center' | 'right';

export const alignOf = (json: Json | undefined): Align | null =>
  json === 'left' || json === 'center' || json === 'right' ? json : null;

export interface Column {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly align: Align;
  readonly format: Node;
  readonly dateFormat: string;
  readonly given: Node;
}

/** The rest is hidden (cards: C-table). */
const MOST_COLUMNS = 50;

export const columnsOf = (table: Node): readonly Column[] =>
  nodes(table['columns'])
    .slice(0, MOST_COLUMNS)
    .map((column) => {
      const type = text(column['data_type']) || 'text';
      return {
        name: text(column['name']),
        label: text(column['display_name'] ?? column['name']),
        type,
        align: alignOf(column['horizontal_align']) ?? (type === 'number' ? 'right' : 'left'),
        format: node(column['format']),
        dateFormat: text(column['date_format']),
        given: column,
      };
    });

/** A number as Feishu's number column writes it: `precision`, `symbol`, `separator`. */
const numberText = (cell: number, format: Node): string => {
  const precision = format['precision'];
  const written =
    typeof precision === 'number' && precision >= 0 && precision <= 10 ? cell.toFixed(precision) : String(cell);
  const [whole = '', part] = written.split('.');
  const grouped = format['separator'] === true ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${text(format['symbol'])}${grouped}${part === undefined ? '' : `.${part}`}`;
};

/** A cell as text; what is markdown in it is still markdown. */
export const cellText = (cell: Json | undefined, { type, format, dateFormat }: Column): string => {
  if (Array.isArray(cell)) return cell.map((item: Json) => text(node(item)['text']) || text(item)).join(' ');
  if (typeof cell === 'number' && type === 'number') return numberText(cell, format);
  if (type === 'date' && text(cell) !== '') return dateText(Number(cell), dateFormat) ?? text(cell);
  return text(cell);
};

export interface Option {
  readonly text: string;
  readonly color: string;
}

/** The tags in a cell of the type `options`: `"S1"`, or `[{ text, color }]` (cards: C-table; blue unless told otherwise). */
export const optionsOf = (cell: Json | undefined): readonly Option[] =>
  (Array.isArray(cell) ? (cell as readonly Json[]) : [cell ?? null]).flatMap((item) => {
    const words = text(item) || text(node(item)['text']);
    return words === '' ? [] : [{ text: words, color: text(node(item)['color']) || 'blue' }];
  });

/** The people in a cell of the type `persons`: one id or a list of them. */
export const personsOf = (cell: Json | undefined): readonly string[] =>
  (Array.isArray(cell) ? (cell as readonly Json[]) : [cell ?? null])
    .map((item) => text(item) || text(node(item)['id']))
    .filter((id) => id !== '');

export const isMarkdownColumn = ({ type }: Column): boolean => type === 'markdown' || type === 'lark_md';

/** Rows a page shows (cards: C-table: 1–10, 5 unless told otherwise). */
export const pageSizeOf = (table: Node): number => {
  const size = table['page_size'];
  return typeof size === 'number' && size >= 1 ? Math.min(10, Math.floor(size)) : 5;
};
