import { type Problem, problem } from '../model/errors.ts';
import type { Job, SourceSpec } from '../model/job.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { LAST } from '../model/shaping.ts';
import { CHANGES } from '../run/changes.ts';
import { conditionWords } from '../run/condition-words.ts';
import { unknownDataset } from '../run/parts.ts';

/** The datasets that a job's conditions and recipients offer beside its own. */
export const offeredBy = ({ data, changed, each }: Job): readonly string[] => {
  const changes = changed === null ? [] : CHANGES;
  if (each === null) return changes;
  return [...changes, 'mine', ...[...Object.keys(data), ...changes].map((name) => `mine.${name}`)];
};

/** Columns that are known without asking: those of rows in the job file itself. */
const columnsOf = (name: string, data: Job['data']): readonly string[] | null => {
  const spec: SourceSpec | undefined = own(data, name);
  if (spec === undefined || (spec.shape ?? []).length > 0) return null;
  if (spec.source === 'use') return columnsOf(spec.name, data);
  if (spec.source !== 'rows' || spec.rows.length === 0) return null;
  return [...new Set(spec.rows.flatMap((row) => Object.keys(row)))];
};

const checkChanged = ({ changed, data }: Job): Problem[] => {
  if (changed === null) return [];
  const { of, at, key, columns } = changed;
  const known = columnsOf(of, data);
  if (known === null) return [];
  return [...key, ...(columns ?? [])]
    .filter((column) => !known.includes(column))
    .map((column) =>
      problem(conditionWords, 'changed-column', { column, of, known, suggestion: nearest(column, known) }, { at }),
    );
};

const checkEach = (job: Job): Problem[] => {
  const { each, data } = job;
  if (each === null) return [];
  const { from, column, at } = each;
  const datasets = [...Object.keys(data), ...(job.changed === null ? [] : CHANGES)];
  if (!datasets.includes(from)) return [unknownDataset(from, datasets, at)];
  const known = columnsOf(from, data);
  if (known === null || known.includes(column)) return [];
  return [problem(conditionWords, 'to-column', { column, from, known, suggestion: nearest(column, known) }, { at })];
};

/** A comparison names a dataset above it, or the last run. */
const checkComparisons = ({ data }: Job): Problem[] =>
  Object.entries(data).flatMap(([, { shape = [] }], i) => {
    const known = [...Object.keys(data).slice(0, i), LAST];
    return shape.flatMap((step) =>
      step.step === 'compare' && !known.includes(step.with) ? [unknownDataset(step.with, known, step.at)] : [],
    );
  });

/** What `changed`, `to: { from }` and `compare` name, as far as that can be known without data. */
export const checkConditions = (job: Job): Problem[] => [
  ...checkChanged(job),
  ...checkEach(job),
  ...checkComparisons(job),
];
