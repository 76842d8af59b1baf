import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { problem } from '../model/errors.ts';
import { NO_GUARD } from '../model/guard.ts';
import type { SourceSpec } from '../model/job.ts';
import { NO_LOGIN } from '../model/login.ts';
import { type App, DEFAULT_LIMITS, DEFAULT_LOG, DEFAULT_RETENTION, type Settings } from '../model/settings.ts';
import { DAY, type Ms } from '../model/time.ts';
import type { ChineseYear } from '../schedule/chinese-year.ts';
import { calendarsShape, resolveCalendars } from './calendars.ts';
import { heartbeat } from './heartbeat.ts';
import { ledgerPlace } from './ledger-place.ts';
import { loginShape, resolveLogin } from './login.ts';
import { networkWords } from './network-words.ts';
import type { Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { NOBODY, onFailureShape, resolveOnFailure } from './on-failure.ts';
import { quietHours } from './quiet.ts';
import { type RecipientRef, recipientRef, resolveRefs } from './recipients.ts';
import { duration, integer, made, oneOf, oneOrMore, type Reading, record, type Shape, size, text } from './shape.ts';
import { sourceSpec } from './sources.ts';
import { timezone } from './timezone.ts';
import { configWords } from './words.ts';

const ENDPOINTS: Readonly<Record<string, string>> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
};

/** `feishu`, `lark` or a base URL, as a base URL without a trailing slash (Feishu: server-side SDK, domains). */
const endpoint: Shape<string> = made(text(), (value, node, reading, path) => {
  const base = ENDPOINTS[value] ?? value;
  if (/^https?:\/\/[^\s/]+/.test(base) && URL.canParse(base)) return base.replace(/\/+$/, '');
  reading.problems.push(problem(configWords, 'bad-endpoint', { value }, { at: node.at, path }));
  return null;
});

const proxy: Shape<string> = made(text(), (value, node, reading, path) => {
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value;
  reading.problems.push(problem(networkWords, 'bad-proxy', undefined, { at: node.at, path }));
  return null;
});

/** Where people reach the console, as an address without a path. */
const consoleUrl: Shape<string> = made(text(), (value, node, reading, path) => {
  if (/^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).pathname === '/')
    return new URL(value).origin;
  reading.problems.push(problem(networkWords, 'bad-console-url', { value }, { at: node.at, path }));
  return null;
});

/** A file of certificates as its text. */
const authority = (directory: string): Shape<string> =>
  made(text(), (value, node, reading, path) => {
    const file = resolve(directory, value);
    let pem = '';
    try {
      pem = readFileSync(file, 'utf8');
      new X509Certificate(pem);
      return pem;
    } catch (error) {
      const why = (error as Error).message;
      reading.problems.push(problem(networkWords, 'bad-ca', { file, why }, { at: node.at, path }));
      return null;
    }
  });

/** At least so long: what is gone cannot be told apart from what never was. */
const kept = (least: Ms): Shape<Ms> =>
  made(duration, (ms, node, reading, path) => {
    if (ms >= least) return ms;
    const value = node.kind === 'scalar' ? node.text : '';
    reading.problems.push(problem(configWords, 'kept-too-short', { value, days: least / DAY }, { at: node.at, path }));
    return null;
  });

/** As it stands there; the schema says what it may be. */
const anyNode: Shape<Node> = { read: (node) => node, schema: quietHours({}).schema };

