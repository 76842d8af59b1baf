import type { Each } from '../model/conditions.ts';
import type { Dataset, Value } from '../model/dataset.ts';
import { LarkcronError, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { LOOKS, parseRecipient, type Recipient, recipientKey } from '../model/recipient.ts';
import type { Reason } from '../model/run.ts';
import { CHANGES } from './changes.ts';
import { conditionWords } from './condition-words.ts';

type Data = Readonly<Record<string, Dataset>>;

/** One address that stands in the column, and which rows of each dataset it stands in. */
export interface Their {
  readonly recipient: Recipient;
  /** why its rows go to nobody: the address is empty, or none */
  readonly nowhere: Reason | null;
  readonly rows: ReadonlyMap<string, readonly number[]>;
}

type Address = Recipient | 'empty' | 'bad';

const addressOf = (value: Value, type: Each['type']): Address => {
  const text = value === null ? '' : String(value).trim();
  if (text === '') return 'empty';
  if (typeof value === 'boolean') return 'bad';
  if (type !== null) return LOOKS[type]?.[0].test(text) ? { shown: text, idType: type, id: text } : 'bad';
  const found = parseRecipient(text);
  return found === null || found.idType === 'webhook' ? 'bad' : found;
};

/** A value that is no address, as reports show it: one line, not for ever, and never what an address looks like. */
const shownValue = (value: Value): string =>
  [
    ...String(value)
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, 60)
    .join('');

const shownNowhere = (address: 'empty' | 'bad', value: Value, { from, column }: Each): string =>
  address === 'empty' ? `${from}.${column} ∅` : `${from}.${column}: ${shownValue(value)}`;

/** Values that are shown alike are one: a run has one row for each of its recipients. */
const keyOf = (value: Value, each: Each): { readonly address: Address; readonly key: string } => {
  const address = addressOf(value, each.type);
  return { address, key: typeof address === 'object' ? recipientKey(address) : shownNowhere(address, value, each) };
};

const rowNumbers = (rows: readonly number[]): string =>
  `${rows
    .slice(0, 10)
    .map((row) => row + 1)
    .join(', ')}${rows.length > 10 ? ' …' : ''}`;

const nowhereReason = (address: Address, value: Value, rows: readonly number[], each: Each): Reason | null => {
  if (typeof address === 'object') return null;
  const of = { from: each.from, column: each.column, rows: rowNumbers(rows) };
  if (address === 'empty') return { code: 'no-address', message: conditionWords['no-address'](of).message };
  const more = { value: shownValue(value) };
  return { code: 'bad-address', message: conditionWords['bad-address']({ ...of, ...more }).message };
};

/** The datasets that have the column: of each of them everybody sees their own rows. */
const sharedOut = ({ from, column }: Each, data: Data): readonly (readonly [string, Dataset])[] =>
  Object.entries(data).filter(([name, { columns }]) => name === from || columns.includes(column));

/** Whose rows they are, in the order in which the addresses first appear. Throws `to-column` (status 2). */
export const theirsOf = (each: Each, data: Data): readonly Their[] => {
  const { from, column, at } = each;
  const { columns, rows } = data[from] ?? { columns: [], rows: [] };
  if (columns.length > 0 && !columns.includes(column)) {
    const fault = { column, from, known: columns, suggestion: nearest(column, columns) };
    const found = problem(conditionWords, 'to-column', fault, { at });
    throw new LarkcronError(found.code, found, { status: 2, problems: [found] });
  }
  const people = new Map<string, { address: Address; value: Value; rows: Map<string, number[]> }>();
  for (const row of rows) {
    const value = row[column] ?? null;
    const { address, key } = keyOf(value, each);
    if (!people.has(key)) people.set(key, { address, value, rows: new Map() });
  }
  for (const [name, dataset] of sharedOut(each, data)) {
    for (const [i, row] of dataset.rows.entries()) {
      const mine = people.get(keyOf(row[column] ?? null, each).key)?.rows;
      const known = mine?.get(name);
      if (known === undefined) mine?.set(name, [i]);
      else known.push(i);
    }
  }
  return [...people.values()].map(({ address, value, rows: mine }) => {
    const where = typeof address === 'object' ? '' : shownNowhere(address, value, each);
    return {
      recipient: typeof address === 'object' ? address : { shown: where, idType: 'open_id', id: where },
      nowhere: nowhereReason(address, value, mine.get(from) ?? [], each),
      rows: mine,
    };
  });
};

/** One person who stands there under several addresses, such as an e-mail address and an id. */
export const together = ([first, ...others]: readonly [Their, ...Their[]]): Their => {
  const rows = new Map(first.rows);
  for (const other of others)
    for (const [name, more] of other.rows)
      rows.set(
        name,
        [...(rows.get(name) ?? []), ...more].toSorted((a, b) => a - b),
      );
  return { ...first, rows };
};

/** What only this recipient sees: `mine`, and under `mine.NAME` their rows of every dataset that has the column. */
export const mineOf = ({ rows }: Their, each: Each, data: Data): Data => {
  const part = (name: string, dataset: Dataset): Dataset => ({
    columns: dataset.columns,
    rows: (rows.get(name) ?? []).map((i) => dataset.rows[i] ?? {}),
  });
  return {
    mine: part(each.from, data[each.from] ?? { columns: [], rows: [] }),
    ...Object.fromEntries(sharedOut(each, data).map(([name, dataset]) => [`mine.${name}`, part(name, dataset)])),
  };
};

/**
 * With `changed`, whoever has none of what changed is not written to. Where the dataset that changed does not say whose
 * a row is, it concerns all.
 */
export const concerns = ({ rows }: Their, { column }: Each, data: Data): boolean => {
  const changes = CHANGES.flatMap((name) => data[name] ?? []);
  if (!changes.some(({ columns }) => columns.includes(column))) return true;
  return CHANGES.some((name) => (rows.get(name)?.length ?? 0) > 0);
};
