import { resolve } from 'node:path';
import { compileCard } from '../card/compile.ts';
import type { Decide } from '../card/making.ts';
import { isRenewable } from '../card/renewable.ts';
import { type Scope, scopeOf } from '../card/scope.ts';
import { fill, fillValue } from '../card/template.ts';
import { choicesIn } from '../model/card.ts';
import type { Dataset } from '../model/dataset.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import type { Job, SourceSpec } from '../model/job.ts';
import type { LogEvent } from '../model/log-event.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Reason, Run } from '../model/run.ts';
import type { Ms } from '../model/time.ts';
import type { SourceContext } from '../source/source.ts';
import { conditionsOf, type Facts, holds } from './condition.ts';
import { readUpload } from './files.ts';
import { cardPart, type FittedParts, fittedParts } from './fitted.ts';
import { attachedPart, filePart, type Made, type Part } from './parts.ts';
import { picturesOf, readPicture } from './pictures.ts';
import { readRawCard } from './raw-card.ts';
import { templatePart } from './template-message.ts';
import { markCard, markText } from './test-mark.ts';
import { runWords } from './words.ts';

/** What preparing needs from outside: how data is fetched, and the time. */
export interface Preparation {
  readonly fetchSource: (spec: SourceSpec, context: SourceContext) => Promise<Dataset>;
  readonly sourceContext: Omit<SourceContext, 'fillText' | 'fillValue'>;
  readonly timezone: string;
  readonly now: () => Ms;
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

export type Prepared = ({ readonly is: 'message' } & FittedParts) | { readonly is: 'skipped'; readonly reason: Reason };

/** A job's data, and what its templates see of it. */
export interface Gathered {
  readonly made: Made;
  readonly facts: Facts;
}

/** Throws LarkcronError: status 1 for data that could not be had, 2 for a template. */
export const gather = async (job: Job, occasion: Occasion, by: Preparation): Promise<Gathered> => {
  const now = by.now();
  const scopeWith = (data: Readonly<Record<string, Dataset>>): Scope =>
    scopeOf({
      data,
      due: occasion.due,
      now,
      job: { name: job.name, description: job.description },
      run: { id: occasion.run?.id ?? '', trigger: occasion.run?.trigger ?? 'manual' },
      last: null,
      timezone: job.schedule?.timezone ?? by.timezone,
      lang: job.lang,
    });
  const data: Record<string, Dataset> = {};
  for (const [name, spec] of Object.entries(job.data))
    data[name] = await fetchDataset(name, spec, scopeWith(data), occasion, by);
  return {
    made: { data, scope: scopeWith(data), reach: by.sourceContext },
    facts: { data, due: new Date(occasion.due), now: new Date(now), job: { name: job.name } },
  };
};

/**
 * One occurrence up to its final message: data, condition, card. Writes nothing and sends nothing, so preview and dry
 * run are this and no more. Throws LarkcronError: status 1 for data that could not be had, 2 for a template or card.
 */
export const prepare = async (job: Job, occasion: Occasion, by: Preparation): Promise<Prepared> => {
  const { made, facts } = await gather(job, occasion, by);
  if (job.when !== null && !occasion.force) {
    if (!(await holds(job.when, facts))) {
      return {
        is: 'skipped',
        reason: { code: 'condition-false', message: runWords['condition-false']({ when: job.when.source }).message },
      };
    }
  }
  const { parts, warnings, cuts } = await compose(job, occasion, made, facts, by);
  const [{ card }] = parts;
  if (job.together === 'update' && card !== null && !isRenewable(card)) throw notRenewable(job);
  const attached: Part[] = [];
  for (const spec of job.attach) attached.push(await attachedPart(spec, made));
  return { is: 'message', parts: [...parts, ...attached], warnings, cuts };
};

const notRenewable = ({ message }: Job): LarkcronError => {
  const at = message.kind === 'raw' ? message.at : null;
  const found = problem(runWords, 'card-not-renewable', undefined, { at });
  return new LarkcronError(found.code, found, { status: 2, problems: [found] });
};

const fetchDataset = async (
  name: string,
  spec: SourceSpec,
  scope: Scope,
  occasion: Occasion,
  by: Preparation,
): Promise<Dataset> => {
  const started = by.now();
  const dataset = await by.fetchSource(spec, {
    ...by.sourceContext,
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

const alone = (part: Part, warnings: readonly Problem[] = []): FittedParts => ({ parts: [part], warnings, cuts: [] });

/** The message as one part, or as several where a card does not fit. */
const compose = async (
  job: Job,
  { test, to = [] }: Occasion,
  made: Made,
  facts: Facts,
  by: Preparation,
): Promise<FittedParts> => {
  const { message } = job;
  const { data, scope, reach } = made;
  switch (message.kind) {
    case 'text': {
      const text = fill(message.text, 'plain', scope);
      const content = { msgType: 'text', body: JSON.stringify({ text: test ? markText(text) : text }) };
      return alone({ kind: 'text', content, card: null, files: [] });
    }
    case 'image':
    case 'file': {
      const where = fill(message.path, 'plain', scope);
      const named = { name: message.name === null ? null : fill(message.name, 'plain', scope), at: message.at };
      return alone(
        filePart(
          message.kind === 'image'
            ? await readPicture(where, named, reach)
            : readUpload('file', resolve(reach.directory, where), named),
        ),
      );
    }
    case 'card': {
      const pictures = picturesOf(reach);
      // CEL is loaded for cards that choose only: it is on the way of every push
      const decide: Decide =
        choicesIn(message.card).length === 0 ? () => false : await conditionsOf(facts, { lenient: true });
      const compiled = compileCard(message.card, { scope, data, keyOf: pictures.keyOf, decide });
      const card = test ? markCard(compiled.card) : compiled.card;
      return fittedParts(job, { ...compiled, card, settled: pictures.settled }, [...job.to, ...to], made);
    }
    case 'template':
      return alone(await templatePart(message.template, made));
    case 'raw': {
      const card = await readRawCard(message, by.sourceContext);
      const { part, warnings } = cardPart(test ? markCard(card) : card, 'raw', {
        problems: [],
        placeOf: () => null,
        files: [],
      });
      return alone(part, warnings);
    }
  }
};
