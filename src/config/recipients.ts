import type { Place } from '../model/errors.ts';
import { type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { parseRecipient, type Recipient, type RecipientKind, withoutDoubles } from '../model/recipient.ts';
import { object, optional } from './object.ts';
import { byKind, made, type Shape, text } from './shape.ts';
import { configWords } from './words.ts';

/** A recipient as written: an address, or a name that `recipients` in larkcron.yaml must know. */
export type RecipientRef = { readonly at: Place | null } & (
  | { readonly recipient: Recipient }
  | { readonly name: string }
);

const KINDS: Readonly<Record<string, RecipientKind>> = {
  openId: 'open_id',
  unionId: 'union_id',
  userId: 'user_id',
  chatId: 'chat_id',
  email: 'email',
  mobile: 'mobile',
  department: 'department',
};

const written: Shape<RecipientRef> = made(text(), (value, node) => {
  const recipient = parseRecipient(value);
  return recipient === null ? { at: node.at, name: value } : { at: node.at, recipient };
});

const spelledOut: Shape<RecipientRef> = made(
  object(Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, optional(text(), null)])), {
    later: ['name', 'webhook', 'secret', 'from', 'column', 'type'],
  }),
  (keys, node, reading, path) => {
    const given = Object.entries(keys).flatMap(([kind, id]) => (typeof id === 'string' ? [[kind, id] as const] : []));
    const [only] = given;
    if (only === undefined || given.length > 1) {
      const expected = { zh: `${Object.keys(KINDS).join('、')} 之一`, en: `one of ${Object.keys(KINDS).join(', ')}` };
      reading.problems.push(problem(configWords, 'wrong-type', { expected }, { at: node.at, path }));
      return null;
    }
    const [kind, id] = only;
    return { at: node.at, recipient: { shown: id, idType: KINDS[kind] as RecipientKind, id } };
  },
);

export const recipientRef: Shape<RecipientRef> = byKind(
  { scalar: written, map: spelledOut },
  { zh: '一个收件人', en: 'a recipient' },
);

type Groups = Readonly<Record<string, readonly RecipientRef[]>>;

/** Follows names to the addresses behind them, depth first; pushes a problem for a name nobody knows or a circle. */
export const resolveRefs = (
  refs: readonly RecipientRef[],
  groups: Groups,
  problems: Problem[],
  within: readonly string[] = [],
): Recipient[] =>
  withoutDoubles(
    refs.flatMap((ref) => {
      if ('recipient' in ref) return [ref.recipient];
      const members = groups[ref.name];
      if (members === undefined) {
        const suggestion = nearest(ref.name, Object.keys(groups));
        problems.push(problem(configWords, 'unknown-recipient', { value: ref.name, suggestion }, { at: ref.at }));
        return [];
      }
      if (within.includes(ref.name)) {
        problems.push(problem(configWords, 'recipient-circle', { name: ref.name }, { at: ref.at }));
        return [];
      }
      return resolveRefs(members, groups, problems, [...within, ref.name]);
    }),
  );
