import type { ChangeSpec, Memory } from '../model/change.ts';
import type { Dataset } from '../model/dataset.ts';
import { failure, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type Changes, changesOf, repeatedKey } from '../shaping/changes.ts';
import { keptOf } from './memory.ts';
import { runWords } from './words.ts';

/** The dataset a `changed` is about; it was checked that there is one. */
export const watchedIn = (spec: ChangeSpec, datasets: readonly string[]): string => spec.of ?? datasets[0] ?? '';

/** Throws for a column that is not there (status 2) and for a key that is not one (status 1: the data is to blame). */
const mustBeKeyed = (dataset: Dataset, { key, columns, at }: ChangeSpec, name: string): void => {
  const missing = [...key, ...columns].find((column) => !dataset.columns.includes(column));
  // a dataset without rows may not know its columns
  if (missing !== undefined && dataset.columns.length > 0) {
    const fault = {
      column: missing,
      dataset: name,
      known: dataset.columns,
      suggestion: nearest(missing, dataset.columns),
    };
    throw failure(runWords, 'changed-column', fault, {
      status: 2,
      problems: [problem(runWords, 'changed-column', fault, { at })],
    });
  }
  const twice = repeatedKey(dataset, key);
  if (twice === null) return;
  const fault = { dataset: name, key, values: twice.map(String) };
  throw failure(runWords, 'changed-key-twice', fault, {
    status: 1,
    problems: [problem(runWords, 'changed-key-twice', fault, { at })],
  });
};

/** What changed since the last message that arrived. */
export const changedSince = (
  spec: ChangeSpec,
  data: Readonly<Record<string, Dataset>>,
  memory: Memory | null,
): Changes & { readonly isFirst: boolean } => {
  const name = watchedIn(spec, Object.keys(data));
  const dataset = data[name] ?? { columns: [], rows: [] };
  mustBeKeyed(dataset, spec, name);
  const before = memory === null ? null : keptOf(memory).rows;
  return { ...changesOf(dataset, before, spec), isFirst: before === null };
};

export const isUnchanged = ({ added, removed, changed }: Changes): boolean =>
  added.rows.length + removed.rows.length + changed.rows.length === 0;
