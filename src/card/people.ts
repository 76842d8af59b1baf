import type { Block, People } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { type Place, problem } from '../model/errors.ts';
import { datasetFor } from './dataset-for.ts';
import { isPersonId } from './escape.ts';
import type { Making } from './making.ts';
import { printed } from './print.ts';
import { cleaned } from './token.ts';
import { cardWords } from './words.ts';

type PeopleBlock = Extract<Block, { block: 'people' }>;

const isEmail = (text: string): boolean => /^[\w.+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}$/.test(text);

interface Named {
  readonly id: string;
  readonly at: Place | null;
}

const inColumn = (from: NonNullable<People['from']>, at: Place | null, making: Making): readonly Named[] => {
  const dataset = datasetFor({ rows: from.rows, at }, [{ name: from.column, at }], making);
  return (dataset?.rows ?? [])
    .flatMap((row) => printed(row[from.column] ?? null).split(/[\s,,;、]+/))
    .map((id) => ({ id, at }));
};

/** Each person once, in order; nobody where a template comes to nothing. */
const whoOf = ({ people, at }: PeopleBlock, making: Making): readonly Named[] => {
  const written = people.ids.flatMap((template) =>
    making
      .line(template)
      .split(/[\s,,;、]+/)
      .map((id) => ({ id, at: template.at })),
  );
  const all = [...written, ...(people.from === null ? [] : inColumn(people.from, at, making))];
  const seen = new Set<string>();
  return all.filter(({ id }) => (id === '' || seen.has(id) ? false : seen.add(id)));
};

/** Mentions are written here and nowhere else, of ids that can be nothing but ids (cards: S-MD1 `<at>`). */
const mentionOf = (who: readonly Named[], all: boolean): Json => {
  const at = ({ id }: Named): string => (isEmail(id) ? `<at email=${id}></at>` : `<at id=${id}></at>`);
  return { tag: 'markdown', content: [...(all ? ['<at id=all></at>'] : []), ...who.map(at)].join(' ') };
};

/** People shown with their pictures, or mentioned (cards: C-person_list). Null when there is nobody. */
export const peopleElement = (block: PeopleBlock, making: Making): Json | null => {
  const { mention } = block.people;
  const who = whoOf(block, making);
  const strange = who.filter(({ id }) => !isPersonId(id) && !(mention !== false && isEmail(id)));
  making.problems.push(
    ...strange.map(({ id, at }) =>
      problem(cardWords, 'no-person', { id: cleaned(id).slice(0, 80), email: isEmail(id) }, { at }),
    ),
  );
  if (strange.length > 0 || (who.length === 0 && mention !== 'all')) return null;
  if (mention !== false) return mentionOf(who, mention === 'all');
  return {
    tag: 'person_list',
    persons: who.map(({ id }) => ({ id })),
    size: 'small',
    show_avatar: true,
    show_name: true,
    drop_invalid_user_id: true,
  };
};
