import { resolve } from 'node:path';
import { compileCard } from '../card/compile.ts';
import type { Decide } from '../card/making.ts';
import { isRenewable } from '../card/renewable.ts';
import { checkCard } from '../card/rules.ts';
import { type Scope, scopeOf } from '../card/scope.ts';
import { fill, fillValue } from '../card/template.ts';
import { choicesIn } from '../model/card.ts';
import type { Dataset, Json } from '../model/dataset.ts';
import { failure, isError, LarkcronError, type Place, type Problem, problem } from '../model/errors.ts';
import type { FetchedSpec, Job, MessageSpec, SourceSpec } from '../model/job.ts';
import type { LogEvent } from '../model/log-event.ts';
import { withMarkerPlace } from '../model/marker.ts';
import type { Reason, Run } from '../model/run.ts';
import type { Lang } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import type { SourceContext } from '../source/source.ts';
import { conditionsOf, type Facts, holds } from './condition.ts';
import { type FileToUpload, readUpload } from './files.ts';
import { attachedPart, filePart, type Part } from './parts.ts';
import { picturesOf, readPicture } from './pictures.ts';
import { readRawCard } from './raw-card.ts';
import { markCard, markText } from './test-mark.ts';
import { runWords } from './words.ts';

/** What preparing needs from outside: how data is fetched, and the time. */
export interface Preparation {
  readonly fetchSource: (spec: FetchedSpec, context: SourceContext) => Promise<Dataset>;
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
}

export type Prepared =
  | { readonly is: 'message'; readonly parts: readonly [Part, ...Part[]]; readonly warnings: readonly Problem[] }
  | { readonly is: 'skipped'; readonly reason: Reason };

/**
 * One occurrence up to its final message: data, condition, card. Writes nothing and sends nothing, so preview and dry
 * run are this and no more. Throws LarkcronError: status 1 for data that could not be had, 2 for a template or card.
 */
export const prepare = async (job: Job, occasion: Occasion, by: Preparation): Promise<Prepared> => {
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
    data[name] = await shapedBy(name, spec, await datasetOf(name, spec, data, scopeWith(data), occasion, by), data);

  const facts: Facts = { data, due: new Date(occasion.due), now: new Date(now), job: { name: job.name } };
  if (job.when !== null && !occasion.force) {
    if (!(await holds(job.when, facts))) {
      return {
        is: 'skipped',
        reason: { code: 'condition-false', message: runWords['condition-false']({ when: job.when.source }).message },
      };
    }
  }
  const made = { data, scope: scopeWith(data), facts, test: occasion.test, lang: job.lang, by };
  const { part, warnings } = await compose(job.message, made);
  if (job.together === 'update' && part.card !== null && !isRenewable(part.card)) throw notRenewable(job);
  const attached: Part[] = [];
  for (const spec of job.attach) attached.push(await attachedPart(spec, { ...made, reach: by.sourceContext }));
  return { is: 'message', parts: [part, ...attached], warnings };
};

const notRenewable = ({ message }: Job): LarkcronError => {
  const at = message.kind === 'raw' ? message.at : null;
  const found = problem(runWords, 'card-not-renewable', undefined, { at });
  return new LarkcronError(found.code, found, { status: 2, problems: [found] });
};

const datasetOf = async (
  name: string,
  spec: SourceSpec,
  data: Readonly<Record<string, Dataset>>,
  scope: Scope,
  occasion: Occasion,
  by: Preparation,
): Promise<Dataset> =>
  spec.source === 'use'
    ? (data[spec.name] ?? { columns: [], rows: [] })
    : fetchDataset(name, spec, scope, occasion, by);

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

interface Composition {
  readonly data: Readonly<Record<string, Dataset>>;
  readonly scope: Scope;
  readonly facts: Facts;
  readonly test: boolean;
  readonly lang: Lang;
  readonly by: Preparation;
}

interface Composed {
  readonly part: Part;
  readonly warnings: readonly Problem[];
}

const compose = async (message: MessageSpec, { data, scope, facts, test, by }: Composition): Promise<Composed> => {
  switch (message.kind) {
    case 'text': {
      const text = fill(message.text, 'plain', scope);
      const content = { msgType: 'text', body: JSON.stringify({ text: test ? markText(text) : text }) };
      return { part: { kind: 'text', content, card: null, files: [] }, warnings: [] };
    }
    case 'image':
    case 'file': {
      const where = fill(message.path, 'plain', scope);
      const named = { name: message.name === null ? null : fill(message.name, 'plain', scope), at: message.at };
      const file =
        message.kind === 'image'
          ? await readPicture(where, named, by.sourceContext)
          : readUpload('file', resolve(by.sourceContext.directory, where), named);
      return { part: filePart(file), warnings: [] };
    }
    case 'card': {
      const pictures = picturesOf(by.sourceContext);
      // CEL is loaded for cards that choose only: it is on the way of every push
      const decide: Decide =
        choicesIn(message.card).length === 0 ? () => false : await conditionsOf(facts, { lenient: true });
      const compiled = compileCard(message.card, { scope, data, keyOf: pictures.keyOf, decide });
      const { card, files } = await pictures.settled(compiled.card);
      const { problems, placeOf } = compiled;
      return finished(test ? markCard(card) : card, 'card', { problems, placeOf, files });
    }
    case 'raw': {
      const card = await readRawCard(message, by.sourceContext);
      return finished(test ? markCard(card) : card, 'raw', { problems: [], placeOf: () => null, files: [] });
    }
  }
};

interface Made {
  readonly problems: readonly Problem[];
  readonly placeOf: (path: string) => Place | null;
  readonly files: readonly FileToUpload[];
}

/** The last look before a card may leave: Feishu's own rules, each finding at its place in the author's file. */
const finished = (card: Json, kind: string, { problems: found, placeOf, files }: Made): Composed => {
  const rules = checkCard(card).map((one) => ({ ...one, at: one.at ?? placeOf(one.path ?? '') }));
  const problems = [...found, ...rules];
  const errors = problems.filter(isError);
  if (errors.length > 0) throw failure(runWords, 'bad-card', { count: errors.length }, { status: 2, problems });
  const content = { msgType: 'interactive', body: JSON.stringify(withMarkerPlace(card)) };
  return { part: { kind, content, card, files }, warnings: problems };
};
