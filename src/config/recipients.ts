import type { Place } from '../model/errors.ts';
import { problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import {
  LOOKS,
  parseRecipient,
  type Recipient,
  type RecipientKind,
  webhookRecipient,
  withoutDoubles,
} from '../model/recipient.ts';
import { object, optional, required } from './object.ts';
import { byKind, made, type Reading, type Shape, text } from './shape.ts';
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

/** `{ name, webhook, secret }`: the address goes to where secrets are kept, the recipient has the name alone. */
export const customBot: Shape<RecipientRef> = made(
  object({ name: required(text()), webhook: required(text()), secret: optional(text(), null) }),
  ({ name, webhook: url, secret }, node, reading, path) => {
    const refuse = (code: 'bad-webhook' | 'webhook-twice'): null => {
      reading.problems.push(problem(configWords, code, { name }, { at: node.at, path }));
      return null;
    };
    if (name.trim() === '' || /[\s:]/.test(name)) {
      const p = { kind: 'name', value: name, example: 'oncall' };
      reading.problems.push(problem(configWords, 'bad-recipient-id', p, { at: node.at, path }));
      return null;
    }
    if (!/^https?:\/\/[^/]+\/.*\bbot\/v2\/hook\/[\w-]+\/?$/.test(url) || !URL.canParse(url))
      return refuse('bad-webhook');
    const known = reading.webhooks.get(name);
    if (known !== undefined && (known.url !== url || known.secret !== secret)) return refuse('webhook-twice');
    reading.webhooks.set(name, { name, url, secret });
    return { at: node.at, recipient: webhookRecipient(name) };
  },
);

const addressed: Shape<RecipientRef> = made(
  object(Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, optional(text(), null)]))),
  (keys, node, reading, path) => {
    const given = Object.entries(keys).flatMap(([kind, id]) => (typeof id === 'string' ? [[kind, id] as const] : []));
    const [only] = given;
    if (only === undefined || given.length > 1) {
      const expected = { zh: `${Object.keys(KINDS).join('、')} 之一`, en: `one of ${Object.keys(KINDS).join(', ')}` };
      reading.problems.push(problem(configWords, 'wrong-type', { expected }, { at: node.at, path }));
      return null;
    }
    const [kind, id] = only;
    const looks = LOOKS[KINDS[kind] as RecipientKind];
    if (looks?.[0].test(id) === false) {
      const p = { kind, value: id, example: looks[1] };
      reading.problems.push(problem(configWords, 'bad-recipient-id', p, { at: node.at, path }));
      return null;
    }
    return { at: node.at, recipient: { shown: id, idType: KINDS[kind] as RecipientKind, id } };
  },
);

const BOT_KEYS = ['name', 'webhook', 'secret'];

const spelledOut: Shape<RecipientRef> = {
  read: (node, reading, path) => {
    const isBot = node.kind === 'map' && node.entries.some(({ key }) => BOT_KEYS.includes(key));
    return (isBot ? customBot : addressed).read(node, reading, path);
  },
  schema: { anyOf: [addressed.schema, customBot.schema] },
};
export const recipientRef: Shape<RecipientRef> = byKind(
  { scalar: written, map: spelledOut },
  { zh: '一个收件人', en: 'a recipient' },
);

type Groups = Readonly<Record<string, readonly RecipientRef[]>>;

/** Follows names to the addresses behind them, depth first; pushes a problem for a name nobody knows or a circle. */
export const resolveRefs = (
  refs: readonly RecipientRef[],
  groups: Groups,
  reading: Pick<Reading, 'problems' | 'webhooks'>,
  within: readonly string[] = [],
): Recipient[] =>
  withoutDoubles(
    refs.flatMap((ref) => {
      const { problems, webhooks } = reading;
      if ('recipient' in ref) {
        const { idType, id } = ref.recipient;
        if (idType !== 'webhook' || webhooks.has(id)) return [ref.recipient];
        problems.push(
          problem(
            configWords,
            'unknown-webhook',
            { name: id, suggestion: nearest(id, [...webhooks.keys()]) },
            { at: ref.at },
          ),
        );
        return [];
      }
      const members = own(groups, ref.name);
      if (members === undefined) {
        const suggestion = nearest(ref.name, Object.keys(groups));
        problems.push(problem(configWords, 'unknown-recipient', { value: ref.name, suggestion }, { at: ref.at }));
        return [];
      }
      if (within.includes(ref.name)) {
        problems.push(problem(configWords, 'recipient-circle', { name: ref.name }, { at: ref.at }));
        return [];
      }
      return resolveRefs(members, groups, reading, [...within, ref.name]);
    }),
  );
