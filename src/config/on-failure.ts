import { type Place, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { OnFailure, SecondWay } from '../model/on-failure.ts';
import { own } from '../model/own.ts';
import { parseRecipient, type Recipient } from '../model/recipient.ts';
import { type App, DEFAULT_TIMEOUT } from '../model/settings.ts';
import { entryOf } from './node.ts';
import { object, optional, required } from './object.ts';
import { customBot, type RecipientRef, recipientRef, resolveRefs } from './recipients.ts';
import {
  byKind,
  duration,
  integer,
  list,
  made,
  oneOrMore,
  type Reading,
  type Shape,
  text,
  wrongType,
} from './shape.ts';
import { configWords } from './words.ts';

/** `via` as written: a name that may be an app's, a custom bot, or a program. */
type ViaRef = { readonly at: Place | null } & (
  | { readonly name: string }
  | { readonly bot: RecipientRef }
  | { readonly argv: readonly string[]; readonly timeout: number }
);

const named: Shape<ViaRef> = made(text(), (name, node) => {
  const recipient = parseRecipient(name);
  return recipient?.idType === 'webhook'
    ? { at: node.at, bot: { at: node.at, recipient } }
    : { at: node.at, name: name.trim() };
});

const program: Shape<ViaRef> = made(
  object({ command: required(list(text())), timeout: optional(duration, DEFAULT_TIMEOUT) }),
  ({ command, timeout }, node, reading, path) =>
    command.length === 0
      ? wrongType(node, reading, path, { zh: '程序和它的参数', en: 'a program and its arguments' })
      : { at: node.at, argv: command, timeout },
);

const bot: Shape<ViaRef> = made(customBot, (recipient, node) => ({ at: node.at, bot: recipient }));

const spelledOut: Shape<ViaRef> = {
  read: (node, reading, path) => {
    const isProgram = node.kind === 'map' && entryOf(node, 'command') !== undefined;
    return (isProgram ? program : bot).read(node, reading, path);
  },
  schema: { anyOf: [program.schema, bot.schema] },
};

const via: Shape<ViaRef> = byKind(
  { scalar: named, map: spelledOut },
  {
    zh: '另一个应用的名字、webhook:NAME、{ name, webhook, secret } 或 { command }',
    en: "another app's name, webhook:NAME, { name, webhook, secret } or { command }",
  },
);

/** `{ notify, after, remind, via }`, of a job or, in larkcron.yaml, of all that say nothing else. */
export const onFailureShape = object({
  notify: optional(oneOrMore(recipientRef), null),
  after: optional(integer({ min: 1, max: 1_000 }), null),
  remind: optional(duration, null),
  via: optional(via, null),
});

type Written = NonNullable<ReturnType<typeof onFailureShape.read>>;

interface Known {
  readonly apps: Readonly<Record<string, App>>;
  readonly groups: Parameters<typeof resolveRefs>[1];
}

const wayOf = (ref: ViaRef, { apps, groups }: Known, reading: Reading): SecondWay | null => {
  const { at } = ref;
  if ('argv' in ref) return { at, is: 'command', argv: ref.argv, timeout: ref.timeout };
  if ('bot' in ref) {
    const [recipient] = resolveRefs([ref.bot], groups, reading);
    return recipient === undefined ? null : { at, is: 'webhook', recipient };
  }
  if (own(apps, ref.name) !== undefined) return { at, is: 'app', app: ref.name };
  const bots = [...reading.webhooks.keys()].map((name) => `webhook:${name}`);
  const suggestion = nearest(ref.name, [...Object.keys(apps), ...bots]);
  reading.problems.push(problem(configWords, 'unknown-via', { name: ref.name, suggestion }, { at }));
  return null;
};

/** What is written over what holds otherwise; `notify` without a word of it is the owner. */
export const resolveOnFailure = (
  written: Written | null,
  { otherwise, owner, ...known }: Known & { otherwise: OnFailure; owner: Recipient | null },
  reading: Reading,
): OnFailure => {
  const { notify = null, after = null, remind = null, via: ref = null } = written ?? {};
  const owned = owner === null ? otherwise.notify : [owner];
  return {
    notify: notify === null ? owned : resolveRefs(notify, known.groups, reading),
    after: after ?? otherwise.after,
    remind: remind ?? otherwise.remind,
    via: ref === null ? otherwise.via : wayOf(ref, known, reading),
  };
};

export const NOBODY: OnFailure = { notify: [], after: 1, remind: null, via: null };
