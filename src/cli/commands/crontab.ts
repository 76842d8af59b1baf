import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { clockText } from '../../acts/time.ts';
import { actWords } from '../../acts/words.ts';
import { findSettings } from '../../config/find.ts';
import { soundJobs } from '../../config/load.ts';
import { failure } from '../../model/errors.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { nextDue } from '../../schedule/dues.ts';
import { scheduleInWords } from '../../schedule/in-words.ts';
import {
  blockOf,
  type CrontabPlaces,
  jobLine,
  readCrontab,
  tickLine,
  withBlock,
  withoutBlock,
  writeCrontab,
} from '../../wake/crontab.ts';
import { wakeWords } from '../../wake/words.ts';
import type { Act } from '../command.ts';
import type { Context } from '../context.ts';

/** Absolute paths of Node, of this program and of the project: cron has no PATH worth the name. */
const places = (context: Context): CrontabPlaces & { directory: string } => {
  const config = realpathSync(findSettings({ named: context.config, from: context.cwd }));
  const directory = dirname(config);
  return {
    node: process.execPath,
    program: realpathSync(process.argv[1] ?? ''),
    config,
    directory,
    log: join(directory, '.larkcron', 'logs', 'cron.log'),
  };
};

const machineZone = (context: Context): string => {
  const named = context.environment['TZ'];
  if (named !== undefined && named !== '') return named;
  try {
    const written = readFileSync('/etc/timezone', 'utf8').trim();
    if (written !== '') return written;
  } catch {
    // not Debian: /etc/localtime is a link into the zones
  }
  try {
    return /zoneinfo\/(?:posix\/)?(.+)$/.exec(realpathSync('/etc/localtime'))?.[1] ?? 'UTC';
  } catch {
    return 'UTC';
  }
};

/** `crontab show [JOB]`: the lines to put into a crontab by hand. */
export const show: Act = async ({ args }, context) => {
  const { out } = context;
  const at = places(context);
  const [name] = args;
  if (name === undefined) {
    out.result(tickLine(at));
    out.data({ line: tickLine(at) });
    return 0;
  }
  const zone = machineZone(context);
  const project = context.project([name]);
  const [job] = soundJobs(project, [name]);
  if (job?.schedule == null) throw failure(actWords, 'no-schedule', { job: name }, { status: 2 });
  const { schedule } = job;
  if (schedule.timezone !== zone)
    out.problems([
      {
        code: 'cron-zone',
        severity: 'warning',
        ...wakeWords['cron-zone']({ job: name, zone: schedule.timezone, machine: zone }),
        at: schedule.at,
        path: null,
      },
    ]);
  // a line for each cron fires at its own times, not at those a calendar moves or an interval has
  if (schedule.crons.length === 0 || (schedule.days !== null && schedule.days.shift !== 'skip'))
    throw failure(wakeWords, 'no-crontab-line', { cron: out.say(scheduleInWords(schedule)) }, { status: 2 });
  const line = jobLine({ ...at, crons: schedule.crons, job: name });
  out.result(line);
  out.data({ line, timezone: schedule.timezone, machineTimezone: zone });
  return 0;
};

/** Variables that the settings use, that this shell has and that cron will not have. */
const missingUnderCron = (directory: string, context: Context): string[] => {
  const { environment } = context;
  const file = join(directory, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const project = context.project();
  const files = [project.settings.file, ...project.jobs.map(({ file: path }) => path)];
  const used = new Set(
    files.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/(?<!\$)\$\{([A-Za-z_]\w*)/g)].map((match) => match[1] as string),
    ),
  );
  return [...used].filter((name) => environment[name] !== undefined && !written[name]);
};

/** `crontab install`: one marked block; then waits for the first tick, so that nobody has to wonder. */
export const install: Act = async ({ options }, context) => {
  const { out, clock } = context;
  const at = places(context);
  const project = context.project();
  mkdirSync(dirname(at.log), { recursive: true, mode: 0o700 });
  const path = context.environment['PATH'];
  const before = await readCrontab({ path });
  const after = withBlock(before, [tickLine(at)], at.directory);
  if (after !== before) await writeCrontab(after, { path });
  out.line(out.say({ zh: '已写进 crontab:', en: 'Written into the crontab:' }));
  out.line(`  ${tickLine(at)}`);
  const missing = missingUnderCron(at.directory, context);
  if (missing.length > 0)
    out.problems([
      {
        code: 'cron-variables',
        severity: 'warning',
        ...wakeWords['cron-variables']({ names: missing }),
        at: null,
        path: null,
      },
    ]);

  const dues = project.jobs.flatMap((job) =>
    job.schedule === null
      ? []
      : nextDue(job.schedule, clock.now(), 1).map((due) => ({
          job: job.name,
          due,
          zone: job.schedule?.timezone ?? 'UTC',
        })),
  );
  const next = dues.sort((a, b) => a.due - b.due)[0] ?? null;
  const ticked = options['wait'] === false ? null : await firstTick(context);
  if (ticked === false)
    out.problems([
      { code: 'cron-silent', severity: 'warning', ...wakeWords['cron-silent']({ log: at.log }), at: null, path: null },
    ]);
  if (ticked === true) out.line(out.say({ zh: '✓ cron 已经叫醒过 larkcron。', en: '✓ cron has woken larkcron.' }));
  if (next !== null)
    out.line(
      out.say({
        zh: `下一次: ${next.job} ${clockText(next.due, next.zone)}`,
        en: `next: ${next.job} at ${clockText(next.due, next.zone)}`,
      }),
    );
  out.data({
    installed: true,
    line: tickLine(at),
    missingVariables: missing,
    ticked,
    next: next === null ? null : { job: next.job, dueAt: new Date(next.due).toISOString() },
  });
  return ticked === false ? 1 : 0;
};

/** Whether a process of cron's reported to the ledger within some 70 seconds. */
const firstTick = async (context: Context): Promise<boolean> => {
  const { out, clock } = context;
  const project = context.project([]);
  const app = await context.app(project);
  const since = clock.now();
  out.note(
    out.say({
      zh: '等 cron 第一次叫醒(最多 70 秒,Ctrl-C 不影响安装)…',
      en: 'waiting for cron’s first tick (70 s at most; Ctrl-C leaves it installed) …',
    }),
  );
  while (clock.now() - since < MINUTE + 10 * SECOND && !context.signal.aborted) {
    const beat = await app.ledger().history.lastTick();
    if (beat !== null && beat >= since) return true;
    await clock.sleep(500, context.signal);
  }
  return false;
};

/** `crontab remove`: takes the block out again; nothing else changes. */
export const remove: Act = async (_call, context) => {
  const { out } = context;
  const { directory } = places(context);
  const path = context.environment['PATH'];
  const before = await readCrontab({ path });
  const there = blockOf(before, directory) !== null;
  if (there) await writeCrontab(withoutBlock(before, directory), { path });
  out.line(
    there
      ? out.say({ zh: '已从 crontab 里去掉。', en: 'Taken out of the crontab.' })
      : out.say({ zh: 'crontab 里本来就没有。', en: 'It was not in the crontab.' }),
  );
  out.data({ removed: there });
  return 0;
};
