import type { Dataset } from '../model/dataset.ts';
import { type Place, type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Making } from './making.ts';
import { cardWords } from './words.ts';

const unknownColumn = (name: string, at: Place | null, rows: string, dataset: Dataset): Problem => {
  const suggestion = nearest(name, dataset.columns);
  return problem(cardWords, 'unknown-column', { name, rows, known: dataset.columns, suggestion }, { at });
};

/** The dataset a block names, and null after pushing a problem; with the columns it needs, which have to be there. */
export const datasetFor = (
  block: { readonly rows: string; readonly at: Place | null },
  columns: readonly { readonly name: string; readonly at: Place | null }[],
  { data, problems }: Pick<Making, 'data' | 'problems'>,
): Dataset | null => {
  const { rows: name, at } = block;
  const dataset = Object.hasOwn(data, name) ? data[name] : undefined;
  if (dataset === undefined) {
    const known = Object.keys(data);
    problems.push(problem(cardWords, 'unknown-dataset', { name, known, suggestion: nearest(name, known) }, { at }));
    return null;
  }
  // a dataset without rows may not know its columns
  const unknown = columns.filter((one) => dataset.columns.length > 0 && !dataset.columns.includes(one.name));
  problems.push(...unknown.map((one) => unknownColumn(one.name, one.at, name, dataset)));
  return dataset;
};
