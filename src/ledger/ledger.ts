import type { Cut } from '../model/cut.ts';
import type { Attempt, BatchProgress, Content, Delivery, Target, Urged, Urgency } from '../model/delivery.ts';
import type { Gate } from '../model/gate.ts';
import type { HourlyQuota } from '../model/guard.ts';
import type { Incident, NoticeKind } from '../model/incident.ts';
import type { Candidate, Memory, Moves } from '../model/memory.ts';
import type { Way } from '../model/on-failure.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Pause } from '../model/pause.ts';
import type { Reason, Run, RunState } from '../model/run.ts';
import type { Limits } from '../model/settings.ts';
import type { Look } from '../model/settle.ts';
import type { Ms } from '../model/time.ts';
import type { Access, Audit } from './access.ts';
import type { Browse, MissedSpan, NodeSeen, SourceRead } from './browse.ts';
import type { LedgerFault } from './words.ts';

export type { MissedSpan } from './browse.ts';

/** A run to be opened; its id is made by the ledger from (seed, job, once_key), so that it survives the file's loss. */
export type NewRun = Pick<
  Run,
  'kind' | 'job' | 'onceKey' | 'dueAt' | 'notBefore' | 'trigger' | 'ownAudience' | 'deliverUntil' | 'priority'
> & {
  /** what is to be said, for runs without a job: JSON that run/ understands */
  readonly request?: string;
  /** until when it may begin; left out: as long as its messages may arrive */
  readonly startUntil?: Ms;
  /** it does not happen, and this is why: it ends at once */
  readonly ended?: { readonly state: 'skipped' | 'missed'; readonly reason: Reason };
};

/** A run that was opened, or the one that was there by its key; `request`: what that one was asked for. */
export interface Opened {
  readonly run: Run;
  readonly mine: boolean;
  readonly request: string | null;
}

export type NewDelivery = Pick<Delivery, 'recipient' | 'target' | 'app' | 'part' | 'kind' | 'uuid' | 'deliverUntil'> & {
  readonly content: Content;
  readonly maxTries: number;
  /** it goes nowhere, and this is why: recorded as rejected, and nothing is sent */
  readonly refused?: { readonly reason: Reason; readonly code: number | null };
  /** left out: the channel drops a repeated uuid */
  readonly remembers?: boolean;
  /** what it shares a message or a thread with (model/anchor) */
  readonly anchor?: string;
  /** tell the person at once when it has arrived */
  readonly urgent?: Urgency;
};

/** A delivery that nobody knows the end of, and that may not be repeated: look for it where it would be. */
export interface Unsure {
  readonly delivery: Delivery;
  readonly content: Content;
  /** the chat it went or would have gone to, from an answer to any message there; null: not known */
  readonly chatId: string | null;
  /** when its first try began and its last one ended, in Feishu's time */
  readonly since: Ms;
  readonly until: Ms;
  /** messages of other deliveries, which it cannot be */
  readonly known: (messageId: string) => Promise<boolean>;
}

/** What of a run is sent again: rows that surely did not arrive; with `unknown` also those nobody knows of. */
export interface Resend {
  readonly run: string;
  readonly unknown: boolean;
  /** only these recipients, as they are shown; null: all */
  readonly recipients: readonly string[] | null;
  /** by delivery that went nowhere: whom its recipient turned out to be; it is replaced by messages to them */
  readonly found?: Readonly<Record<string, readonly { readonly recipient: string; readonly target: Target }[]>>;
  /** another content by part; left out: the stored bytes */
  readonly contents: Readonly<Record<number, Content>>;
  readonly deliverUntil: Ms;
  readonly feishuNow: Ms | null;
}

/** A delivery whose attempt is written: send it, after `waitMs`, unless `begunAt` is too long ago by then. */
export interface Begun {
  readonly delivery: Delivery;
  readonly content: Content;
  readonly begunAt: Ms;
  /** the same instant in Feishu's time, or earlier */
  readonly begunAtFeishu: Ms;
  readonly waitMs: Ms;
}

export interface Finished {
  readonly begun: Begun;
  readonly outcome: Outcome;
  /** when the try began, in Feishu's time as far as known */
  readonly begunAtFeishu: Ms;
  /** how much later than its slot it left, as on a busy machine: those after it must not follow too closely */
  readonly lateBy?: Ms;
}

export interface TokenRow {
  readonly token: string;
  readonly expiresAt: Ms;
}

/** What is being told of an incident: by which ways up to now, this one included, and to whom as reports show it. */
export interface NoticeStep {
  readonly kind: NoticeKind;
  readonly tried: readonly Way[];
  readonly to: string | null;
}

