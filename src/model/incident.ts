import { type Hearing, unmended } from './hearing.ts';
import type { OnFailure, Way } from './on-failure.ts';
import type { Reason, RunState } from './run.ts';
import { HOUR, type Ms } from './time.ts';

export type NoticeKind = 'failure' | 'reminder' | 'recovery';

/**
 * Where the telling stands: nothing to tell, something to tell, a notice on its way (as a run, or by a program), heard,
 * or tried by every way in vain.
 */
export type Tell = 'none' | 'due' | 'queued' | 'calling' | 'told' | 'unreachable';

/** A job or an app that fails: opened by its first failure, closed by its next success. */
export interface Incident extends Hearing {
  readonly id: number;
  /** `job:NAME` or `app:NAME` */
  readonly subject: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: Ms;
  readonly openedDue: Ms;
  readonly lastDue: Ms;
  readonly closedAt: Ms | null;
  /** runs that failed since it opened */
  readonly count: number;
  /** the run that opened it, and the last one that failed */
  readonly run: string;
  readonly lastRun: string;
  /** of an app's incident: the jobs that failed with it */
  readonly jobs: readonly string[];
  /** of a job's incident: the app's incident that it is part of, and that is told instead of it */
  readonly because: number | null;
  readonly tell: Tell;
  /** the latest notice, when it was begun, and to whom its latest way went as reports show it */
  readonly notice: NoticeKind | null;
  readonly noticedAt: Ms | null;
  readonly to: string | null;
  /** the ways by which anybody heard that it fails */
  readonly heardBy: readonly Way[];
  /** how many notices there were: who changes the telling says which it saw */
  readonly notices: number;
}

/** `again`: a run that failed before and was resent in vain; it counts once. */
export type IncidentStep = 'open' | 'count' | 'again' | 'close' | 'none';

const FAILURES: readonly RunState[] = ['failed', 'partial', 'unknown', 'missed'];

export const isFailure = (state: RunState): boolean => FAILURES.includes(state);

/** Skipped, as nothing is different from what arrived before. */
const SAID: readonly string[] = ['unchanged', 'held-back'];

/** Skipped, as there is nothing to say: the data was read and looked at, but nothing went to anybody. */
const QUIET: readonly string[] = ['condition-false', 'empty'];

/** What a person stopped, or what a newer run made needless: the job itself is in order. */
const NO_FAULT: readonly string[] = ['cancelled', 'interrupted', 'recalled', 'superseded'];

/**
 * What a run's end does to the incident of its job. Older runs that end late change nothing (core rule 8).
 * `beforeSending`: its last failure came before anything was to be sent (a source, a card), so that a run that got as
 * far as that without one shows that it is over.
 */
export const incidentStep = (
  open: (Pick<Incident, 'lastDue'> & { readonly beforeSending: boolean }) | null,
  run: {
    readonly state: RunState;
    readonly dueAt: Ms;
    readonly reason: Pick<Reason, 'code'> | null;
    /** it has counted as a failure already */
    readonly counted: boolean;
  },
): IncidentStep => {
  const failed = isFailure(run.state);
  // what was said already shows as well as a message that arrived that the job works
  const said = [...SAID, ...(open?.beforeSending === true ? QUIET : [])];
  const works = run.state === 'delivered' || (run.state === 'skipped' && said.includes(run.reason?.code ?? ''));
  if (!failed && !works) return 'none';
  if (failed && run.reason !== null && NO_FAULT.includes(run.reason.code)) return 'none';
  // of one that counted before, nothing being open, the incident is over already
  if (open === null) return failed && !run.counted ? 'open' : 'none';
  if (run.dueAt < open.lastDue) return 'none';
  if (!failed) return 'close';
  return run.counted ? 'again' : 'count';
};

