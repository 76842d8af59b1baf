import type { Compiled } from '../card/compile.ts';
import { CUT, fits, forBots, WHOLE } from '../card/fit/limits.ts';
import { fitWords } from '../card/fit/words.ts';
import { checkCard } from '../card/rules/check-card.ts';
import { fill } from '../card/template.ts';
import type { Cut } from '../model/cut.ts';
import type { Json } from '../model/dataset.ts';
import { failure, isError, LarkcronError, type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { withMarkerPlace } from '../model/marker.ts';
import type { Recipient } from '../model/recipient.ts';
import type { FileToUpload } from './files.ts';
import { attachedPart, type Made, type Part } from './parts.ts';
import { runWords } from './words.ts';

/** How many cards a message may become; after that more of it is cut. */
const MOST_CARDS = 5;

/** A card before it is known whether it fits; its pictures are fetched when it is. */
export interface Uncut extends Compiled {
  readonly settled: (cards: Json) => Promise<{ readonly card: Json; readonly files: readonly FileToUpload[] }>;
}

export interface FittedParts {
  readonly parts: readonly [Part, ...Part[]];
  readonly warnings: readonly Problem[];
  readonly cuts: readonly Cut[];
}

/** The last look before a card may leave: Feishu's own rules, each finding at its place in the author's file. Throws `bad-card` (status 2). */
export const cardPart = (
  card: Json,
  kind: string,
  {
    problems: found,
    placeOf,
    files,
  }: Pick<Compiled, 'problems' | 'placeOf'> & { readonly files: readonly FileToUpload[] },
): { readonly part: Part; readonly warnings: readonly Problem[] } => {
  const rules = checkCard(card).map((one) => ({ ...one, at: one.at ?? placeOf(one.path ?? '') }));
  const problems = [...found, ...rules];
  const errors = problems.filter(isError);
  if (errors.length > 0) throw failure(runWords, 'bad-card', { count: errors.length }, { status: 2, problems });
  const body = JSON.stringify(withMarkerPlace(card));
  const used = files.filter(({ standIn }) => body.includes(standIn));
  return { part: { kind, content: { msgType: 'interactive', body }, card, files: used }, warnings: problems };
};

const csvOf = (job: Job, dataset: string): Extract<Job['attach'][number], { attach: 'csv' }> | null => {
  const spec = job.attach.find((each) => each.attach === 'csv' && each.dataset === dataset);
  return spec?.attach === 'csv' ? spec : null;
};

/**
 * A compiled card as the parts of its message: as it is where it fits, else by the rules of card/fit. A card that is
 * renewed, or goes to many in one call, stays one message: it is only cut. Custom bots take no files and smaller cards;
 * where one is among the recipients the cards of all are as small.
 */
export const fittedParts = async (
  job: Job,
  { card, shows, problems, placeOf, settled }: Uncut,
  to: readonly Recipient[],
  made: Made,
): Promise<FittedParts> => {
  const bots = to.some(({ idType }) => idType === 'webhook');
  const [whole, cut] = bots ? [forBots(WHOLE), forBots(CUT)] : [WHOLE, CUT];
  if (problems.some(isError) || fits(card, whole)) {
    const done = await settled(card);
    const { part, warnings } = cardPart(done.card, 'card', { problems, placeOf, files: done.files });
    return { parts: [part], warnings, cuts: [] };
  }
  const single = job.together === 'update' || job.batch;
  const { fitCard } = await import('../card/fit/fit.ts');
  const tooLarge = new Set<string>();
  const fileOf = (dataset: string): string | null => {
    if (single || bots || tooLarge.has(dataset)) return null;
    const name = csvOf(job, dataset)?.name ?? null;
    return name === null ? `${dataset}.csv` : fill(name, 'plain', made.scope);
  };
  for (;;) {
    const fitted = fitCard(card, { whole, cut, cards: single ? 1 : MOST_CARDS, lang: job.lang, shows, fileOf });
    const attached: Part[] = [];
    const again = tooLarge.size;
    for (const dataset of datasetsIn(fitted.cuts)) {
      if (csvOf(job, dataset) !== null) continue;
      const file = await wholeDataset(dataset, made);
      if (file === null) tooLarge.add(dataset);
      else attached.push(file);
    }
    if (tooLarge.size > again) continue;
    const done = await settled(fitted.cards);
    // the paths of cards that were cut are not those that were compiled
    const found = { problems: [], placeOf: () => placeOfCard(job), files: done.files };
    const cards = (done.card as readonly Json[]).map((each) => cardPart(each, 'card', found));
    const warnings = [
      ...problems,
      ...(cards.length > 1
        ? [problem(fitWords, 'card-parts', { parts: cards.length }, { at: placeOfCard(job), severity: 'warning' })]
        : []),
      ...fitted.cuts.map(({ at, ...each }) =>
        problem(fitWords, 'card-cut', each, { at: at ?? placeOfCard(job), severity: 'warning' }),
      ),
      ...cards.flatMap((each) => each.warnings),
    ];
    const [first, ...others] = [...cards.map(({ part }) => part), ...attached];
    return {
      parts: [first as Part, ...others],
      warnings,
      cuts: fitted.cuts.map(({ at: _, ...each }) => each),
    };
  }
};

const placeOfCard = ({ message }: Job): Problem['at'] => (message.kind === 'card' ? message.card.at : null);

const datasetsIn = (cuts: readonly Cut[]): readonly string[] => [
  ...new Set(cuts.filter(({ file }) => file !== null).flatMap(({ dataset }) => (dataset === null ? [] : [dataset]))),
];

/** null: even the file would be too large for Feishu. */
const wholeDataset = async (dataset: string, made: Made): Promise<Part | null> => {
  try {
    return await attachedPart({ attach: 'csv', dataset, name: null, at: null }, made);
  } catch (error) {
    if (error instanceof LarkcronError && error.code === 'upload-size') return null;
    throw error;
  }
};
