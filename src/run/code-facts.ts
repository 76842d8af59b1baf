import { namedDatasets } from '../card/scope.ts';
import type { Facts } from './condition.ts';

/** What the functions of a TypeScript job see: its datasets by name, with their first row, and what templates see besides. */
export const codeFacts = ({ data, due, now, job, last }: Facts): Readonly<Record<string, unknown>> => ({
  ...namedDatasets(data, ({ columns, rows }) => ({ columns, rows, first: rows[0] ?? null })),
  due,
  now,
  job,
  last: last === null ? null : { ...last, dueAt: new Date(last.dueAt), deliveredAt: new Date(last.deliveredAt) },
});
