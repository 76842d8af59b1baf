import type { Scope } from '../card/scope.ts';
import { timeValue } from '../card/scope.ts';
import type { Figures, Memory } from '../model/change.ts';
import type { Dataset, Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import type { Facts } from './condition.ts';
import { runWords } from './words.ts';

/** What a run leaves for the next: the figures of its card, and the rows that `changed` compares with. */
export interface Kept {
  readonly figures: Figures;
  readonly rows: Dataset | null;
}

/** Rows of a larger text would be read and written at every run. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

type Cell = Exclude<Value, bigint> | { readonly n: string };

const cellOf = (value: Value): Cell => (typeof value === 'bigint' ? { n: String(value) } : value);
const fromCell = (cell: Cell): Value => (typeof cell === 'object' && cell !== null ? BigInt(cell.n) : cell);

/** As text for the ledger. Throws `changed-too-much` (status 2). */
export const keptText = ({ figures, rows }: Kept): string => {
  const text = JSON.stringify({
    figures,
    ...(rows === null
      ? {}
      : {
          columns: rows.columns,
          rows: rows.rows.map((row) => rows.columns.map((name) => cellOf(row[name] ?? null))),
        }),
  });
  if (text.length > MOST_CHARACTERS)
    throw failure(runWords, 'changed-too-much', { rows: rows?.rows.length ?? 0 }, { status: 2 });
  return text;
};

export const keptOf = ({ kept }: Memory): Kept => {
  const { figures, columns, rows } = JSON.parse(kept) as {
    figures: Figures;
    columns?: readonly string[];
    rows?: readonly (readonly Cell[])[];
  };
  if (columns === undefined || rows === undefined) return { figures, rows: null };
  return {
    figures,
    rows: {
      columns,
      rows: rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, fromCell(cells[i] ?? null)]))),
    },
  };
};

/** `last` as templates see it; null before the first message that arrived. */
export const lastOf = (memory: Memory | null, zone: Scope['zone']): unknown =>
  memory === null || memory.deliveredAt === null
    ? null
    : {
        dueAt: timeValue(memory.dueAt, zone),
        deliveredAt: timeValue(memory.deliveredAt, zone),
        figures: keptOf(memory).figures,
      };

/** `last` as conditions see it. */
export const celLast = (memory: Memory | null): Facts['last'] =>
  memory === null || memory.deliveredAt === null
    ? null
    : { dueAt: new Date(memory.dueAt), deliveredAt: new Date(memory.deliveredAt), figures: keptOf(memory).figures };
