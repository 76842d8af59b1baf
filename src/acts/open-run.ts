import type { App } from '../app.ts';
import type { NewRun } from '../ledger/ledger.ts';
import { failure } from '../model/errors.ts';
import { type Job, PRIORITIES } from '../model/job.ts';
import type { Recipient } from '../model/recipient.ts';
import { type Ms, ON_TIME } from '../model/time.ts';
import { deliverUntil } from '../run/plan.ts';
import { writeRequest } from '../run/request.ts';
import { nextDue, previousDue } from '../schedule/dues.ts';
import { occurrence } from '../schedule/scheduler.ts';
import { refuseUnguarded } from './guard.ts';
import { clockText, parseTime, refuseForgotten } from './time.ts';
import { actWords } from './words.ts';

/** The due time that --due means; `not-due` names the two nearest. */
const dueOf = (job: Job, written: string, now: Ms): Ms => {
  if (job.schedule === null) throw failure(actWords, 'no-schedule', { job: job.name }, { status: 2 });
  const zone = job.schedule.timezone;
  if (written === 'last') {
    const last = previousDue(job.schedule, now);
    if (last !== null) return last;
    throw failure(actWords, 'no-schedule', { job: job.name }, { status: 2 });
  }
  const asked = parseTime('--due', written, { zone, now });
  const before = previousDue(job.schedule, asked);
  if (before === asked) {
    if (asked > now) throw failure(actWords, 'due-ahead', { time: clockText(asked, zone) }, { status: 2 });
    return asked;
  }
  const [after] = nextDue(job.schedule, asked, 1);
  const shown = (at: Ms | null | undefined): string => (at == null ? '-' : clockText(at, zone));
  throw failure(
    actWords,
    'not-due',
    { job: job.name, time: clockText(asked, zone), before: shown(before), after: shown(after) },
    { status: 2 },
  );
};

/** What a person wants run: `to` empty for the job's own recipients. */
export interface Call {
  readonly due: string | null;
  readonly to: readonly Recipient[];
  readonly force: boolean;
  /** who calls; left out: the command line. With a key the same call (`asked`: its hash) within seven days is the same run */
  readonly api?: { readonly key: string | null; readonly asked: string };
}

/** A run for this call: an occurrence that is shared, a test that claims nothing, or simply now. */
export const runFor = (job: Job, call: Call, app: App, now: Ms): NewRun => {
  const hand = call.api === undefined ? 'manual' : 'api';
  const onceKey = call.api?.key == null ? null : `api:${call.api.key}`;
  const until = deliverUntil(
    now,
    Math.max(call.to.length, job.to.length),
    app.project.settings.limits,
    job.deliverWithin,
  );
  refuseUnguarded(call.to, app.project.settings);
  const test = call.to.length > 0;
  const asked = call.api === undefined || onceKey === null ? {} : { asked: call.api.asked };
  const isPlain = !test && !call.force && onceKey === null;
  const request = isPlain
    ? {}
    : { request: writeRequest({ ...(test ? { to: call.to, test } : {}), force: call.force, ...asked }) };
  if (call.due !== null) {
    const due = dueOf(job, call.due, now);
    const { retention, timezone } = app.project.settings;
    if (!test) refuseForgotten(due, { now, keep: retention.runs, zone: job.schedule?.timezone ?? timezone });
    const shared = occurrence(job, due, now - due <= ON_TIME ? 'schedule' : hand);
    if (!test) return { ...shared, ...request, deliverUntil: Math.max(shared.deliverUntil, until) };
    return {
      ...shared,
      ...request,
      onceKey,
      trigger: 'test',
      ownAudience: false,
      notBefore: now,
      deliverUntil: until,
    };
  }
  return {
    kind: 'job',
    job: job.name,
    onceKey,
    dueAt: null,
    notBefore: now,
    trigger: test ? 'test' : hand,
    ownAudience: !test,
    deliverUntil: until,
    priority: PRIORITIES[job.priority],
    ...request,
  };
};
