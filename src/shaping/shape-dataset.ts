import { type Dataset, datasetOf } from '../model/dataset.ts';
import { failure, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { LAST, type ShapingStep } from '../model/shaping.ts';
import { ordered } from './amounts.ts';
import { compared } from './compare.ts';
import { grouped } from './group.ts';
import { pivoted } from './pivot.ts';
import { shapingWords } from './words.ts';

/** The columns a step works on; of a comparison, both datasets have to have the key. */
const columnsOf = (step: ShapingStep): readonly string[] => {
  switch (step.step) {
    case 'pick':
      return step.columns.map(({ from }) => from);
    case 'sort':
      return step.by.map(({ column }) => column);
    case 'limit':
      return [];
    case 'group':
      return [...step.by, ...step.make.flatMap(({ of }) => (of === null ? [] : [of]))];
    case 'compare':
      return [...step.key, ...step.columns];
    case 'pivot':
      return [step.rows, step.columns, step.value];
  }
};

const mustHave = (dataset: Dataset, columns: readonly string[], name: string, { at }: ShapingStep): void => {
  // a dataset without rows may not know its columns
  const missing = dataset.columns.length === 0 ? undefined : columns.find((each) => !dataset.columns.includes(each));
  if (missing === undefined) return;
  const fault = {
    column: missing,
    dataset: name,
    known: dataset.columns,
    suggestion: nearest(missing, dataset.columns),
  };
  throw failure(shapingWords, 'shape-column', fault, {
    status: 2,
    problems: [problem(shapingWords, 'shape-column', fault, { at })],
  });
};

const sorted = (dataset: Dataset, by: Extract<ShapingStep, { step: 'sort' }>['by']): Dataset => {
  // Intl is slow to load: only for words
  const words = by.some(({ column }) => dataset.rows.some((row) => typeof row[column] === 'string'));
  const order = ordered(words ? new Intl.Collator('zh', { numeric: true }) : null);
  const rows = dataset.rows.toSorted((a, b) => {
    for (const { column, descending } of by) {
      const found = order(a[column] ?? null, b[column] ?? null, descending);
      if (found !== 0) return found;
    }
    return 0;
  });
  return { ...dataset, rows };
};

/** What `compare: { with: last }` needs: how the dataset was at that step, and where it is left for the next run. */
export interface Past {
  readonly before: (step: number) => Dataset | null;
  readonly keep: (step: number, dataset: Dataset) => void;
}

const NO_PAST: Past = { before: () => null, keep: () => {} };

/** The rows of the last run; of such as lack a column now asked for, nothing is known. */
const lastAt = (order: number, columns: readonly string[], { before }: Past): Dataset => {
  const then = before(order);
  return then !== null && columns.every((each) => then.columns.includes(each)) ? then : datasetOf([]);
};

const after = (
  step: ShapingStep,
  so: Dataset,
  order: number,
  { name, others, past }: { readonly name: string; readonly others: Readonly<Record<string, Dataset>>; past: Past },
): Dataset => {
  mustHave(so, columnsOf(step), name, step);
  switch (step.step) {
    case 'pick':
      return datasetOf(
        so.rows.map((row) => Object.fromEntries(step.columns.map((each) => [each.name, row[each.from] ?? null]))),
        step.columns.map((each) => each.name),
      );
    case 'sort':
      return sorted(so, step.by);
    case 'limit':
      return { columns: so.columns, rows: so.rows.slice(0, step.rows) };
    case 'group':
      return grouped(so, step.by, step.make);
    case 'compare': {
      const columns = columnsOf(step);
      if (step.with === LAST) {
        past.keep(order, {
          columns,
          rows: so.rows.map((row) => Object.fromEntries(columns.map((each) => [each, row[each] ?? null]))),
        });
        return compared(so, lastAt(order, columns, past), step);
      }
      const other = others[step.with] ?? datasetOf([]);
      mustHave(other, step.key, step.with, step);
      return compared(so, other, step);
    }
    case 'pivot':
      return pivoted(so, step);
  }
};

/**
 * A dataset after its steps. `others` are the datasets a comparison may name. Throws `shape-column` (status 2) for a
 * column that is not there.
 */
export const shaped = (
  name: string,
  dataset: Dataset,
  steps: readonly ShapingStep[],
  others: Readonly<Record<string, Dataset>>,
  past: Past = NO_PAST,
): Dataset => steps.reduce((so, step, order) => after(step, so, order, { name, others, past }), dataset);
