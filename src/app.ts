import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './base/clock.ts';
import type { Http } from './base/http.ts';
import { createLog, type Log } from './base/log.ts';
import { once } from './base/once.ts';
import type { Redactor } from './base/redact.ts';
import { wallClockText } from './base/zone.ts';
import { hashJobFiles } from './config/job-files.ts';
import type { Project } from './config/load.ts';
import { connectionsOf } from './connections.ts';
import { createDispatcher } from './delivery/dispatcher.ts';
import type { ProxyInUse } from './doctor/app-state.ts';
import type { Loops } from './drain.ts';
import type { Feishu } from './feishu/client.ts';
import { createDocuments, DOCUMENTS_PER_SECOND } from './feishu/documents.ts';
import { createMemoryTokens } from './feishu/token.ts';
import { createHeartbeat } from './heartbeat.ts';
import { type Trouble, tellWithoutLedger } from './incident/last-resort.ts';
import { createNotices } from './incident/notices.ts';
import type { Ledger, Upkeep } from './ledger/ledger.ts';
import { openPostgresLedger } from './ledger/postgres/postgres-ledger.ts';
import { createServerTime } from './ledger/postgres/server-time.ts';
import { openSqliteLedger } from './ledger/sqlite/sqlite-ledger.ts';
import { logLine } from './log-lines.ts';
import { isError, type LarkcronError } from './model/errors.ts';
import type { Job } from './model/job.ts';
import { readLastGood, writeLastGood } from './model/last-good.ts';
import type { LogEvent, Report } from './model/log-event.ts';
import { isBlank, type Memory, NO_MEMORY } from './model/memory.ts';
import { own } from './model/own.ts';
import type { Settings } from './model/settings.ts';
import { HOUR, type Ms, SECOND } from './model/time.ts';
import type { Directory } from './run/directory.ts';
import type { Preparation } from './run/gather.ts';
import { createRunner, type JobLookup } from './run/runner.ts';
import type { Uploads } from './run/uploads.ts';
import { runWords } from './run/words.ts';
import { nextDue } from './schedule/dues.ts';
import { createScheduler } from './schedule/scheduler.ts';
import { fetchSource } from './source/fetch-source.ts';
import { isTransient } from './source/source.ts';
import { VERSION } from './version.ts';

/** What the composition root is given by whoever starts it. */
export interface Surroundings {
  readonly clock: Clock;
  readonly redact: Redactor;
  /** what a log line that cannot be written falls back to, and where `-v` shows them */
  readonly stderr: (line: string) => void;
  readonly signal: AbortSignal;
  /** the loops come to their end: what is under way is finished, the rest is for those who come after */
  readonly handOver?: AbortSignal;
  /** sees every event, beside the log */
  readonly watch?: Report;
}

/** The wired product. Parts are made when first asked for, so that a command pays only for what it uses. */
export interface App {
  readonly project: Project;
  readonly log: Log;
  readonly report: Report;
  ledger(): Ledger;
  feishu(app: string): Feishu | null;
  /** for what is neither an app's call nor a source */
  outside(): { readonly http: Http; proxyFor(url: string): string | null };
  uploads(): Uploads;
  directory(): Directory;
  /** how an app's calls go out */
  proxy(app: string): ProxyInUse;
  preparation(): Preparation;
  loops(): Loops;
  /**
   * The jobs with a schedule: those that are sound, which the ledger remembers, and of those whose file is broken what
   * it remembers, so that their due times end as failed and their owner hears.
   */
  scheduled(): Promise<readonly Job[]>;
  /** the ledger's file as a whole; it is not opened for work by this */
  upkeep(): Promise<Upkeep>;
  /** decides due times of these jobs up to now, and says when the next one comes */
  plan(jobs: readonly Job[]): Promise<Ms | null>;
  /** one message to the owner without the ledger, because that (or larkcron.yaml) is what failed; never throws */
  lastResort(error: LarkcronError, about?: Trouble): Promise<void>;
  close(): Promise<void>;
}

const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'USER', 'TMPDIR', 'CHROME'];

/** What a command sees of our environment: what programs need to run at all, and no secret. */
const plainEnvironment = (environment: Project['environment']): Record<string, string> =>
  Object.fromEntries(
    PASSED_ON.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name] as string]])),
  );

/** Passwords in addresses and app secrets: what the redactor must know before the first line is written. */
export const secretsOf = ({ settings, webhooks, jobs }: Pick<Project, 'settings' | 'webhooks' | 'jobs'>): string[] => [
  ...[settings.heartbeat, ...jobs.map(({ heartbeat }) => heartbeat)].flatMap((url) =>
    url === null ? [] : [new URL(url).pathname.slice(1)],
  ),
  ...Object.values(settings.apps).map(({ secret }) => secret),
  settings.console.login.oidc?.clientSecret ?? '',
  ...(settings.ledger.is === 'postgres' ? [decodeURIComponent(new URL(settings.ledger.url).password)] : []),
  ...[...webhooks.values()].flatMap(({ url, secret }) => [url.slice(url.lastIndexOf('/') + 1), secret ?? '']),
];

