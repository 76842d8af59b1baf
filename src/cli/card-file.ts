import { cardInText, envelopeOf } from '../card/envelope.ts';
import { checkCard } from '../card/rules/check-card.ts';
import { type Problem, problem } from '../model/errors.ts';
import type { Text } from '../model/text.ts';
import type { JsonText } from './read-json.ts';
import { cliWords } from './words.ts';

/** A custom bot takes requests of 20 KB (cards: §4). */
const WEBHOOK_BYTES = 20 * 1024;

/** Findings with their places, in the order of the text. `yaml`, which knows the places, is loaded for findings only. */
const placed = async (
  problems: readonly Problem[],
  { text, file }: JsonText,
  pathOf: (problem: Problem) => string | null,
): Promise<readonly Problem[]> => {
  if (problems.length === 0) return [];
  const { placesIn } = await import('../config/places.ts');
  const placeOf = placesIn(text, file);
  return problems.map((found) => ({ ...found, at: placeOf(pathOf(found)) })).sort(byPlace);
};

const byPlace = ({ at: a }: Problem, { at: b }: Problem): number =>
  a === null || b === null ? 0 : a.line - b.line || a.column - b.column;

/** Findings about a card that is sent as it is: the body of a request is none. */
export const checkBareCard = (given: JsonText): Promise<readonly Problem[]> =>
  placed(checkCard(given.json), given, ({ path }) => path);

/** A card from anywhere, bare or in the body of a request, of which the card is looked at; and what is to be said of that. */
export const checkCardText = async (
  given: JsonText,
): Promise<{ readonly problems: readonly Problem[]; readonly note: Text | null }> => {
  const twice = cardInText(given.json);
  if (twice !== null)
    return { problems: await placed([...checkCard(given.json), ...checkCard(twice)], given, () => ''), note: null };
  const envelope = envelopeOf(given.json);
  if (envelope === null) return { problems: await checkBareCard(given), note: null };
  const { card, path, isText } = envelope;
  const bytes = Buffer.byteLength(JSON.stringify(given.json));
  const tooLong =
    path === 'card' && bytes > WEBHOOK_BYTES
      ? [problem(cliWords, 'webhook-size', { bytes }, { path: '', severity: 'warning' })]
      : [];
  const inside = checkCard(card).map((found) => ({
    ...found,
    path: found.path === null ? path : `${path}.${found.path}`,
  }));
  return {
    problems: await placed([...tooLong, ...inside], given, (found) =>
      isText && found.path !== '' ? path : found.path,
    ),
    note: cliWords['card-in-body']({ path }).message,
  };
};
