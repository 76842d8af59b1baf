import { resolve } from 'node:path';
import type { Template } from '../model/card.ts';
import { problem } from '../model/errors.ts';
import {
  type Job,
  MAX_RECIPIENTS,
  type MessageSpec,
  PRIORITIES,
  type Priority,
  type SourceSpec,
} from '../model/job.ts';
import { nearest } from '../model/nearest.ts';
import type { CatchUp, Schedule } from '../model/schedule.ts';
import { DEFAULT_TIMEOUT, type Settings } from '../model/settings.ts';
import { HOUR } from '../model/time.ts';
import { checkCron } from '../schedule/cron.ts';
import { cardSpec } from './cards.ts';
import { entryOf, jsonOf, type Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { recipientRef, resolveRefs } from './recipients.ts';
import type { SettingsFile } from './settings.ts';
import { timezone } from './settings.ts';
import {
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
import { sourceSpec } from './sources.ts';
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

const data = (directory: string): Shape<Readonly<Record<string, SourceSpec>>> =>
  record(sourceSpec(directory), (name, at, reading) => {
    if (/^[a-z][a-z0-9_]*$/.test(name) && !NAMES_TAKEN.includes(name)) return true;
    reading.problems.push(problem(configWords, 'reserved-name', { name }, { at }));
    return false;
  });

/** Card JSON itself, `{ file: PATH }`, or `{ command: [...] }` whose standard output is a card. */
const raw = (directory: string): Shape<MessageSpec> => ({
  read: (node, reading, path) => {
    const shape = object({
      file: optional(text(), null),
      command: optional(list(text()), null),
      timeout: optional(duration, DEFAULT_TIMEOUT),
    });
    if (node.kind === 'map' && (entryOf(node, 'file') !== undefined || entryOf(node, 'command') !== undefined)) {
      const from = shape.read(node, reading, path);
      if (from === null) return null;
      const source =
        from.command !== null
          ? { command: from.command, timeout: from.timeout }
          : { file: resolve(directory, from.file ?? '') };
      return { kind: 'raw', at: node.at, raw: source };
    }
    const card = node.kind === 'map' ? jsonOf(node) : (object({}).read(node, reading, path) as null);
    return card === null ? null : { kind: 'raw', at: node.at, raw: { card } };
  },
  schema: { type: 'object' },
});

const MESSAGES_LATER = ['post', 'image', 'file', 'template'];
const LATER = [
  'whenRuns',
  'changed',
  'empty',
  'repeatAfter',
  ...MESSAGES_LATER,
  'attach',
  'update',
  'thread',
  'urgent',
  'batch',
  'quiet',
  'fallback',
  'heartbeat',
  'onFailure',
  'was',
];

/** A condition: CEL, so nothing is filled in and its place is kept. */
const sourceTemplate: Shape<Template> = made(sourceText, (source, node) => ({ source, at: node.at }));

const jobShape = ({ directory, lang, timezone: zone }: Pick<Settings, 'directory' | 'lang' | 'timezone'>) =>
  object(
    {
      description: optional(text(), null),
      app: optional(text(), 'default'),
      lang: optional(oneOf('zh', 'en'), lang),
      schedule: optional(schedule(zone), null),
      to: required(oneOrMore(recipientRef)),
      data: optional(data(directory), {} as Record<string, SourceSpec>),
      when: optional(sourceTemplate, null),
      card: optional(cardSpec, null),
      text: optional(template, null),
      raw: optional(raw(directory), null),
      priority: optional(oneOf(...(Object.keys(PRIORITIES) as Priority[])), 'normal' as const),
      deliverWithin: optional(duration, null),
      attempts: optional(integer({ min: 1, max: 50 }), 12),
      maxRecipients: optional(integer({ min: 1, max: 1_000_000 }), MAX_RECIPIENTS),
      owner: optional(recipientRef, null),
    },
    { later: LATER },
  );

/** The JSON Schema of a job file; it is the same for every project. */
export const jobSchema = () => jobShape({ directory: '.', lang: 'zh', timezone: 'UTC' }).schema;

/** One job file's content as a Job; null after pushing at least one problem. */
export const readJob = (
  node: Node,
  { name, file }: { name: string; file: string },
  of: SettingsFile,
  reading: Reading,
): Job | null => {
  const before = reading.problems.length;
  const read = jobShape(of.settings).read(node, reading, '');
  if (read === null) return null;
  const placeOf = (key: string) => (node.kind === 'map' ? (entryOf(node, key)?.at ?? node.at) : node.at);
  const { card, text: words, raw: given, to: refs, owner: ownerRef, app, ...rest } = read;
  const messages: MessageSpec[] = [
    ...(card === null ? [] : [{ kind: 'card' as const, card }]),
    ...(words === null ? [] : [{ kind: 'text' as const, text: words }]),
    ...(given === null ? [] : [given]),
  ];
  if (messages.length === 0)
    reading.problems.push(problem(configWords, 'no-message', { kinds: ['card', 'text', 'raw'] }, { at: node.at }));
  if (messages.length > 1) {
    const kinds = messages.map(({ kind }) => kind);
    reading.problems.push(problem(configWords, 'two-messages', { kinds }, { at: placeOf(kinds[1] as string) }));
  }
  if (of.settings.apps[app] === undefined) {
    const suggestion = nearest(app, Object.keys(of.settings.apps));
    reading.problems.push(
      problem(configWords, 'unknown-app', { name: app, suggestion }, { at: placeOf('app') ?? node.at }),
    );
  }
  const to = resolveRefs(refs, of.groups, reading.problems);
  if (refs.length === 0) reading.problems.push(problem(configWords, 'no-recipients', undefined, { at: placeOf('to') }));
  const owner =
    ownerRef === null ? of.settings.owner : (resolveRefs([ownerRef], of.groups, reading.problems)[0] ?? null);
  const [message] = messages;
  return reading.problems.length > before || message === undefined
    ? null
    : { name, file, app, to, owner, message, ...rest };
};
