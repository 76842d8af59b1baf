import { type Scope, scopeOf } from '../card/scope.ts';
import { fill, fillValue } from '../card/template.ts';
import type { Memory } from '../model/change.ts';
import type { Dataset } from '../model/dataset.ts';
import type { FetchedSpec, Job, SourceSpec } from '../model/job.ts';
import type { LogEvent } from '../model/log-event.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Run } from '../model/run.ts';
import type { Ms } from '../model/time.ts';
import type { Changes } from '../shaping/changes.ts';
import type { SourceContext } from '../source/source.ts';
import { changedSince } from './changed.ts';
import type { Facts } from './condition.ts';
import { celLast, lastOf } from './memory.ts';
import type { Made } from './parts.ts';
import { seenBy } from './seen.ts';

/** What preparing needs from outside: how data is fetched, and the time. */
export interface Preparation {
  readonly fetchSource: (spec: FetchedSpec, context: SourceContext) => Promise<Dataset>;
  readonly sourceContext: Omit<SourceContext, 'fillText' | 'fillValue' | 'seen'>;
  readonly timezone: string;
  readonly now: () => Ms;
  readonly report: (event: LogEvent) => void;
  /** what the job knows of its last message that arrived */
  readonly memory: (job: string) => Promise<Memory | null>;
}

export interface Occasion {
  /** the time it stands for: the due time, else the moment it was asked for */
  readonly due: Ms;
  readonly run: Run | null;
  readonly test: boolean;
  readonly force: boolean;
  /** whom it goes to instead of the job's own recipients */
  readonly to?: readonly Recipient[];
}

/** A job's data, and what its templates see of it. */
export interface Gathered {
  readonly made: Made;
  readonly facts: Facts;
  /** null: the job does not say `changed` */
  readonly changes: ReturnType<typeof changedSince> | null;
}

/** Throws LarkcronError: status 1 for data that could not be had, 2 for a template. */
export const gather = async (job: Job, occasion: Occasion, by: Preparation): Promise<Gathered> => {
  const now = by.now();
  const memory = await by.memory(job.name);
  const scopeWith = (data: Readonly<Record<string, Dataset>>): Scope =>
    scopeOf({
      data,
      due: occasion.due,
      now,
      job: { name: job.name, description: job.description },
      run: { id: occasion.run?.id ?? '', trigger: occasion.run?.trigger ?? 'manual' },
      last: lastOf(memory, { name: job.schedule?.timezone ?? by.timezone, process: null }),
      timezone: job.schedule?.timezone ?? by.timezone,
      lang: job.lang,
    });
  const factsWith = (data: Facts['data']): Facts => ({
    data,
    due: new Date(occasion.due),
    now: new Date(now),
    job: { name: job.name },
    last: celLast(memory),
  });
  const data: Record<string, Dataset> = {};
  for (const [name, spec] of Object.entries(job.data)) {
    const known: Known = { data, scope: scopeWith(data), facts: factsWith(data) };
    data[name] = await shapedBy(name, spec, await datasetOf(name, spec, known, occasion, by), data);
  }
  const changes = job.changed === null ? null : changedSince(job.changed, data, memory);
  const all = changes === null ? data : { ...data, ...pick(changes) };
  return {
    made: { data: all, scope: scopeWith(all), reach: by.sourceContext },
    facts: factsWith(all),
    changes,
  };
};

const pick = ({ added, removed, changed }: Changes) => ({ added, removed, changed });

/** What a source may use: the datasets above it, and what they make of templates and functions. */
interface Known {
  readonly data: Facts['data'];
  readonly scope: Scope;
  readonly facts: Facts;
}

const datasetOf = async (
  name: string,
  spec: SourceSpec,
  known: Known,
  occasion: Occasion,
  by: Preparation,
): Promise<Dataset> =>
  spec.source === 'use'
    ? (known.data[spec.name] ?? { columns: [], rows: [] })
    : fetchDataset(name, spec, known, occasion, by);

const shapedBy = async (
  name: string,
  { shape = [] }: SourceSpec,
  dataset: Dataset,
  others: Readonly<Record<string, Dataset>>,
): Promise<Dataset> => {
  if (shape.length === 0) return dataset;
  const { shaped } = await import('../shaping/shape-dataset.ts');
  return shaped(name, dataset, shape, others);
};

const fetchDataset = async (
  name: string,
  spec: FetchedSpec,
  { scope, facts }: Known,
  occasion: Occasion,
  by: Preparation,
): Promise<Dataset> => {
  const started = by.now();
  const dataset = await by.fetchSource(spec, {
    ...by.sourceContext,
    seen: () => seenBy(facts),
    fillText: (template) => fill(template, 'plain', scope),
    fillValue: (param) =>
      isTemplate(param) ? fillValue(param, scope) : (param as ReturnType<SourceContext['fillValue']>),
  });
  by.report({
    event: 'source.read',
    run: occasion.run,
    dataset: name,
    rows: dataset.rows.length,
    tookMs: by.now() - started,
  });
  return dataset;
};

const isTemplate = (param: unknown): param is { source: string; at: null } =>
  typeof param === 'object' && param !== null && 'source' in param && 'at' in param;
