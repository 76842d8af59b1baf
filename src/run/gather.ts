import { type Scope, scopeOf } from '../card/scope.ts';
import { fill, fillValue } from '../card/template.ts';
import type { Dataset } from '../model/dataset.ts';
import type { FetchedSpec, Job, SourceSpec } from '../model/job.ts';
import type { LogEvent } from '../model/log-event.ts';
import type { Memory } from '../model/memory.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Run } from '../model/run.ts';
import type { Ms } from '../model/time.ts';
import type { Past } from '../shaping/shape-dataset.ts';
import type { SourceContext } from '../source/source.ts';
import { CHANGES, type Changes, changesOf, slotOf } from './changes.ts';
import { codeFacts } from './code-facts.ts';
import type { Facts } from './condition.ts';
import { lastSeen, pastOf, writeKept } from './memory.ts';
import type { Made } from './parts.ts';

/** What preparing needs from outside: how data is fetched, and the time. */
export interface Preparation {
  readonly fetchSource: (spec: FetchedSpec, context: SourceContext) => Promise<Dataset>;
  readonly sourceContext: Omit<SourceContext, 'fillText' | 'fillValue' | 'seen' | 'job'>;
  readonly timezone: string;
  readonly now: () => Ms;
  /** what a job knows of its earlier runs */
  readonly memory: (job: string) => Promise<Memory>;
  readonly report: (event: LogEvent) => void;
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
  readonly memory: Memory;
  readonly changes: Changes | null;
  /** what the next run compares with, if this one arrives */
  readonly kept: string | null;
  /** what one recipient's templates and conditions see: also their own rows, and the figures of their last card */
  readonly seenBy: (who: string, mine: Readonly<Record<string, Dataset>>) => Pick<Gathered, 'made' | 'facts'>;
}

/** Throws LarkcronError: status 1 for data that could not be had, 2 for a template. */
export const gather = async (job: Job, occasion: Occasion, by: Preparation): Promise<Gathered> => {
  const now = by.now();
  const memory = await by.memory(job.name);
  const lastOfAll = lastSeen(job, memory);
  const { before, keep, kept } = pastOf(memory);
  const scopeWith = (data: Readonly<Record<string, Dataset>>, last = lastOfAll): Scope =>
    scopeOf({
      data,
      due: occasion.due,
      now,
      job: { name: job.name, description: job.description },
      run: { id: occasion.run?.id ?? '', trigger: occasion.run?.trigger ?? 'manual' },
      last,
      timezone: job.schedule?.timezone ?? by.timezone,
      lang: job.lang,
    });
  const [only = null, ...others] = Object.keys(job.data);
  const seen = (all: Readonly<Record<string, Dataset>>, last = lastOfAll): Pick<Gathered, 'made' | 'facts'> => ({
    made: { data: all, scope: scopeWith(all, last), reach: by.sourceContext },
    facts: {
      data: all,
      only: others.length === 0 ? only : null,
      last,
      due: new Date(occasion.due),
      now: new Date(now),
      job: { name: job.name },
    },
  });
  const own: Record<string, Dataset> = {};
  for (const [name, spec] of Object.entries(job.data)) {
    const known: Known = { job, data: own, scope: scopeWith(own), facts: seen(own).facts };
    const fetched = await datasetOf(name, spec, known, occasion, by);
    const shaped = await shapedBy(name, spec, fetched, own, {
      before: (step) => before(`${name} ${step}`),
      keep: (step, dataset) => keep(`${name} ${step}`, dataset),
    });
    // its rows may be shaped, the picture stays what it is
    own[name] = fetched.picture === undefined ? shaped : { ...shaped, picture: fetched.picture };
  }
  const { changed } = job;
  const changes = changed === null ? null : await changesOf(changed, own, before(slotOf(changed)));
  if (changed !== null && changes !== null) keep(slotOf(changed), changes.kept);
  const data = changes === null ? own : { ...own, ...Object.fromEntries(CHANGES.map((name) => [name, changes[name]])) };
  return {
    ...seen(data),
    seenBy: (who, mine) => seen({ ...data, ...mine }, lastSeen(job, memory, who)),
    memory,
    changes,
    kept: writeKept(job, kept()),
  };
};

/** What a source may use: the datasets above it, and what they make of templates and functions. */
interface Known {
  readonly job: Job;
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
  past: Past,
): Promise<Dataset> => {
  if (shape.length === 0) return dataset;
  const { shaped } = await import('../shaping/shape-dataset.ts');
  return shaped(name, dataset, shape, others, past);
};

const fetchDataset = async (
  name: string,
  spec: FetchedSpec,
  { job, scope, facts }: Known,
  occasion: Occasion,
  by: Preparation,
): Promise<Dataset> => {
  const started = by.now();
  const dataset = await by.fetchSource(spec, {
    ...by.sourceContext,
    job: { app: job.app, timezone: scope.timezone, lang: scope.lang },
    seen: () => codeFacts(facts),
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
