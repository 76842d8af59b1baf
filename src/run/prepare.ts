import { resolve } from 'node:path';
import { compileCard } from '../card/compile.ts';
import type { Decide } from '../card/making.ts';
import { isRenewable } from '../card/renewable.ts';
import { fill } from '../card/template.ts';
import { choicesIn } from '../model/card.ts';
import type { Figures } from '../model/change.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { conditionsOf, type Facts } from './condition.ts';
import { readUpload } from './files.ts';
import { cardPart, type FittedParts, fittedParts } from './fitted.ts';
import { type Gathered, gather, type Occasion, type Preparation } from './gather.ts';
import { keptText } from './memory.ts';
import { nothingToSay, type Silence } from './nothing-to-say.ts';
import { attachedPart, filePart, type Made, type Part } from './parts.ts';
import { picturesOf, readPicture } from './pictures.ts';
import { readRawCard } from './raw-card.ts';
import { seenBy } from './seen.ts';
import { templatePart } from './template-message.ts';
import { markCard, markText } from './test-mark.ts';
import { runWords } from './words.ts';

export type Prepared =
  /** `remember`: what the next run is to know once this message has arrived, for the ledger */
  ({ readonly is: 'message'; readonly remember: string } & FittedParts) | ({ readonly is: 'skipped' } & Silence);

/**
 * One occurrence up to its final message: data, condition, card. Writes nothing and sends nothing, so preview and dry
 * run are this and no more. Throws LarkcronError: status 1 for data that could not be had, 2 for a template or card.
 */
export const prepare = async (written: Job, occasion: Occasion, by: Preparation): Promise<Prepared> => {
  const gathered = await gather(written, occasion, by);
  const silent = occasion.force ? null : await nothingToSay(written, gathered);
  if (silent !== null) return { is: 'skipped', ...silent };
  const { job, made } = await spoken(written, gathered);
  const { facts, changes } = gathered;
  const { parts, warnings, cuts, figures } = await compose(job, occasion, made, facts, by);
  const [{ card }] = parts;
  if (job.together === 'update' && card !== null && !isRenewable(card)) throw notRenewable(job);
  const attached: Part[] = [];
  for (const spec of job.attach) attached.push(await attachedPart(spec, made));
  const remember = keptText({ figures, rows: changes === null ? null : changes.next });
  return { is: 'message', parts: [...parts, ...attached], warnings, cuts, remember };
};

/** The job with its message: a TypeScript job's function is asked for it, and may bring rows of its own. */
const spoken = async (job: Job, { made, facts }: Gathered): Promise<{ readonly job: Job; readonly made: Made }> => {
  if (job.message.kind !== 'made') return { job, made };
  const { message, data } = await job.message.make(seenBy(facts));
  return { job: { ...job, message }, made: { ...made, data: { ...made.data, ...data } } };
};

const notRenewable = ({ message }: Job): LarkcronError => {
  const at = message.kind === 'raw' ? message.at : null;
  const found = problem(runWords, 'card-not-renewable', undefined, { at });
  return new LarkcronError(found.code, found, { status: 2, problems: [found] });
};

type Composed = FittedParts & { readonly figures: Figures };

const alone = (part: Part, warnings: readonly Problem[] = []): Composed => ({
  parts: [part],
  warnings,
  cuts: [],
  figures: {},
});

/** The message as one part, or as several where a card does not fit. */
const compose = async (
  job: Job,
  { test, to = [] }: Occasion,
  made: Made,
  facts: Facts,
  by: Preparation,
): Promise<Composed> => {
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
      const fitted = await fittedParts(job, { ...compiled, card, settled: pictures.settled }, [...job.to, ...to], made);
      return { ...fitted, figures: compiled.figures };
    }
    case 'made':
      throw new Error('a message that is made was not asked for');
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
