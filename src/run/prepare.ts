import { resolve } from 'node:path';
import { compileCard } from '../card/compile.ts';
import type { Decide } from '../card/making.ts';
import { isRenewable } from '../card/renewable.ts';
import { fill } from '../card/template.ts';
import { choicesIn } from '../model/card.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Candidate, Figures, Moves } from '../model/memory.ts';
import { recipientKey } from '../model/recipient.ts';
import type { Reason } from '../model/run.ts';
import { codeFacts } from './code-facts.ts';
import { conditionsOf, type Facts, holds } from './condition.ts';
import { decide, movesOf } from './decide.ts';
import { concerns, mineOf, theirsOf } from './each.ts';
import { readUpload } from './files.ts';
import { cardPart, type FittedParts, fittedParts } from './fitted.ts';
import { type Gathered, gather, type Occasion, type Preparation } from './gather.ts';
import { markCard, markOf } from './mark.ts';
import { figuresOfAll, writeFigures } from './memory.ts';
import type { OwnMessages } from './outgoing.ts';
import { attachedPart, filePart, type Made, type Part, unknownDataset } from './parts.ts';
import { pictureAt } from './picture-at.ts';
import { picturesOf } from './pictures.ts';
import { postPart } from './post-part.ts';
import { readRawCard } from './raw-card.ts';
import { templatePart } from './template-message.ts';
import { runWords } from './words.ts';

/** One message, with the key figures of its card. */
export type Composed = FittedParts & { readonly figures: Figures };

/** `each`: everybody has a message of their own, made when it is asked for. */
export type Prepared =
  | ({ readonly is: 'message'; readonly candidate: Candidate; readonly moves: Moves } & Composed)
  | ({ readonly is: 'each'; readonly candidate: Candidate; readonly moves: Moves } & OwnMessages)
  | { readonly is: 'skipped'; readonly reason: Reason; readonly moves: Moves };

/**
 * One occurrence up to its final message: data, condition, card. Writes nothing and sends nothing, so preview and dry
 * run are this and no more. Throws LarkcronError: status 1 for data that could not be had, 2 for a template or card.
 */
export const prepare = async (job: Job, occasion: Occasion, by: Preparation): Promise<Prepared> => {
  const gathered = await gather(job, occasion, by);
  const { made, facts, memory, changes, kept } = gathered;
  const { due, force } = occasion;
  const { when, asks, each } = job;
  const decision = await decide(job, {
    data: made.data,
    changes,
    memory,
    due,
    force,
    holds: async () =>
      (when === null || (await holds(when, facts))) && (asks === null || (await asks(codeFacts(facts)))),
  });
  const moves = movesOf(decision, kept);
  if (decision.skip !== null) return { is: 'skipped', reason: decision.skip, moves };
  const since = (decision.watch ?? memory.watch).since;
  const candidate: Candidate = { kept, figures: null, since };
  if (each === null) {
    const composed = await whole(job, occasion, gathered, by);
    const figures = writeFigures(figuresOfAll(composed.figures));
    return { is: 'message', ...composed, candidate: { ...candidate, figures }, moves };
  }
  const { data } = made;
  if (!Object.hasOwn(data, each.from)) {
    const found = unknownDataset(each.from, Object.keys(data), each.at);
    throw new LarkcronError(found.code, found, { status: 2, problems: [found] });
  }
  return {
    is: 'each',
    each,
    theirs: theirsOf(each, data),
    concerns: (their) => force || concerns(their, each, data),
    compose: (their) =>
      whole(job, occasion, gathered.seenBy(recipientKey(their.recipient), mineOf(their, each, data)), by),
    candidate,
    moves,
  };
};

/** The message and what is attached to it. */
const whole = async (
  written: Job,
  occasion: Occasion,
  gathered: Pick<Gathered, 'made' | 'facts'>,
  by: Preparation,
): Promise<Composed> => {
  const { facts } = gathered;
  const { job, made } = await spoken(written, gathered);
  const { parts, ...more } = await compose(job, occasion, made, facts, by);
  const [{ card }] = parts;
  if (job.together === 'update' && card !== null && !isRenewable(card)) throw notRenewable(job);
  const attached: Part[] = [];
  for (const spec of job.attach) attached.push(await attachedPart(spec, made));
  return { ...more, parts: [...parts, ...attached] };
};

/** The job with its message: a TypeScript job's function is asked for it, and may bring rows of its own. */
const spoken = async (
  job: Job,
  { made, facts }: Pick<Gathered, 'made' | 'facts'>,
): Promise<{ readonly job: Job; readonly made: Made }> => {
  if (job.message.kind !== 'made') return { job, made };
  const { message, data } = await job.message.make(codeFacts(facts));
  return { job: { ...job, message }, made: { ...made, data: { ...made.data, ...data } } };
};

const notRenewable = ({ message }: Job): LarkcronError => {
  const at = message.kind === 'raw' ? message.at : null;
  const found = problem(runWords, 'card-not-renewable', undefined, { at });
  return new LarkcronError(found.code, found, { status: 2, problems: [found] });
};

const alone = (part: Part, warnings: readonly Problem[] = []): Composed => ({
  parts: [part],
  warnings,
  cuts: [],
  figures: {},
});

/** The message as one part, or as several where a card does not fit. */
const compose = async (job: Job, occasion: Occasion, made: Made, facts: Facts, by: Preparation): Promise<Composed> => {
  const { message } = job;
  const { to = [] } = occasion;
  const { data, scope, reach } = made;
  const mark = markOf(job, occasion, by.timezone);
  switch (message.kind) {
    case 'text': {
      const text = fill(message.text, 'plain', scope);
      const content = { msgType: 'text', body: JSON.stringify({ text: (mark ?? '') + text }) };
      return alone({ kind: 'text', content, card: null, files: [] });
    }
    case 'post':
      return alone(
        await postPart(message, { scope, lang: job.lang, timezone: job.schedule?.timezone ?? by.timezone, mark }),
      );
    case 'image':
    case 'file': {
      const named = { name: message.name === null ? null : fill(message.name, 'plain', scope), at: message.at };
      if (message.kind === 'image') return alone(filePart(await pictureAt(message.path, named, made)));
      const where = fill(message.path, 'plain', scope);
      return alone(filePart(readUpload('file', resolve(reach.directory, where), named)));
    }
    case 'card': {
      const pictures = picturesOf(reach, data);
      // CEL is loaded for cards that choose only: it is on the way of every push
      const decide: Decide =
        choicesIn(message.card).length === 0 ? () => false : await conditionsOf(facts, { lenient: true });
      const compiled = compileCard(message.card, { scope, data, keyOf: pictures.keyOf, decide });
      const card = markCard(compiled.card, mark);
      const uncut = { ...compiled, card, settled: pictures.settled };
      const fitted = await fittedParts(job, uncut, [...job.to, ...to], made);
      return { ...fitted, figures: Object.fromEntries(compiled.figures) };
    }
    case 'made':
      throw new Error('a message that is made was not asked for');
    case 'template':
      return alone(await templatePart(message.template, made));
    case 'raw': {
      const card = await readRawCard(message, by.sourceContext);
      const { part, warnings } = cardPart(markCard(card, mark), 'raw', {
        problems: [],
        placeOf: () => null,
        files: [],
      });
      return alone(part, warnings);
    }
  }
};
