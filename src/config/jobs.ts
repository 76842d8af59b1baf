import type { Together } from '../model/anchor.ts';
import { URGENCIES } from '../model/delivery.ts';
import { problem } from '../model/errors.ts';
import {
  type Job,
  MAX_RECIPIENTS,
  type MessageSpec,
  MOST_URGED,
  PRIORITIES,
  type Priority,
  type SourceSpec,
  type Urgent,
} from '../model/job.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import type { Settings } from '../model/settings.ts';
import { cardDefs } from './blocks.ts';
import { cardSpec } from './cards.ts';
import { type Asked, asking, madeMessage, type Split, splitCode } from './code.ts';
import { conditionWords } from './condition-words.ts';
import { audience, changed, empty, resolveChanged, whenRuns } from './conditions.ts';
import { conflictsOf } from './conflicts.ts';
import { condition } from './formats.ts';
import { heartbeat } from './heartbeat.ts';
import { attachment, file, image, raw } from './messages.ts';
import { entryOf, type Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { onFailureShape, resolveOnFailure } from './on-failure.ts';
import { post } from './posts.ts';
import { quietHours } from './quiet.ts';
import { recipientRef, resolveRefs } from './recipients.ts';
import { schedule } from './schedule.ts';
import type { SettingsFile } from './settings.ts';
import {
  boolean,
  byKind,
  duration,
  integer,
  list,
  made,
  oneOf,
  type Reading,
  record,
  type Shape,
  template,
  text,
} from './shape.ts';
import { sourceSpec, withDeclared } from './sources.ts';
import { templateMessage } from './template-message.ts';
import { configWords } from './words.ts';

const NAMES_TAKEN = [
  'due',
  'now',
  'job',
  'run',
  'last',
  'mine',
  'added',
  'removed',
  'changed',
  'true',
  'false',
  'null',
  'nil',
  'empty',
  'blank',
  'in',
  'forloop',
  'env',
];

const dataShape = (directory: string): Shape<Readonly<Record<string, SourceSpec>>> =>
  record(sourceSpec(directory), (name, at, reading) => {
    if (/^[a-z][a-z0-9_]*$/.test(name) && !NAMES_TAKEN.includes(name)) return true;
    reading.problems.push(problem(configWords, 'reserved-name', { name }, { at }));
    return false;
  });

const MESSAGES = ['card', 'text', 'post', 'raw', 'image', 'file', 'template'];

const urgent: Shape<Urgent> = byKind(
  {
    scalar: made(oneOf(...URGENCIES), (by) => ({ by, most: MOST_URGED })),
    map: object({ by: required(oneOf(...URGENCIES)), most: optional(integer({ min: 1, max: 200 }), MOST_URGED) }),
  },
  { zh: 'app、sms、phone,或 { by, most }', en: 'app, sms, phone, or { by, most }' },
);

const jobShape = ({
  directory,
  lang,
  timezone: zone,
  calendars,
}: Pick<Settings, 'directory' | 'lang' | 'timezone' | 'calendars'>) =>
  object({
    description: optional(text(), null),
    was: optional(text(), null),
    app: optional(text(), 'default'),
    lang: optional(oneOf('zh', 'en'), lang),
    schedule: optional(schedule(zone, calendars), null),
    quiet: optional(quietHours(calendars), null),
    to: required(audience),
    data: optional(dataShape(directory), {} as Record<string, SourceSpec>),
    when: optional(condition, null),
    whenRuns: optional(whenRuns, null),
    changed: optional(changed, null),
    empty: optional(empty, 'send' as const),
    repeatAfter: optional(duration, null),
    card: optional(cardSpec, null),
    text: optional(template, null),
    post: optional(post, null),
    raw: optional(raw(directory), null),
    image: optional(image, null),
    file: optional(file, null),
    template: optional(templateMessage, null),
    attach: optional(list(attachment), []),
    update: optional(oneOf('message'), null),
    thread: optional(oneOf('daily'), null),
    urgent: optional(urgent, null),
    batch: optional(boolean, false),
    fallback: optional(
      made(oneOf('plain', 'none'), (what) => what === 'plain'),
      true,
    ),
    priority: optional(oneOf(...(Object.keys(PRIORITIES) as Priority[])), 'normal' as const),
    deliverWithin: optional(duration, null),
    attempts: optional(integer({ min: 1, max: 50 }), 12),
    maxRecipients: optional(integer({ min: 1, max: 1_000_000 }), MAX_RECIPIENTS),
    onFailure: optional(onFailureShape, null),
    heartbeat: optional(heartbeat, null),
    owner: optional(recipientRef, null),
  });

/** The JSON Schema of a job file; it is the same for every project. */
export const jobSchema = () => ({
  ...jobShape({ directory: '.', lang: 'zh', timezone: 'UTC', calendars: {} }).schema,
  $defs: cardDefs(),
});

const madeMessages = (asked: Split['asked'], file: string, directory: string): readonly MessageSpec[] => {
  const reads: Readonly<Record<Exclude<Asked, 'when'>, (node: Node, reading: Reading) => MessageSpec | null>> = {
    card: (node, reading) => {
      const card = cardSpec.read(node, reading, 'card');
      return card === null ? null : { kind: 'card', card };
    },
    text: (node, reading) => {
      const words = template.read(node, reading, 'text');
      return words === null ? null : { kind: 'text', text: words };
    },
    raw: (node, reading) => raw(directory).read(node, reading, 'raw'),
  };
  return (Object.keys(reads) as (keyof typeof reads)[]).flatMap((key) => {
    const code = asked[key];
    return code === undefined ? [] : [madeMessage(key, code, file, reads[key])];
  });
};

/** One job file's content as a Job; null after pushing at least one problem. */
export const readJob = (
  node: Node,
  { name, file }: { name: string; file: string },
  of: SettingsFile,
  reading: Reading,
): Job | null => {
  const before = reading.problems.length;
  const { node: plain, asked } = splitCode(node, file, reading);
  const read = jobShape(of.settings).read(plain, reading, '');
  if (read === null) return null;
  const placeOf = (key: string) => (node.kind === 'map' ? (entryOf(node, key)?.at ?? node.at) : node.at);
  const {
    card,
    text: words,
    post: rich,
    raw: given,
    image: picture,
    file: sent,
    template: built,
    to: { refs, each },
    changed: watched,
    quiet,
    owner: ownerRef,
    app,
    ...more
  } = read;
  const { update, thread, onFailure: written, ...rest } = more;
  const messages: MessageSpec[] = [
    ...(card === null ? [] : [{ kind: 'card' as const, card }]),
    ...(words === null ? [] : [{ kind: 'text' as const, text: words }]),
    ...[rich, given, picture, sent].filter((one) => one !== null),
    ...(built === null ? [] : [{ kind: 'template' as const, template: built }]),
    ...madeMessages(asked, file, of.settings.directory),
  ];
  if (messages.length === 0)
    reading.problems.push(problem(configWords, 'no-message', { kinds: MESSAGES }, { at: node.at }));
  if (messages.length > 1) {
    const kinds = messages.map(({ kind }) => (kind === 'made' ? 'card' : kind));
    reading.problems.push(problem(configWords, 'two-messages', { kinds }, { at: placeOf(kinds[1] as string) }));
  }
  const to = resolveRefs(refs, of.groups, reading);
  const onlyBots = each === null && to.every(({ idType }) => idType === 'webhook');
  // custom bots need no app; a job that names one means it
  if (own(of.settings.apps, app) === undefined && !(onlyBots && placeOf('app') === node.at)) {
    const suggestion = nearest(app, Object.keys(of.settings.apps));
    reading.problems.push(
      problem(configWords, 'unknown-app', { name: app, suggestion }, { at: placeOf('app') ?? node.at }),
    );
  }
  if (refs.length === 0 && each === null)
    reading.problems.push(problem(configWords, 'no-recipients', undefined, { at: placeOf('to') }));
  const owner = ownerRef === null ? of.settings.owner : (resolveRefs([ownerRef], of.groups, reading)[0] ?? null);
  const onFailure = resolveOnFailure(
    written,
    {
      otherwise: of.settings.onFailure,
      owner: ownerRef === null ? null : owner,
      apps: of.settings.apps,
      groups: of.groups,
    },
    reading,
  );
  const data = withDeclared(rest.data, of.sources, reading);
  for (const spec of Object.values(data)) {
    const asked = spec.source === 'bitable' || spec.source === 'sheet' ? (spec.app ?? app) : null;
    // custom bots alone need no app, their sources do
    if (asked === null || own(of.settings.apps, asked) !== undefined) continue;
    const suggestion = nearest(asked, Object.keys(of.settings.apps));
    reading.problems.push(problem(configWords, 'unknown-app', { name: asked, suggestion }, { at: spec.at }));
  }
  const changedNow = resolveChanged(watched, Object.keys(rest.data), reading);
  if (rest.whenRuns !== null && rest.when === null && rest.empty !== 'skip')
    reading.problems.push(problem(conditionWords, 'needs-when', { key: 'whenRuns' }, { at: placeOf('whenRuns') }));
  const [message] = messages;
  if (reading.problems.length > before || message === undefined) return null;
  const together: Together | null = update !== null ? 'update' : thread !== null ? 'thread' : null;
  const job: Job = {
    name,
    file,
    app,
    to,
    owner,
    onFailure,
    message,
    together,
    ...rest,
    each,
    changed: changedNow,
    quiet: quiet ?? of.settings.quiet,
    data,
    asks: asked.when === undefined ? null : asking(asked.when, file),
  };
  for (const { key, other } of conflictsOf(job, { update: update !== null, thread: thread !== null }))
    reading.problems.push(problem(configWords, 'key-conflict', { key, other }, { at: placeOf(key) }));
  return reading.problems.length > before ? null : job;
};
