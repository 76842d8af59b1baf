import { resolve } from 'node:path';
import { compileCard } from '../card/compile.ts';
import type { Decide } from '../card/making.ts';
import { isRenewable } from '../card/renewable.ts';
import { fill } from '../card/template.ts';
import { choicesIn } from '../model/card.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Reason } from '../model/run.ts';
import { conditionsOf, type Facts, holds } from './condition.ts';
import { readUpload } from './files.ts';
import { cardPart, type FittedParts, fittedParts } from './fitted.ts';
import { gather, type Occasion, type Preparation } from './gather.ts';
import { attachedPart, filePart, type Made, type Part } from './parts.ts';
import { picturesOf, readPicture } from './pictures.ts';
import { readRawCard } from './raw-card.ts';
import { templatePart } from './template-message.ts';
import { markCard, markText } from './test-mark.ts';
import { runWords } from './words.ts';

export type Prepared = ({ readonly is: 'message' } & FittedParts) | { readonly is: 'skipped'; readonly reason: Reason };

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