export const logFile = (settings: Settings): string => join(settings.directory, '.larkcron', 'logs', 'push.log');

/** A ledger in a file is made by the first command that writes; one on a server is taken to be there. */
export const hasLedger = ({ ledger }: Pick<Settings, 'ledger'>): boolean =>
  ledger.is === 'postgres' || existsSync(ledger.file);

/** So long a command waits for a ledger that cannot be reached; who stays up waits for ever. */
const PATIENCE: Ms = 30 * SECOND;

/** A job that was read and is sound, else why it cannot be run. */
const lookupIn =
  (project: Project, jobs: ReadonlyMap<string, Job>): JobLookup =>
  (name) => {
    const job = jobs.get(name);
    if (job !== undefined) return { job };
    const first = project.problems.get(name)?.find(isError);
    if (first === undefined) return { broken: { code: 'removed', message: runWords.removed({ job: name }).message } };
    const place = first.at === null ? '' : `${first.at.file}:${first.at.line}:${first.at.column} `;
    const { zh, en } = first.message;
    return {
      broken: {
        code: 'bad-settings',
        message: {
          zh: runWords['bad-settings']({ job: name, first: place + zh }).message.zh,
          en: runWords['bad-settings']({ job: name, first: place + en }).message.en,
        },
      },
    };
  };