/** Paths of its sources are relative to its own folder. */
const settingsShape = (directory: string) =>
  object({
    timezone: optional(timezone, 'Asia/Shanghai'),
    lang: optional(oneOf('zh', 'en'), 'zh' as const),
    apps: optional(
      record(
        object({
          id: required(text()),
          secret: required(text()),
          endpoint: optional(endpoint, ENDPOINTS['feishu'] as string),
        }),
      ),
      null,
    ),
    ledger: optional(ledgerPlace(directory), {
      is: 'sqlite' as const,
      file: resolve(directory, '.larkcron/ledger.db'),
    }),
    owner: optional(recipientRef, null),
    calendars: optional(calendarsShape, {}),
    // read when the calendars are known
    quiet: optional(anyNode, null),
    recipients: optional(record(oneOrMore(recipientRef)), {}),
    sources: optional(record(sourceSpec(directory)), {} as Record<string, SourceSpec>),
    heartbeat: optional(heartbeat, null),
    onFailure: optional(onFailureShape, null),
    limits: optional(
      object({
        perSecond: optional(integer({ min: 1, max: 50 }), DEFAULT_LIMITS.perSecond),
        perMinute: optional(integer({ min: 1, max: 1000 }), DEFAULT_LIMITS.perMinute),
        perTarget: optional(integer({ min: 1, max: 5 }), DEFAULT_LIMITS.perTarget),
      }),
      DEFAULT_LIMITS,
    ),
    log: optional(
      object({
        format: optional(oneOf('text', 'json'), DEFAULT_LOG.format),
        level: optional(oneOf('debug', 'info', 'warn', 'error'), DEFAULT_LOG.level),
        maxSize: optional(size, DEFAULT_LOG.maxSize),
        keep: optional(integer({ min: 0, max: 100 }), DEFAULT_LOG.keep),
      }),
      DEFAULT_LOG,
    ),
    retention: optional(
      object({
        runs: optional(kept(8 * DAY), DEFAULT_RETENTION.runs),
        attempts: optional(kept(DAY), DEFAULT_RETENTION.attempts),
      }),
      DEFAULT_RETENTION,
    ),
    network: optional(
      object({
        proxy: optional(proxy, null),
        ca: optional(authority(directory), null),
        privateAddresses: optional(oneOf('allow', 'refuse'), 'allow' as const),
      }),
      { proxy: null, ca: null, privateAddresses: 'allow' as const },
    ),
    console: optional(
      object({
        host: optional(text(), null),
        port: optional(integer({ min: 0, max: 65_535 }), null),
        url: optional(consoleUrl, null),
        login: optional(loginShape, NO_LOGIN),
      }),
      { host: null, port: null, url: null, login: NO_LOGIN },
    ),
    guard: optional(
      object({
        recipients: optional(oneOrMore(recipientRef), null),
        maxPerRun: optional(integer({ min: 1, max: 1_000_000 }), null),
        maxPerHour: optional(integer({ min: 1, max: 1_000_000 }), null),
      }),
      NO_GUARD,
    ),
  });

export const settingsSchema = settingsShape('.').schema;

/** What job files need of the settings beyond the settings themselves. */
export interface SettingsFile {
  readonly settings: Settings;
  readonly groups: Readonly<Record<string, readonly RecipientRef[]>>;
  /** sources that jobs use by name */
  readonly sources: Readonly<Record<string, SourceSpec>>;
}

/** larkcron.yaml's content as settings; `years`: the notices of China's holidays that are known. Null after pushing at least one problem. */
export const readSettings = (
  node: Node,
  file: string,
  years: readonly ChineseYear[],
  reading: Reading,
): SettingsFile | null => {
  const before = reading.problems.length;
  const read = settingsShape(dirname(file)).read(node, reading, '');
  if (read === null) return null;
  // custom bots need no app; `apps: {}` says that it is meant
  if (read.apps === null && reading.webhooks.size === 0)
    reading.problems.push(problem(configWords, 'missing-key', { key: 'apps' }, { at: node.at, path: 'apps' }));
  const directory = dirname(file);
  const groups = read.recipients;
  const recipients = Object.fromEntries(
    Object.entries(groups).map(([name, refs]) => [name, resolveRefs(refs, groups, reading, [name])]),
  );
  const calendars = resolveCalendars(read.calendars, years, reading);
  const quiet = read.quiet === null ? [] : quietHours(calendars).read(read.quiet, reading, 'quiet');
  const owner = read.owner === null ? null : (resolveRefs([read.owner], groups, reading)[0] ?? null);
  const apps = Object.fromEntries(
    Object.entries(read.apps ?? {}).map(([name, app]): [string, App] => [name, { name, ...app }]),
  );
  const onFailure = resolveOnFailure(read.onFailure, { otherwise: NOBODY, owner, apps, groups }, reading);
  const { recipients: allowed, ...guarded } = read.guard;
  const guard = { ...guarded, recipients: allowed === null ? null : resolveRefs(allowed, groups, reading) };
  const login = resolveLogin(read.console.login, apps, reading);
  if (reading.problems.length > before) return null;
  const settings: Settings = {
    file,
    directory,
    timezone: read.timezone,
    lang: read.lang,
    apps,
    ledger: read.ledger,
    owner,
    recipients,
    calendars,
    quiet: quiet ?? [],
    onFailure,
    limits: read.limits,
    log: read.log,
    retention: read.retention,
    heartbeat: read.heartbeat,
    proxy: read.network.proxy,
    ca: read.network.ca,
    onlyPublic: read.network.privateAddresses === 'refuse',
    console: { ...read.console, login },
    guard,
  };
  return { settings, groups, sources: read.sources };
};
