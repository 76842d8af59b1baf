import { readFileSync } from 'node:fs';
import { checkJobConditions } from '../../check/check-conditions.ts';
import { checkProject } from '../../check/check-project.ts';
import { addDays, daysBetween } from '../../model/calendar.ts';
import { failure } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import type { Pause } from '../../model/pause.ts';
import { mayDo } from '../../model/role.ts';
import type { Lang } from '../../model/text.ts';
import { DAY, type Ms } from '../../model/time.ts';
import { comingJson } from '../../report/coming-json.ts';
import { utc } from '../../report/run-json.ts';
import { coming } from '../../schedule/coming.ts';
import { findingOf } from '../answer.ts';
import type { Handler } from '../bind.ts';
import { startOfDay } from '../day.ts';
import { MOST_DAYS, type reads } from '../routes/reads.ts';
import { lateness, ON_TIME } from '../rows.ts';
import { MOST_NAMED } from '../schemas/job.ts';
import { webWords } from '../words.ts';
import { jobOf, knownOf, mustBeJob, rowOf } from './jobs.ts';
import { countWithin } from './spans.ts';

const NEXT = 10;
/** Stretches without a run in a calendar: more than one a day for two years. */
const MOST_SPANS = 1_000;

const duesOf = (job: Job, pause: Pause | null, now: Ms, lang: Lang) =>
  job.schedule === null ? [] : coming(job, job.schedule, pause, now, NEXT).map((due) => comingJson(due, lang));

/** What stands after a name that says it is nobody's business; `${NAME}` says nothing. */
const SECRET =
  /([\w.-]*(?:secret|token|passw(?:or)?d|api[-_]?key|authorization|cookie|signature|credential)[\w.-]*["']?\s*[:=]\s*)(?!["']?\$\{)("[^"\n]*"|'[^'\n]*'|[^\s,}&#"'][^\n,}&#]*)/gi;

/** The text of a job's file; a TypeScript job's is a program, which says little here. */
const sourceOf = (file: string): string | null => {
  if (file.endsWith('.ts')) return null;
  try {
    return readFileSync(file, 'utf8').slice(0, 200_000).replace(SECRET, '$1***');
  } catch {
    return null; // it was just taken away: the settings are about to be read anew
  }
};

export const job: Handler<typeof reads.job> = async ({ params }, { app, clock, lang, who }) => {
  const { project } = app;
  const { job: name } = params;
  mustBeJob(app, name);
  const read = jobOf(app, name);
  const { directory } = project.settings;
  const known = await knownOf(app, [name], clock.now(), lang);
  const found = [
    ...checkProject(project, [name], clock.now()),
    ...(read === null ? [] : await checkJobConditions([read])),
  ];
  const file = read?.file ?? found.find(({ at }) => at !== null)?.at?.file ?? '';
  const spans = await app.ledger().history.spans(name);
  return {
    job: rowOf(app, name, known),
    next: read === null ? [] : duesOf(read, known.pauses.get(name) ?? null, clock.now(), lang),
    to: (read?.to ?? []).slice(0, MOST_NAMED).map(({ shown, idType }) => ({ recipient: shown, kind: idType })),
    each: read?.each == null ? null : `${read.each.from}.${read.each.column}`,
    sources: Object.entries(read?.data ?? {}).map(([dataset, { source }]) => ({ dataset, source })),
    message: read?.message.kind ?? '',
    notify: (read?.onFailure.notify ?? []).map(({ shown }) => shown),
    file: file.replace(`${directory}/`, ''),
    // a secret that its author wrote out may look like anything
    source: mayDo(who.token.role, 'operator') ? sourceOf(file) : null,
    findings: found.map((each) => findingOf(each, lang, directory)),
    missed: spans.map(({ since, until, count, why }) => ({ since: utc(since), until: utc(until), count, why })),
  };
};

export const jobDays: Handler<typeof reads.jobDays> = async ({ params, query }, { app }) => {
  mustBeJob(app, params.job);
  const schedule = jobOf(app, params.job)?.schedule ?? null;
  const zone = schedule?.timezone ?? app.project.settings.timezone;
  // counted before they are listed: of thousands of years there are millions
  if (Date.parse(query.until) - Date.parse(query.since) >= MOST_DAYS * DAY)
    throw failure(webWords, 'too-many-days', { most: MOST_DAYS }, { status: 2 });
  const days = query.until < query.since ? [] : daysBetween(query.since, query.until);
  const stretches = days.map((day) => [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)] as const);
  const { history } = app.ledger();
  const tallies = await history.tallies(params.job, stretches, ON_TIME);
  const [from, to] = [stretches[0]?.[0] ?? 0, stretches.at(-1)?.[1] ?? 0];
  const within = { since: from, until: to, limit: MOST_SPANS };
  const spans = ((await history.spansBetween([params.job], within)).get(params.job) ?? []).filter(
    ({ why }) => why === 'missed',
  );
  const missedOn = (stretch: readonly [Ms, Ms]): number =>
    spans.reduce((sum, span) => sum + countWithin(span, stretch, schedule), 0);
  return {
    timezone: zone,
    days: days.map((day, i) => {
      const { states, late } = tallies[i] ?? { states: {}, late: 0 };
      const of = (state: keyof typeof states): number => states[state] ?? 0;
      return {
        day,
        delivered: of('delivered'),
        late,
        partial: of('partial'),
        failed: of('failed'),
        unknown: of('unknown'),
        skipped: of('skipped'),
        missed: of('missed') + missedOn(stretches[i] as readonly [Ms, Ms]),
        open: of('pending') + of('running') + of('delivering'),
      };
    }),
  };
};

export const jobTimes: Handler<typeof reads.jobTimes> = async ({ params, query }, { app }) => {
  mustBeJob(app, params.job);
  const runs = (await app.ledger().history.latestRuns([params.job], query.limit)).get(params.job) ?? [];
  return {
    runs: runs
      .filter(({ ownAudience }) => ownAudience)
      .map((run) => ({
        run: run.id,
        at: utc(run.dueAt ?? run.createdAt),
        state: run.state,
        lateMs: lateness(run),
        deliveryMs: run.startedAt === null || run.finishedAt === null ? null : run.finishedAt - run.startedAt,
      }))
      .reverse(),
  };
};
