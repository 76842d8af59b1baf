import type { Facts } from './condition.ts';

/** What the functions of a TypeScript job see: its datasets by name, with their first row, and what templates see besides. */
export const seenBy = ({ data, due, now, job, last }: Facts): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    Object.entries(data).map(([name, { columns, rows }]) => [name, { columns, rows, first: rows[0] ?? null }]),
  ),
  due,
  now,
  job,
  last,
});
