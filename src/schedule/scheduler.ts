import type { Ledger, MissedSpan, NewRun } from '../ledger/ledger.ts';
import type { Job } from '../model/job.ts';
import { PRIORITIES } from '../model/job.ts';
import type { Report } from '../model/log-event.ts';
import type { Pause } from '../model/pause.ts';
import { dueKey } from '../model/run.ts';
import type { Schedule } from '../model/schedule.ts';
import { MINUTE, type Ms } from '../model/time.ts';
import { decide } from './due.ts';
import { decidedBetween } from './dues.ts';
import { fingerprint } from './fingerprint.ts';
import { type Left, sortedDues } from './sorted-dues.ts';

/**
 * A due time as a run to be opened. `tick`, the daemon and `run --due` all make it the same; it waits until `notBefore`,
 * from where its time to arrive counts.
 */
export const occurrence = (job: Job, dueAt: Ms, trigger: NewRun['trigger'], notBefore = dueAt): NewRun => ({
  kind: 'job',
  job: job.name,
  onceKey: dueKey(dueAt),
  dueAt,
  notBefore,
  trigger,
  ownAudience: true,
  deliverUntil:
    notBefore + (job.deliverWithin ?? 30 * MINUTE) + (trigger === 'schedule' ? 0 : (job.schedule?.catchUp.within ?? 0)),
  priority: PRIORITIES[job.priority],
});

/** Due times looked at in one go; after a long downtime the rest follows in the next step. */
const AT_ONCE = 10_000;

/** So many due times that are left out are one line each; more, after a long downtime, are one together. */
const LEFT_OUT_SINGLY = 100;

/** What does not happen, as runs that end at once. */
const leftOut = (job: Job, all: readonly Left[]): { runs: readonly NewRun[]; spans: readonly MissedSpan[] } => {
  const kinds = [...new Set(all.map(({ why }) => why))].map((why) => all.filter((each) => each.why === why));
  const many = kinds.filter((each) => each.length > LEFT_OUT_SINGLY);
  return {
    runs: kinds
      .filter((each) => !many.includes(each))
      .flat()
      .map(({ at, why, message }) => ({ ...occurrence(job, at, 'schedule'), skipped: { code: why, message } })),
    spans: many.map((each) => ({
      since: each[0]?.at ?? 0,
      until: each.at(-1)?.at ?? 0,
      count: each.length,
      why: each[0]?.why ?? 'calendar',
    })),
  };
};

/** Decides each job's due times up to now: opened, caught up, or noted as missed. */
export const createScheduler = ({ ledger, now, report }: { ledger: Ledger; now: () => Ms; report: Report }) => {
  const planJob = async (job: Job, schedule: Schedule, pause: Pause | null): Promise<void> => {
    const print = fingerprint(schedule);
    for (;;) {
      const seen = await ledger.runs.cursor(job.name, print);
      const at = now();
      if (seen >= at) return;
      const all = decidedBetween(schedule, seen, at, AT_ONCE);
      const last = all.at(-1);
      if (last === undefined) return; // nothing to decide: the cursor may stay, it costs a write
      const through = all.length === AT_ONCE ? last.at : at;
      const { wanted, left: not } = sortedDues(job, schedule, pause, all);
      // what waits for its time is as late as that says, not as its due time
      const starts = new Map(wanted.map(({ at: due, notBefore }) => [due, notBefore]));
      const startOf = (due: Ms): Ms => starts.get(due) ?? due;
      const { onTime, catchUp, missed } = decide({
        dues: wanted.map(({ at: due }) => due),
        startOf,
        now: at,
        catchUp: schedule.catchUp,
      });
      const runs = [
        ...catchUp.map((due) => occurrence(job, due, 'catch-up', startOf(due))),
        ...onTime.map((due) => occurrence(job, due, 'schedule', startOf(due))),
      ];
      const left = leftOut(job, not);
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
      const pauses = await ledger.jobs.pauses();
      for (const job of jobs) if (job.schedule !== null) await planJob(job, job.schedule, pauses.get(job.name) ?? null);
    },
  };
};
