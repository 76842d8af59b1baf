import type { Attempt, Delivery, DeliveryState } from '../model/delivery.ts';
import type { Run, RunState } from '../model/run.ts';
import type { Ms } from '../model/time.ts';

/** A daemon stays; a command comes and goes. */
export type ProcessRole = 'command' | 'daemon';

/** Some rows, and where those after them begin; null: there are no more. A page may be short, or empty, and go on. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** `after`: the `next` of the page before. */
export interface Paging {
  readonly after: string | null;
  readonly limit: number;
}

export interface RunFilter {
  readonly job: string | null;
  readonly states: readonly RunState[] | null;
  /** when they were opened: from then on, and before then */
  readonly since: Ms | null;
  readonly until: Ms | null;
}

export interface DeliveryFilter {
  readonly run: string | null;
  readonly job: string | null;
  readonly recipient: string | null;
  readonly states: readonly DeliveryState[] | null;
  readonly code: number | null;
  /** when they were made: from then on, and before then */
  readonly since: Ms | null;
  readonly until: Ms | null;
}

/** A stretch of due times that did not happen, as one row: nothing was awake, or the calendar leaves them out. */
export interface MissedSpan {
  readonly since: Ms;
  readonly until: Ms;
  readonly count: number;
  readonly why: 'missed' | 'paused' | 'calendar' | 'quiet';
}

/** [since, until), and so many rows of each job at most. */
export interface Within {
  readonly since: Ms;
  readonly until: Ms;
  readonly limit: number;
}

/** A delivery, and the job of its run. */
export type Sent = Delivery & { readonly job: string | null };

/** A delivery without what is read of a few of them only: a run may have ten thousand. */
export type Outline = Pick<
  Delivery,
  'id' | 'recipient' | 'part' | 'generation' | 'state' | 'target' | 'deliveredAt' | 'recalledAt'
>;

/** What a source gave when a run was prepared. */
export interface SourceRead {
  readonly dataset: string;
  readonly rows: number;
  readonly at: Ms;
  readonly tookMs: Ms;
}

/** How a job's runs to its own audience ended in a stretch of time. */
export interface Tally {
  readonly states: Readonly<Partial<Record<RunState, number>>>;
  /** of the delivered: begun too late */
  readonly late: number;
}

export interface ProcessSeen {
  readonly id: string;
  /** the machine it runs on, as people call it */
  readonly node: string;
  readonly host: string;
  readonly pid: number;
  readonly role: ProcessRole;
  readonly version: string;
  readonly enteredAt: Ms;
  readonly beatAt: Ms;
  readonly alive: boolean;
  readonly self: boolean;
  readonly runs: readonly { readonly id: string; readonly job: string | null }[];
  readonly sending: number;
}

/** A machine that takes part. */
export interface NodeSeen {
  readonly name: string;
  /** when a program of it began last */
  readonly seenAt: Ms;
  /** since when it takes no new work */
  readonly drainedAt: Ms | null;
  /** `larkcron start` is up on it, or cron woke it within two minutes */
  readonly atWork: boolean;
  /** a hash of each job file that it had last, by job */
  readonly jobs: ReadonlyMap<string, string>;
}

/** What an app has used of its quota, and what waits for it. */
export interface PaceSeen {
  /** slots of the last minute, oldest first */
  readonly slots: readonly Ms[];
  readonly blockedUntil: Ms;
  /** messages that are to be sent; no more than `most` are counted */
  readonly waiting: number;
}

/** The newest message to one recipient, and when one of the latest fifty arrived. */
export interface LastTo {
  readonly last: Delivery;
  readonly deliveredAt: Ms | null;
}

/**
 * Reads that stay quick however long the history is: each looks at so many rows at most, and says where to go on. Throws
 * `bad-cursor` (status 2) for a place that no page of the same list ended at.
 */
export interface Browse {
  /** newest first */
  runPage(filter: RunFilter, page: Paging): Promise<Page<Run>>;
  /** of each of these jobs, newest first, without those that stand for another */
  latestRuns(jobs: readonly string[], limit: number): Promise<ReadonlyMap<string, readonly Run[]>>;
  /** of each of these jobs, the runs to its own audience that were due in [since, until), earliest first */
  duesBetween(jobs: readonly string[], within: Within): Promise<ReadonlyMap<string, readonly Run[]>>;
  /** of each of these jobs, the stretches without a run that reach into [since, until), earliest first */
  spansBetween(jobs: readonly string[], within: Within): Promise<ReadonlyMap<string, readonly MissedSpan[]>>;
  /** for each stretch [from, to) of the list in turn */
  tallies(job: string, stretches: readonly (readonly [Ms, Ms])[], lateBy: Ms): Promise<readonly Tally[]>;
  /** newest first; of one run in the order they were made; of one job the newest run's first */
  deliveryPage(filter: DeliveryFilter, page: Paging): Promise<Page<Sent>>;
  delivery(id: string): Promise<Sent | null>;
  /** of all deliveries of a run what its story is told from, in the order they were made */
  outline(run: string): Promise<readonly Outline[]>;
  /** of a run, these deliveries, in this order */
  deliveriesOf(run: string, ids: readonly string[]): Promise<readonly Delivery[]>;
  /** of these deliveries and of those of the same recipient and part that they were sent anew for, by delivery */
  triesOf(
    deliveries: readonly Pick<Delivery, 'id' | 'run' | 'recipient' | 'part'>[],
  ): Promise<ReadonlyMap<string, readonly Attempt[]>>;
  /** when a message of a job's last arrived that went to its own recipients, by job */
  lastArrivals(): Promise<ReadonlyMap<string, Ms>>;
  /** of the recipients that were ever written to */
  lastTo(recipients: readonly string[]): Promise<ReadonlyMap<string, LastTo>>;
  sources(run: string): Promise<readonly SourceRead[] | null>;
  processes(): Promise<readonly ProcessSeen[]>;
  /** by name */
  nodes(): Promise<readonly NodeSeen[]>;
  pace(app: string, most: number): Promise<PaceSeen>;
  /** open deliveries by app and state; no more than `most` of each are counted */
  queue(
    most: number,
  ): Promise<readonly { readonly app: string; readonly state: DeliveryState; readonly count: number }[]>;
}
