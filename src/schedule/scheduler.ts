import type { Ledger, MissedSpan, NewRun } from '../ledger/ledger.ts';
import { MISSED } from '../ledger/reasons.ts';
import type { Job } from '../model/job.ts';
import { PRIORITIES } from '../model/job.ts';
import type { Report } from '../model/log-event.ts';
import type { Pause } from '../model/pause.ts';
import { dueKey } from '../model/run.ts';
import type { Schedule } from '../model/schedule.ts';
import { MINUTE, type Ms, ON_TIME } from '../model/time.ts';
import { type Decision, decide } from './due.ts';
import { decidedBetween } from './dues.ts';
import { fingerprint } from './fingerprint.ts';
import { caughtUpAt, type Left, sortedDues } from './sorted-dues.ts';

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
  ...startUntilOf(job, trigger, notBefore),
  trigger,
  ownAudience: true,
  deliverUntil:
    notBefore + (job.deliverWithin ?? 30 * MINUTE) + (trigger === 'schedule' ? 0 : (job.schedule?.catchUp.within ?? 0)),
  priority: PRIORITIES[job.priority],
});

/** One that waits for its turn may begin as late as one that is caught up. */
const startUntilOf = ({ schedule }: Job, trigger: NewRun['trigger'], notBefore: Ms): Pick<NewRun, 'startUntil'> =>
  trigger === 'schedule' && schedule !== null && schedule.catchUp.runs > 0
    ? { startUntil: notBefore + Math.max(schedule.catchUp.within, ON_TIME) }
    : {};

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
      .map(({ at, why, message }) => ({
        ...occurrence(job, at, 'schedule'),
        ended: { state: 'skipped', reason: { code: why, message } },
      })),
    spans: many.map((each) => ({
      since: each[0]?.at ?? 0,
      until: each.at(-1)?.at ?? 0,
      count: each.length,
      why: each[0]?.why ?? 'calendar',
    })),
  };
};

type Plan = Parameters<Ledger['runs']['plan']>[0][number];

/** What is decided of a job's due times up to now. */
interface Draft {
  readonly job: Job;
  readonly plan: Plan;
  readonly missed: Decision['missed'];
  /** there were too many for one go */
  readonly more: boolean;
}

/** Null: nothing was due, and the cursor may stay where it is, as moving it costs a write. */
const draftOf = (job: Job, schedule: Schedule, pause: Pause | null, seen: Ms, at: Ms): Draft | null => {
  const all = seen >= at ? [] : decidedBetween(schedule, seen, at, AT_ONCE);
  const last = all.at(-1);
  if (last === undefined) return null;
  const more = all.length === AT_ONCE;
  const { wanted, left: not } = sortedDues(job, schedule, pause, all);
  // what waits for its time is as late as that says, not as its due time
  const starts = new Map(wanted.map(({ at: due, notBefore }) => [due, notBefore]));
  const startOf = (due: Ms): Ms => starts.get(due) ?? due;
  const dues = wanted.map(({ at: due }) => due);
  const { onTime, catchUp, missed, newest } = decide({ dues, startOf, now: at, catchUp: schedule.catchUp, more });
  const late = caughtUpAt(at, job, schedule, catchUp);
  const left = leftOut(job, [...not, ...late.left]);
  const runs = [
    ...late.dues.map((due) => occurrence(job, due, 'catch-up', late.notBefore ?? startOf(due))),
    ...onTime.map((due) => occurrence(job, due, 'schedule', startOf(due))),
    ...(newest === null
      ? []
      : [{ ...occurrence(job, newest, 'schedule'), ended: { state: 'missed' as const, reason: MISSED } }]),
    ...left.runs,
  ];
  const span =
    missed === null ? [] : [{ since: missed.from, until: missed.to, count: missed.count, why: 'missed' as const }];
  const plan = {
    job: job.name,
    fingerprint: fingerprint(schedule),
    seen,
    through: more ? last.at : at,
    runs,
    spans: [...span, ...left.spans],
  };
  return { job, plan, missed, more };
};

type Scheduled = Job & { readonly schedule: Schedule };

/** A job, and when it is to be looked at again. */
interface Waiting {
  readonly job: Scheduled;
  readonly at: Ms;
}

const NEVER = Number.POSITIVE_INFINITY;
const byTime = (a: Waiting, b: Waiting): number => (a.at === b.at ? 0 : a.at - b.at);
const nextLook = (schedule: Schedule, after: Ms): Ms => decidedBetween(schedule, after, NEVER, 1)[0]?.at ?? NEVER;

/** Decides each job's due times up to now: opened, caught up, left out with the reason, or noted as missed. */
export const createScheduler = ({ ledger, now, report }: { ledger: Ledger; now: () => Ms; report: Report }) => {
  /** All in one write; what another process decided meanwhile, and what is left after a long downtime, is looked at again. */
  const plan = async (jobs: readonly Scheduled[]): Promise<void> => {
    if (jobs.length === 0) return;
    const pauses = await ledger.jobs.pauses();
    let open = jobs;
    while (open.length > 0) {
      const seen = await ledger.runs.cursors(
        open.map(({ name, schedule }) => ({ job: name, fingerprint: fingerprint(schedule) })),
      );
      const at = now();
      const drafts = open.flatMap(
        (job, i) => draftOf(job, job.schedule, pauses.get(job.name) ?? null, seen[i] ?? at, at) ?? [],
      );
      const decided = await ledger.runs.plan(drafts.map((draft) => draft.plan));
      for (const [i, { job, missed }] of drafts.entries())
        if (decided[i] === true && missed !== null)
          report({ event: 'run.missed', job: job.name, count: missed.count, since: missed.from, until: missed.to });
      const again = new Set(drafts.flatMap(({ job, more }, i) => (decided[i] !== true || more ? [job.name] : [])));
      open = open.filter(({ name }) => again.has(name));
    }
  };

  /** the jobs in the order in which they are to be looked at again; until then their due times are all decided */
  let queue: readonly Waiting[] = [];
  let known: readonly Job[] | null = null;
  let looked = Number.NEGATIVE_INFINITY;

  return {
    /** Decides the due times of these jobs up to now, and says when the next one of them comes; null: none does. */
    step: async (jobs: readonly Job[]): Promise<Ms | null> => {
      const at = now();
      // other jobs; or the clock was set back, and what was decided by it is to be looked at anew
      if (jobs !== known || at < looked)
        queue = jobs.flatMap((job) => (job.schedule === null ? [] : [{ job: { ...job, schedule: job.schedule }, at }]));
      known = jobs;
      looked = at;
      const later = queue.findIndex((each) => each.at > at);
      const due = later < 0 ? queue : queue.slice(0, later);
      await plan(due.map(({ job }) => job));
      if (due.length > 0) {
        const again = due.map(({ job }) => ({ job, at: nextLook(job.schedule, at) })).sort(byTime);
        // both are in order: to sort them is to merge them
        queue = [...queue.slice(due.length), ...again].sort(byTime);
      }
      const soonest = queue[0]?.at ?? NEVER;
      return soonest === NEVER ? null : soonest;
    },
  };
};