/** The only place that names implementations. */
export const createApp = (
  project: Project,
  { clock: ownClock, redact, stderr, signal, handOver, watch }: Surroundings,
): App => {
  const { settings, environment } = project;
  // nodes share the ledger, and so the time by which it is kept
  const serverTime = settings.ledger.is === 'postgres' ? createServerTime(ownClock) : null;
  const clock = serverTime?.clock ?? ownClock;
  // there may be very many: looked up, never searched
  const jobs: ReadonlyMap<string, Job> = new Map(project.jobs.map((job) => [job.name, job]));
  const names: ReadonlySet<string> = new Set(project.jobNames);
  for (const secret of secretsOf(project)) redact.add(secret);
  const log = createLog({
    ...settings.log,
    file: logFile(settings),
    zone: settings.timezone,
    clock,
    redact: redact.hide,
    stderr,
  });
  const report = (event: LogEvent): void => {
    const { level, words, fields } = logLine(event, settings.lang);
    log[level](event.event, words, fields);
    heartbeat()?.watch(event);
    watch?.(event);
  };

  // who can hand over is who stays
  const stays = handOver !== undefined;
  const ledger = once((): Ledger => {
    const place = settings.ledger;
    const opener = {
      now: clock.now,
      monotonic: clock.monotonic,
      version: VERSION,
      role: stays ? ('daemon' as const) : ('command' as const),
      // an empty name is none: the host's
      node: environment['LARKCRON_NODE'] || undefined,
    };
    if (place.is === 'sqlite') return openSqliteLedger(place.file, opener);
    const patience = stays ? Number.POSITIVE_INFINITY : PATIENCE;
    const onAway = (why: string): void => report({ event: 'ledger.away', why });
    return openPostgresLedger({ ...place, patience, signal, onAway, onTime: serverTime?.note }, opener);
  });
  const ways = connectionsOf(project, clock, () => ledger().apps, report);
  const { http, feishu, channelOf, uploads, directory } = ways;

  const pinged = settings.heartbeat !== null || project.jobs.some(({ heartbeat: url }) => url !== null);
  const heartbeat = once(() =>
    pinged
      ? createHeartbeat({
          http,
          proxyFor: ways.proxyTo,
          report,
          urlOf: (name) => jobs.get(name)?.heartbeat ?? null,
          own: settings.heartbeat,
          now: clock.monotonic,
        })
      : null,
  );

  /** looking at what a job would send makes no ledger where there is none */
  const ledgerIsThere = (): boolean => ledger.made() !== null || hasLedger(settings);
  /** jobs that have a new name, once; a name that a file still has belongs to that file */
  const renamed = once(async () => {
    for (const { name, was } of project.jobs)
      if (was !== null && was !== name && !names.has(was)) await ledger().jobs.rename(was, name);
  });
  // without a ledger there are no other processes whose calls would count
  const documents = once(() => {
    if (ledgerIsThere()) return createDocuments({ feishu, turn: ways.documentsTurn });
    const tokens = createMemoryTokens();
    const alone = (name: string) => ways.clientWith(name, tokens);
    return createDocuments({ feishu: alone, turn: () => clock.sleep(SECOND / DOCUMENTS_PER_SECOND, signal) });
  });
  /** what a job remembers; while its new name has nothing yet, what it remembers under the old one */
  const memory = async (name: string): Promise<Memory> => {
    if (!ledgerIsThere()) return NO_MEMORY;
    const { history } = ledger();
    const was = jobs.get(name)?.was ?? null;
    const found = await history.memory(name);
    return isBlank(found) && was !== null && !names.has(was) ? history.memory(was) : found;
  };
  const preparation = once<Preparation>(() => ({
    fetchSource,
    sourceContext: {
      http: http(),
      onlyPublic: settings.onlyPublic,
      askFeishu: documents(),
      env: plainEnvironment(environment),
      directory: settings.directory,
      signal,
      proxyFor: ways.proxyTo,
      now: clock.now,
      monotonic: clock.monotonic,
      sleep: (ms) => clock.sleep(ms, signal),
    },
    timezone: settings.timezone,
    now: clock.now,
    memory,
    report,
  }));

  /** of jobs whose file is broken */
  const lastGood = new Map<string, Job>();
  const loops = once<Loops>(() => {
    const record = ledger();
    return {
      ledger: record,
      clock,
      report,
      signal: handOver === undefined ? signal : AbortSignal.any([signal, handOver]),
      keep: settings.retention,
      alive: () => heartbeat()?.alive(),
      skipOverlap: new Set(project.jobs.flatMap(({ name, schedule }) => (schedule?.overlap === 'skip' ? [name] : []))),
      runner: createRunner({
        ledger: record,
        preparation: { ...preparation(), memory: (job) => renamed().then(() => memory(job)) },
        jobs: lookupIn(project, jobs),
        directory: directory(),
        uploads: uploads(),
        apps: settings.apps,
        limits: settings.limits,
        now: clock.now,
        report,
        isTransient,
        isFrequent: (name, due) => {
          const schedule = jobs.get(name)?.schedule ?? null;
          const [next] = schedule === null ? [] : nextDue(schedule, due, 1);
          return next !== undefined && next - due < HOUR;
        },
      }),
      dispatcher: createDispatcher({ ledger: record, channelOf, limits: settings.limits, clock, report }),
      notices: createNotices({
        ledger: record,
        job: (name) => jobs.get(name) ?? lastGood.get(name) ?? null,
        knows: (name) => !names.has(name) || project.problems.has(name) || jobs.has(name),
        onFailure: settings.onFailure,
        app: Object.keys(settings.apps)[0] ?? 'default',
        links: (name) => own(settings.apps, name) ?? null,
        lang: settings.lang,
        at: (ms) => wallClockText(ms, settings.timezone),
        now: clock.now,
        call: async ({ argv, env, text, timeout }) =>
          (await import('./source/command.ts')).runCommand({
            argv,
            cwd: settings.directory,
            env: { ...plainEnvironment(environment), ...env },
            input: text,
            timeout,
            signal,
          }),
        hide: redact.hide,
        report,
      }),
    };
  });
  const broken = project.jobNames.filter(
    (name) => !jobs.has(name) && (project.problems.get(name)?.some(isError) ?? false),
  );
  const scheduled = async (): Promise<readonly Job[]> => {
    await renamed();
    const sound = project.jobs.filter(({ schedule }) => schedule !== null);
    const kept = ledger().jobs;
    // where one machine has them there is nothing to compare
    if (settings.ledger.is === 'postgres') await ledger().nodes.has(hashJobFiles(project));
    await kept.keep(new Map(project.jobs.map((job) => [job.name, writeLastGood(job)])));
    for (const [name, text] of await kept.lastGood(broken)) {
      const job = readLastGood(text, settings.calendars);
      if (job !== null) lastGood.set(name, job);
    }
    return [...sound, ...[...lastGood.values()].filter(({ schedule }) => schedule !== null)];
  };
  const scheduler = once(() => createScheduler({ ledger: ledger(), now: clock.now, report }));

  return {
    project,
    log,
    report,
    ledger,
    feishu,
    outside: () => ({ http: http(), proxyFor: ways.proxyTo }),
    uploads,
    directory,
    proxy: ways.proxy,
    preparation,
    loops,
    upkeep: async () => {
      const place = settings.ledger;
      if (place.is === 'postgres') return (await import('./ledger/postgres/upkeep.ts')).upkeepOf(place);
      const { backupLedger, checkLedger } = await import('./ledger/sqlite/upkeep.ts');
      return {
        backup: async (to) => backupLedger(place.file, to),
        check: async () => checkLedger(place.file),
        nodes: async () => [],
      };
    },
    scheduled,
    plan: (which) => scheduler().step(which),
    lastResort: async (error, about = 'ledger') =>
      tellWithoutLedger(error, {
        about,
        file: settings.file,
        to: settings.onFailure.notify,
        lang: settings.lang,
        feishu: ways.clientWith(Object.keys(settings.apps)[0] ?? '', createMemoryTokens()),
        hide: redact.hide,
        now: clock.now,
        report,
      }),
    close: once(async () => {
      await loops.made()?.notices.rest();
      await heartbeat.made()?.rest();
      log.flush();
      http.made()?.close();
      await ledger.made()?.close();
    }),
  };
};
