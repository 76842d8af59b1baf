import type { App } from '../../app.ts';
import { explain } from '../../feishu/explain.ts';
import type { MissedSpan } from '../../ledger/browse.ts';
import { addDays } from '../../model/calendar.ts';
import { isError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import { drainState } from '../../model/node.ts';
import { SECOND_WINDOW } from '../../model/pace.ts';
import type { Pause } from '../../model/pause.ts';
import { hasEnded, type Run, type RunState } from '../../model/run.ts';
import { type Lang, say, type Text } from '../../model/text.ts';
import { HOUR, MINUTE, type Ms } from '../../model/time.ts';
import { utc, utcOrNull } from '../../report/run-json.ts';
import { decidedBetween } from '../../schedule/dues.ts';
import { sortedDues } from '../../schedule/sorted-dues.ts';
import type { Handler } from '../bind.ts';
import { dayAt, startOfDay } from '../day.ts';
import type { reads } from '../routes/reads.ts';
import { isLate, lateness, ON_TIME, processOf } from '../rows.ts';
import { type dueOfDay, OUTCOMES, type quota } from '../schemas/today.ts';
import type { z } from '../schemas/zod.ts';
import { incidentRows } from './incidents.ts';
import { countWithin } from './spans.ts';

type DueRow = z.input<typeof dueOfDay>;
type DueOutcome = (typeof OUTCOMES)[number];

/** A job that is due more often in a day is shown by the hour. */
const MANY = 100;
/** Due times to come that are looked at, of one job. */
const MOST_COMING = 400;

const outcomeOf = (state: RunState, late: boolean): DueOutcome => {
  if (!hasEnded(state)) return 'running';
  if (state === 'delivered') return late ? 'late' : 'done';
  return state as DueOutcome;
};

interface OfDay {
  readonly whole: readonly [Ms, Ms];
  readonly now: Ms;
  readonly lang: Lang;
}

const NOTHING = { run: null, state: null, reason: null, lateMs: null, finishedAt: null, count: 1, until: null };

const rowOfRun = (run: Run, now: Ms, lang: Lang): DueRow => ({
  ...NOTHING,
  job: run.job ?? '',
  at: utc(run.dueAt ?? run.createdAt),
  outcome: run.state === 'pending' && run.notBefore > now ? 'coming' : outcomeOf(run.state, isLate(run)),
  run: run.id,
  state: run.state,
  reason: run.reason === null ? null : { code: run.reason.code, message: say(run.reason.message, lang) },
  lateMs: lateness(run),
  finishedAt: utcOrNull(run.finishedAt),
});

/** What happened to one job's due times of a day, each as a row, or by the hour where there are many. */
const past = async (
  app: App,
  job: string,
  runs: readonly Run[],
  { whole: [since, until], now, lang }: OfDay,
): Promise<DueRow[]> => {
  if (runs.length <= MANY) return runs.map((run) => rowOfRun(run, now, lang));
  const hours: [Ms, Ms][] = [];
  for (let at = since; at < until; at += HOUR) hours.push([at, Math.min(at + HOUR, until)]);
  const tallies = await app.ledger().history.tallies(job, hours, ON_TIME);
  return hours.flatMap(([from, to], i) => {
    const { states, late } = tallies[i] ?? { states: {}, late: 0 };
    return Object.entries(states).flatMap(([name, count]) => {
      const state = name as RunState;
      const several = (outcome: DueOutcome, n: number): DueRow[] =>
        n === 0 ? [] : [{ ...NOTHING, job, at: utc(from), until: utc(to - 1), outcome, state, count: n }];
      if (state !== 'delivered') return several(outcomeOf(state, false), count);
      return [...several('done', count - late), ...several('late', late)];
    });
  });
};

const SPANS: Readonly<Record<MissedSpan['why'], readonly [DueOutcome, Text]>> = {
  missed: ['missed', { zh: '没有进程在工作,没有补发。', en: 'Nothing was awake, and it is not caught up.' }],
  paused: ['skipped', { zh: '任务已暂停。', en: 'The job is paused.' }],
  calendar: ['skipped', { zh: '日历上不发的日子。', en: "Not on the calendar's days." }],
  quiet: ['skipped', { zh: '安静时段。', en: 'Quiet hours.' }],
};

/** Series that did not happen, each as one row, with as many as lie in this day. */
const unseen = (job: Job | null, name: string, spans: readonly MissedSpan[], { whole, lang }: OfDay): DueRow[] =>
  spans.flatMap((span) => {
    const count = countWithin(span, whole, job?.schedule ?? null);
    if (count === 0) return [];
    const [outcome, words] = SPANS[span.why];
    return [
      {
        ...NOTHING,
        job: name,
        at: utc(Math.max(span.since, whole[0])),
        until: count > 1 ? utc(Math.min(span.until, whole[1] - 1)) : null,
        outcome,
        reason: { code: span.why, message: say(words, lang) },
        count,
      },
    ];
  });

const ahead = (job: Job, pause: Pause | null, [from, until]: readonly [Ms, Ms], lang: Lang): DueRow[] => {
  const { schedule } = job;
  if (schedule === null || from >= until) return [];
  const all = decidedBetween(schedule, from, until - 1, MOST_COMING);
  const { wanted, left } = sortedDues(job, schedule, pause, all);
  const rows: DueRow[] = [
    ...wanted.map(({ at }): DueRow => ({ ...NOTHING, job: job.name, at: utc(at), outcome: 'coming' })),
    ...left.map(
      ({ at, why, message }): DueRow => ({
        ...NOTHING,
        job: job.name,
        at: utc(at),
        outcome: 'skipped',
        reason: { code: why, message: say(message, lang) },
      }),
    ),
  ];
  if (rows.length <= MANY) return rows;
  const last = all.at(-1)?.at ?? from;
  return (['coming', 'skipped'] as const).flatMap((outcome) => {
    const same = rows.filter((row) => row.outcome === outcome);
    const [first] = same;
    return first === undefined ? [] : [{ ...first, count: same.length, until: utc(last) }];
  });
};

export const quotaOf = async (app: App, now: Ms, lang: Lang): Promise<z.input<typeof quota>[]> => {
  const { apps, limits } = app.project.settings;
  const { history, apps: ofApps } = app.ledger();
  const rows = [];
  for (const [name, link] of Object.entries(apps)) {
    const { slots, blockedUntil, waiting } = await history.pace(name, 10_000);
    const gate = await ofApps.gate(name);
    const within = (window: Ms): number => slots.filter((slot) => slot > now - window && slot <= now).length;
    const why = gate?.code == null ? null : explain({ code: gate.code }, link).words;
    rows.push({
      app: name,
      perSecond: { used: within(SECOND_WINDOW), limit: limits.perSecond },
      perMinute: { used: within(MINUTE), limit: limits.perMinute },
      blockedUntil: blockedUntil > now ? utc(blockedUntil) : null,
      gate:
        gate === null
          ? null
          : { code: gate.code, since: utc(gate.closedAt), words: why === null ? '' : say(why, lang) },
      waiting,
    });
  }
  return rows;
};

const processesOf = async (app: App) => {
  const { history } = app.ledger();
  const [all, nodes] = [await history.processes(), await history.nodes()];
  const drains = new Map(nodes.map((node) => [node.name, drainState(node, all)]));
  return all.map((each) => processOf(each, drains.get(each.node) ?? null));
};

export const today: Handler<typeof reads.today> = async ({ query }, { app, clock, lang }) => {
  const { project } = app;
  const { timezone } = project.settings;
  const now = clock.now();
  const day = query.day ?? dayAt(now, timezone);
  const whole = [startOfDay(day, timezone), startOfDay(addDays(day, 1), timezone)] as const;
  const { history, jobs } = app.ledger();
  const pauses = await jobs.pauses();
  const within = { since: whole[0], until: whole[1], limit: MANY + 1 };
  const runs = await history.duesBetween(project.jobNames, within);
  const spans = await history.spansBetween(project.jobNames, within);
  const sound = new Map(project.jobs.map((job) => [job.name, job]));
  const dues: DueRow[] = [];
  for (const name of project.jobNames) {
    const job = sound.get(name) ?? null;
    dues.push(...(await past(app, name, runs.get(name) ?? [], { whole, now, lang })));
    dues.push(...unseen(job, name, spans.get(name) ?? [], { whole, now, lang }));
    if (job !== null) dues.push(...ahead(job, pauses.get(name) ?? null, [Math.max(now, whole[0] - 1), whole[1]], lang));
  }
  dues.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.job < b.job ? -1 : 1));
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<DueOutcome, number>;
  for (const { outcome, count } of dues) counts[outcome] += count;
  const incidents = await history.openIncidents();
  return {
    day,
    timezone,
    now: utc(now),
    counts,
    dues,
    incidents: await incidentRows(app, incidents, incidents, lang),
    quota: await quotaOf(app, now, lang),
    processes: await processesOf(app),
    nextWork: utcOrNull(await history.nextWork()),
    lastTick: utcOrNull(await history.lastTick()),
    broken: [...project.problems].filter(([, problems]) => problems.some(isError)).map(([name]) => name),
  };
};
