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
import type { CatchUp, Schedule } from '../model/schedule.ts';
import type { Settings } from '../model/settings.ts';
import { HOUR } from '../model/time.ts';
import { checkCron } from '../schedule/cron.ts';
import { cardDefs } from './blocks.ts';
import { cardSpec } from './cards.ts';
import { type Asked, asking, madeMessage, type Split, splitCode } from './code.ts';
import { conditionWords } from './condition-words.ts';
import { audience, changed, empty, resolveChanged, whenRuns } from './conditions.ts';
import { conflictsOf } from './conflicts.ts';
import { condition } from './formats.ts';
import { attachment, file, image, raw } from './messages.ts';
import { entryOf, type Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { onFailureShape, resolveOnFailure } from './on-failure.ts';
import { recipientRef, resolveRefs } from './recipients.ts';
import type { SettingsFile } from './settings.ts';
import { timezone } from './settings.ts';
import {
  boolean,
  byKind,
  duration,
  integer,
  list,
  made,
  oneOf,
  oneOrMore,
  type Reading,
  record,
  type Shape,
  sourceText,
  template,
  text,
} from './shape.ts';
import { sourceSpec, withDeclared } from './sources.ts';
import { templateMessage } from './template-message.ts';
import { configWords } from './words.ts';

const LAST_WITHIN_2H: CatchUp = { runs: 1, within: 2 * HOUR };

const catchUp: Shape<CatchUp> = byKind(
  {
    scalar: made(oneOf('none', 'last', 'all'), (word) =>
      word === 'none'
        ? { runs: 0, within: 0 }
        : { runs: word === 'all' ? Number.POSITIVE_INFINITY : 1, within: 2 * HOUR },
    ),
    map: object({ runs: optional(integer({ min: 0, max: 10_000 }), 1), within: optional(duration, 2 * HOUR) }),
  },
  { zh: 'none、last、all 或 { runs, within }', en: 'none, last, all or { runs, within }' },
);

const cron: Shape<string> = made(sourceText, (written, node, reading, path) => {
  const fault = checkCron(written);
  if (fault === null) return written;
  reading.problems.push({ ...fault, at: node.at, path });
  return null;
});

const crons = oneOrMore(cron);

/** A cron, or `{ cron, timezone, catchUp }`. */
const schedule = (zone: string): Shape<Schedule> =>
  byKind<Schedule>(
    {
      scalar: made(cron, (one, node) => ({ at: node.at, crons: [one], timezone: zone, catchUp: LAST_WITHIN_2H })),
      list: made(crons, (all, node) => ({ at: node.at, crons: all, timezone: zone, catchUp: LAST_WITHIN_2H })),
      map: made(
        object(
          { cron: required(crons), timezone: optional(timezone, zone), catchUp: optional(catchUp, LAST_WITHIN_2H) },
          { later: ['every', 'anchor', 'at', 'days', 'overlap', 'jitter', 'from', 'until'] },
        ),
        ({ cron: all, ...rest }, node) => ({ at: node.at, crons: all, ...rest }),
      ),
    },
    { zh: '一个 cron,或 { cron, timezone, catchUp }', en: 'a cron, or { cron, timezone, catchUp }' },
  );

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

const MESSAGES = ['card', 'text', 'raw', 'image', 'file', 'template'];
const MESSAGES_LATER = ['post'];
const LATER = [...MESSAGES_LATER, 'quiet', 'heartbeat', 'was'];

const urgent: Shape<Urgent> = byKind(
  {
    scalar: made(oneOf(...URGENCIES), (by) => ({ by, most: MOST_URGED })),
    map: object({ by: required(oneOf(...URGENCIES)), most: optional(integer({ min: 1, max: 200 }), MOST_URGED) }),
  },
  { zh: 'app、sms、phone,或 { by, most }', en: 'app, sms, phone, or { by, most }' },
);

const jobShape = ({ directory, lang, timezone: zone }: Pick<Settings, 'directory' | 'lang' | 'timezone'>) =>
  object(
    {
      description: optional(text(), null),
      app: optional(text(), 'default'),
      lang: optional(oneOf('zh', 'en'), lang),
      schedule: optional(schedule(zone), null),
      to: required(audience),
      data: optional(dataShape(directory), {} as Record<string, SourceSpec>),
      when: optional(condition, null),
      whenRuns: optional(whenRuns, null),
      changed: optional(changed, null),
      empty: optional(empty, 'send' as const),
      repeatAfter: optional(duration, null),
      card: optional(cardSpec, null),
      text: optional(template, null),
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
      owner: optional(recipientRef, null),
    },
    { later: LATER },
  );

/** The JSON Schema of a job file; it is the same for every project. */
export const jobSchema = () => ({
  ...jobShape({ directory: '.', lang: 'zh', timezone: 'UTC' }).schema,
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
    raw: given,
    image: picture,
    file: sent,
    template: built,
    to: { refs, each },
    changed: watched,
    owner: ownerRef,
    app,
    ...more
  } = read;
  const { update, thread, onFailure: written, ...rest } = more;
  const messages: MessageSpec[] = [
    ...(card === null ? [] : [{ kind: 'card' as const, card }]),
    ...(words === null ? [] : [{ kind: 'text' as const, text: words }]),
    ...[given, picture, sent].filter((one) => one !== null),
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
    data,
    asks: asked.when === undefined ? null : asking(asked.when, file),
  };
  for (const { key, other } of conflictsOf(job, { update: update !== null, thread: thread !== null }))
    reading.problems.push(problem(configWords, 'key-conflict', { key, other }, { at: placeOf(key) }));
  return reading.problems.length > before ? null : job;
};