/** A message that arrived after the app's last failure shows that it works again, whoever sent it. */
export const isAppBack = (open: Pick<Incident, 'lastDue'>, deliveredAt: Ms | null): boolean =>
  deliveredAt !== null && deliveredAt > open.lastDue;

/**
 * Whether a failure by the app's fault is the app's to tell. A job that still fails when the app was found to work in
 * between has a trouble of its own.
 */
export const isAppsOwn = (job: { because: { state: Incident['state'] } | null }, appIsOpen: boolean): boolean =>
  appIsOpen || job.because === null || job.because.state === 'open';

type Telling = Pick<Incident, 'because' | 'tell'>;

/**
 * Whether a job's incident tells of itself after one more failure; `app` is the app's incident that this failure is
 * part of. Of what the app's incident tells the job's is silent, unless it spoke before.
 */
export const tellingAfterFailure = (
  open: (Telling & Pick<Incident, 'noticedAt'>) | null,
  app: number | null,
): Telling => {
  if (open === null) return { because: app, tell: app === null ? 'due' : 'none' };
  const { because, tell, noticedAt } = open;
  if (app !== null) return noticedAt === null ? { because: app, tell: 'none' } : { because, tell };
  return { because, tell: tell === 'none' ? 'due' : tell };
};

/** Whoever was not told of a failure is not told of its end. */
export const tellingAfterClose = ({ because, noticedAt }: Pick<Incident, 'because' | 'noticedAt'>): Tell =>
  because !== null && noticedAt === null ? 'none' : 'due';

/**
 * After one way of a notice has ended, if nothing newer is told meanwhile: heard by all; or due by the next way, for
 * those it missed or, of a recovery, for those who heard of the failure by another way.
 */
export const tellingAfterWay = (
  hearing: Hearing,
  { notice, heardBy }: Pick<Incident, 'notice' | 'heardBy'>,
): Extract<Tell, 'told' | 'due'> => {
  const owed = notice === 'recovery' && heardBy.some((way) => !hearing.tried.includes(way));
  return unmended(hearing).length === 0 && !owed ? 'told' : 'due';
};

/** Every way was tried, or there is none. */
export const tellingAtLast = ({ heard }: Pick<Hearing, 'heard'>): Tell => (heard.length > 0 ? 'told' : 'unreachable');

/** The ways by which a failure was heard, or may be: a notice on its way when the incident closes does arrive. */
export const waysHeard = ({ tell, tried, heardBy }: Pick<Incident, 'tell' | 'tried' | 'heardBy'>): readonly Way[] => {
  const flying = tell === 'queued' || tell === 'calling' ? tried.slice(-1) : [];
  return [...new Set([...heardBy, ...flying])];
};

/** Who could not be reached by any way is tried again this often while it stays open. */
const KNOCK_AGAIN: Ms = HOUR;

/**
 * What is to be told of an incident now: null nothing yet, `drop` nothing ever. Of one that ended before so many runs
 * had failed that somebody was to hear of it, nobody hears.
 */
export const nextNotice = (
  incident: Pick<Incident, 'state' | 'tell' | 'count' | 'noticedAt' | 'notice' | 'tried'>,
  { after, remind }: Pick<OnFailure, 'after' | 'remind'>,
  now: Ms,
): NoticeKind | 'drop' | null => {
  const { state, tell, count, noticedAt, notice, tried } = incident;
  if (state === 'closed') {
    if (tell !== 'due') return null;
    return noticedAt !== null || count >= after ? 'recovery' : 'drop';
  }
  switch (tell) {
    case 'due':
      if (tried.length > 0 && notice !== null) return notice;
      return count >= after ? 'failure' : null;
    case 'told':
      return remind !== null && noticedAt !== null && now >= noticedAt + remind ? 'reminder' : null;
    case 'unreachable':
      return noticedAt === null || now >= noticedAt + KNOCK_AGAIN ? (notice ?? 'failure') : null;
    case 'none':
    case 'queued':
    case 'calling':
      return null;
  }
};
