import type { Ledger, MissedSpan, NewRun } from '../ledger/ledger.ts';
import type { Job } from '../model/job.ts';
import { PRIORITIES } from '../model/job.ts';
import type { Report } from '../model/log-event.ts';
import { dueKey } from '../model/run.ts';
import type { Schedule } from '../model/schedule.ts';
import { MINUTE, type Ms } from '../model/time.ts';
import { decide } from './due.ts';
import { type Due, decidedBetween } from './dues.ts';
import { fingerprint } from './fingerprint.ts';
import { notOnThisDay } from './words.ts';

/** A due time as a run to be opened. `tick`, the daemon and `run --due` all make it the same. */
export const occurrence = (job: Job, dueAt: Ms, trigger: NewRun['trigger']): NewRun => ({
  kind: 'job',
  job: job.name,
  onceKey: dueKey(dueAt),
  dueAt,
  notBefore: dueAt,
  trigger,
  ownAudience: true,
  deliverUntil:
    dueAt + (job.deliverWithin ?? 30 * MINUTE) + (trigger === 'schedule' ? 0 : (job.schedule?.catchUp.within ?? 0)),
  priority: PRIORITIES[job.priority],
});

/** Due times looked at in one go; after a long downtime the rest follows in the next step. */
const AT_ONCE = 10_000;

/** So many due times that the calendar leaves out are one line each; more, after a long downtime, are one together. */
const LEFT_OUT_SINGLY = 100;

/** What the calendar leaves out, as runs that do not happen. */
const leftOut = (job: Job, dues: readonly Due[]): { runs: readonly NewRun[]; spans: readonly MissedSpan[] } => {
  const skipped = dues.flatMap(({ at, skipped: why }) => (why === null ? [] : [{ at, why }]));
  const [first] = skipped;
  const calendar = job.schedule?.days?.calendar.name ?? '';
  if (first === undefined) return { runs: [], spans: [] };
  if (skipped.length > LEFT_OUT_SINGLY) {
    const until = skipped.at(-1)?.at ?? first.at;
    return { runs: [], spans: [{ since: first.at, until, count: skipped.length, why: 'calendar' }] };
  }
  const runs = skipped.map(({ at, why }) => ({
    ...occurrence(job, at, 'schedule'),
    skipped: { code: 'calendar', message: notOnThisDay(calendar, why) },
  }));
  return { runs, spans: [] };
};

/** Decides each job's due times up to now: opened, caught up, or noted as missed. */
export const createScheduler = ({ ledger, now, report }: { ledger: Ledger; now: () => Ms; report: Report }) => {
  const planJob = async (job: Job, schedule: Schedule): Promise<void> => {
    const print = fingerprint(schedule);
    for (;;) {
      const seen = await ledger.runs.cursor(job.name, print);
      const at = now();
      if (seen >= at) return;
      const all = decidedBetween(schedule, seen, at, AT_ONCE);
      const last = all.at(-1);
      if (last === undefined) return; // nothing to decide: the cursor may stay, it costs a write
      const through = all.length === AT_ONCE ? last.at : at;
      const dues = all.flatMap((due) => (due.skipped === null ? [due.at] : []));
      const { onTime, catchUp, missed } = decide({ dues, now: at, catchUp: schedule.catchUp });
      const runs = [
        ...catchUp.map((due) => occurrence(job, due, 'catch-up')),
        ...onTime.map((due) => occurrence(job, due, 'schedule')),
      ];
      const left = leftOut(job, all);
      const spans: MissedSpan[] = [
        ...(missed === null
          ? []
          : [{ since: missed.from, until: missed.to, count: missed.count, why: 'missed' as const }]),
        ...left.spans,
      ];
      const planned = { job: job.name, fingerprint: print, seen, through, runs: [...runs, ...left.runs], spans };
      if (!(await ledger.runs.plan(planned))) continue;
      if (missed !== null)
        report({ event: 'run.missed', job: job.name, count: missed.count, since: missed.from, until: missed.to });
      if (all.length < AT_ONCE) return;
    }
  };
  return {
    step: async (jobs: readonly Job[]): Promise<void> => {
      for (const job of jobs) if (job.schedule !== null) await planJob(job, job.schedule);
    },
  };
};