/** A run that was claimed, with what `send` or a notice wants said; `alone`: nothing else is to be done beside it. */
export type ClaimedRun = Run & { readonly request: string | null; readonly alone: boolean };

/** For how long after it was opened a run is kept, and for how long the tries of its messages are. */
export interface Keep {
  readonly runs: Ms;
  readonly attempts: Ms;
}

/**
 * The record, which is also the queue. Each verb is one commit and nothing of a transaction leaves it. Verbs of a run
 * say `where owner = me`: `false` means another process took the run over, and the caller drops everything.
 */
export interface Ledger {
  readonly processes: {
    /** notes that cron (or a timer) woke us: what `crontab install` waits for */
    tick(): Promise<void>;
    /** "I am alive"; also takes over what dead processes left: their running runs and their tries without an answer */
    beat(): Promise<void>;
    /** throws when the ledger is not there any more, or is another one */
    here(): Promise<void>;
    /** another process of this ledger stays up (`larkcron start`), is alive, and its node is not drained */
    hasDaemon(): Promise<boolean>;
    /** what is still in our hands is given back: others go on with it */
    leave(): Promise<void>;
  };
  readonly nodes: {
    /** this machine */
    readonly name: string;
    /** it takes nothing of its own accord: no run is claimed and no delivery begun but those asked for by id */
    isDrained(): Promise<boolean>;
    /** from this commit on it takes no new work, also when it starts anew; false: it is not known, or was drained already */
    drain(node: string): Promise<boolean>;
    /** false: it was not drained */
    resume(node: string): Promise<boolean>;
    /** a hash of each of this node's job files; writes only what is different */
    has(jobs: ReadonlyMap<string, string>): Promise<void>;
  };
  readonly runs: {
    /** up to where a schedule's due times are decided; a schedule first seen now starts with this minute */
    cursors(of: readonly { readonly job: string; readonly fingerprint: string }[]): Promise<readonly Ms[]>;
    /** decides all due times up to `through`; false when another process decided meanwhile: look again */
    plan(
      plans: readonly {
        job: string;
        fingerprint: string;
        seen: Ms;
        through: Ms;
        runs: readonly NewRun[];
        spans: readonly MissedSpan[];
      }[],
    ): Promise<readonly boolean[]>;
    /** inserts, or answers with the run that has this once_key already */
    /**
     * With a quota, which counts what was addressed by hand within the last hour, on all machines: throws `guard-hour`
     * (status 2) where one more would be too many. A run that is there already is no more.
     */
    open(run: NewRun, quota?: HourlyQuota | null): Promise<Opened>;
    /**
     * opens a run, or opens one of its occurrence again of which nothing was sent: missed, left out or failed before
     * sending. Null: it was sent already, or is under way
     */
    backfill(run: NewRun): Promise<Run | null>;
    /**
     * the next pending runs of these (or of these jobs), made ours, `room` of them at most. One whose process died while
     * it had it may be what killed it: nothing is taken beside it, and it waits until the caller is `busy` no more
     */
    claim(
      which: { ids: readonly string[] } | { jobs: ReadonlySet<string> },
      how?: { room: number; busy: boolean },
    ): Promise<readonly ClaimedRun[]>;
    addDeliveries(run: string, deliveries: readonly NewDelivery[]): Promise<boolean>;
    /**
     * `rest`: those of its deliveries that are not written yet; `supersedes`: unsent messages of the job's older runs to the same recipients are cancelled; `evenIfSame`: a card
     * that would not change is renewed all the same; `cuts`: what was left out of its cards, kept with it; `fallback`: if
     * Feishu refuses a card for its content, a run of the kind `fallback` is opened when this one ends; `own`: each
     * recipient has a message of their own; `candidate`: becomes the job's memory if a message of it arrives; `sources`:
     * what they gave
     */
    toDelivering(
      run: string,
      how?: {
        rest?: readonly NewDelivery[];
        supersedes?: boolean;
        evenIfSame?: boolean;
        cuts?: readonly Cut[];
        fallback?: boolean;
        own?: boolean;
        candidate?: Candidate;
        moves?: Moves;
        sources?: readonly SourceRead[];
      },
    ): Promise<boolean>;
    /** `moves`: what of the job's memory moves without a message, in the same commit */
    end(
      run: string,
      state: Extract<RunState, 'skipped' | 'failed'>,
      reason: Reason,
      moves?: Moves,
      sources?: readonly SourceRead[],
    ): Promise<boolean>;
    /** back to pending until then, with why: a try that is planned, and counts as no crash */
    again(run: string, notBefore: Ms, because: Reason): Promise<boolean>;
    /** what a person asks: the run's unsent rows are cancelled, and a run that has none yet ends; what left stays */
    cancel(run: string, reason: Reason): Promise<number>;
    /** answers how many are sent again; a run that failed before it had deliveries is begun anew, one that was recalled never is */
    resend(resend: Resend): Promise<number>;
    /** from now on its messages are taken back, also where that was refused or put off before, those proven later too; what is unsent is cancelled */
    recall(run: string): Promise<void>;
    /**
     * ends scheduled runs that are not to happen: of a job that is paused now, and of these jobs those that became due
     * while the one before was running, in the hands of a process that was alive then
     */
    leaveOut(skipOverlap: ReadonlySet<string>): Promise<readonly Run[]>;
    /** pending runs of jobs that no longer exist, here or on another node at work, end skipped, and their incidents in silence */
    dropRemoved(jobs: ReadonlySet<string>): Promise<readonly Run[]>;
    /** ends the runs whose deliveries have all ended, and those that waited until too late; counts their success or failure */
    sweep(): Promise<readonly Run[]>;
  };
  readonly jobs: {
    /** a pause takes the place of one before */
    pause(job: string, how: Pick<Pause, 'until' | 'reason'>): Promise<void>;
    /** false: it was not paused */
    resume(job: string): Promise<boolean>;
    /** what of each sound job is needed when its file breaks; writes only what is different */
    keep(lastGood: ReadonlyMap<string, string>): Promise<void>;
    /** the same of these jobs, as far as it is known */
    lastGood(jobs: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /**
     * a job has a new name: its history, what it remembers, its cursors, its pause and its incidents go on under it; what
     * the new name has already stays. False: nothing stood under the old one
     */
    rename(was: string, is: string): Promise<boolean>;
    /** by job; those that are over as well */
    pauses(): Promise<ReadonlyMap<string, Pause>>;
  };
  readonly deliveries: {
    /** chooses rows, their pace and their attempts in one commit; empty: `nextAt` says when to look again (null: nothing is open) */
    begin(which: {
      app: string;
      limit: number;
      limits: Limits;
      feishuNow: Ms | null;
      /** Feishu's time could not be had: go on without it, and repeat nothing that becomes unsure */
      blind?: boolean;
      runs: readonly string[] | null;
      /** recipients (`open_id:ou_…`) that have as many requests under way as one may: passed by */
      busy?: ReadonlySet<string>;
      /** tries that ended meanwhile, recorded first in the same commit */
      finished?: readonly Finished[];
    }): Promise<{
      begun: readonly Begun[];
      nextAt: Ms | null;
      /** rows wait until Feishu's time is known: an hour of uuid memory cannot be counted without it */
      needsFeishuTime: boolean;
    }>;
    finish(results: readonly Finished[], limits: Limits, feishuNow?: Ms | null): Promise<void>;
    /** some of those past repeating, held for two minutes for the caller to look after */
    unsure(which: { app: string; limit: number; feishuNow: Ms }): Promise<readonly Unsure[]>;
    settle(delivery: string, look: Look, feishuNow: Ms): Promise<void>;
    /**
     * some that are delivered in runs that were recalled, neither taken back nor refused, and due, held for two minutes for
     * the caller to take back; with when it first failed
     */
    toRecall(which: {
      app: string;
      limit: number;
    }): Promise<readonly (Delivery & { readonly recallSince: Ms | null })[]>;
    /** not before then again; `wholeApp`: nor any other of its app's */
    recallLater(delivery: string, again: { readonly at: Ms; readonly wholeApp: boolean }): Promise<void>;
    recalled(delivery: string, refused: Reason | null): Promise<void>;
    /** some that have arrived and whose people are to be told at once; each is handed out one time only, but for `urgeLater` */
    toUrge(which: { app: string; limit: number }): Promise<readonly Delivery[]>;
    urged(delivery: string, how: Urged): Promise<void>;
    /** surely nobody was told: handed out again from then on, while its time to be delivered is not over */
    urgeLater(delivery: string, again: { readonly at: Ms; readonly code: number | null }): Promise<void>;
    /** some batches whose progress is to be asked for, held for a minute for the caller */
    toFollow(which: { app: string; limit: number }): Promise<readonly Delivery[]>;
    followed(delivery: string, progress: BatchProgress): Promise<void>;
  };
  readonly apps: {
    token(app: string): Promise<TokenRow | null>;
    /** true: it is for us to ask for a new token, until the lease is over; false if it is not the one seen any more */
    claimRefresh(app: string, which: { readonly seen: string | null; readonly leaseMs: Ms }): Promise<boolean>;
    keepToken(app: string, token: TokenRow): Promise<void>;
    releaseRefresh(app: string): Promise<void>;
    /** forgets this token, unless a newer one took its place */
    dropToken(app: string, token: string): Promise<void>;
    /** apps (and custom bots, as `webhook:NAME`) that have open deliveries, or messages to take back or to follow */
    withWork(): Promise<readonly string[]>;
    /** takes a slot of one of the app's quotas (`api`: one that Feishu counts by itself); answers how long to wait for it */
    reserve(app: string, api: string, limits: Limits): Promise<Ms>;
    gate(app: string): Promise<Gate | null>;
    /** open_ids by `email:…` and `mobile:…`, with when they were found */
    known(app: string, refs: readonly string[]): Promise<ReadonlyMap<string, { openId: string; seenAt: Ms }>>;
    learn(app: string, found: ReadonlyMap<string, string>): Promise<void>;
    /** the key of an uploaded file, by a hash of what it holds */
    uploaded(app: string, hash: string): Promise<{ readonly key: string; readonly at: Ms } | null>;
    keepUpload(app: string, hash: string, key: string): Promise<void>;
  };
  readonly incidents: {
    /** the open ones, and those that closed and of which something is to be told */
    toTell(): Promise<readonly Incident[]>;
    /** the notice's run and the mark that it is told are one commit; null: it was told meanwhile, or is not as it was */
    queue(incident: Incident, step: NoticeStep, notice: NewRun): Promise<Run | null>;
    /** a program of this process tells it, at most until then; after that the way counts as tried in vain */
    call(incident: Incident, step: NoticeStep, until: Ms): Promise<boolean>;
    /** the program has ended; `failed`: why it has told nobody */
    called(incident: number, failed: Reason | null): Promise<void>;
    /** with a step: no way is left, and whoever was missed stays on record; without: nobody is to be told */
    giveUp(incident: Incident, step: NoticeStep | null): Promise<boolean>;
  };
  readonly upkeep: {
    /**
     * deletes some of what has ended and is older than it is kept for, and gives some of the room back; true: there is more.
     * Once all is done it rests for an hour
     */
    prune(keep: Keep): Promise<boolean>;
  };
  readonly history: History;
  readonly access: Access;
  readonly audit: Audit;
  /** a number that changes with each commit of anybody */
  watch(): { readonly version: () => number; readonly close: () => void };
  close(): Promise<void>;
}

/** Reads only: what reports, the console and metrics look at. */
export interface History extends Browse {
  run(id: string): Promise<Run | null>;
  runByKey(job: string | null, onceKey: string): Promise<Run | null>;
  runs(filter: {
    job: string | null;
    states: readonly RunState[] | null;
    since: Ms | null;
    limit: number;
  }): Promise<readonly Run[]>;
  deliveries(run: string): Promise<readonly Delivery[]>;
  content(hash: string): Promise<Content | null>;
  attempts(run: string): Promise<readonly Attempt[]>;
  spans(job: string): Promise<readonly (MissedSpan & { readonly notedAt: Ms })[]>;
  /** what the job knows of its earlier runs */
  memory(job: string): Promise<Memory>;
  /** when the next thing waits to be done: a run or a delivery; null when nothing is open */
  nextWork(): Promise<Ms | null>;
  /** when the next pending run may begin, also if that was to be already; null when none is pending */
  nextRun(): Promise<Ms | null>;
  /** messages of these runs that were never tried only wait for their turn, their app being in order */
  waitsForPace(runs: readonly string[]): Promise<boolean>;
  /** some of these runs' messages have arrived, and their people are still to be told at once */
  waitsToUrge(runs: readonly string[]): Promise<boolean>;
  openIncidents(): Promise<readonly Incident[]>;
  /** those that closed since then, the latest first; `limit` left out: all of them */
  closedIncidents(since: Ms, limit?: number): Promise<readonly Incident[]>;
  /** jobs whose messages wait for this app */
  waitingJobs(app: string): Promise<readonly string[]>;
  lastBeat(): Promise<Ms | null>;
  lastTick(): Promise<Ms | null>;
}

/** What a ledger's file looks like from outside, and what is wrong in it. */
export interface LedgerState {
  readonly version: number;
  readonly bytes: number;
  /** of them, those that hold nothing any more */
  readonly freeBytes: number;
  readonly runs: number;
  readonly deliveries: number;
  readonly faults: readonly LedgerFault[];
}

/** The ledger as a whole, beside the work in it. */
export interface Upkeep {
  /** a consistent copy, made while others write; throws where the file is there already */
  backup(to: string): Promise<{ readonly bytes: number }>;
  check(): Promise<LedgerState>;
  /** the machines that share it, read without changing anything; null: it cannot be asked within two seconds. Empty of a file */
  nodes(): Promise<readonly NodeSeen[] | null>;
}
