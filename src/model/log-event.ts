import type { Cut } from './cut.ts';
import type { Delivery, Urged } from './delivery.ts';
import type { Explanation } from './errors.ts';
import type { NoticeKind } from './incident.ts';
import type { Way } from './on-failure.ts';
import type { Outcome } from './outcome.ts';
import type { Run } from './run.ts';
import type { Ms } from './time.ts';

/** What happened, as facts; log-lines.ts has the words. Loops report these and never write a line themselves. */
export type LogEvent =
  | {
      readonly event: 'run.missed';
      readonly job: string;
      readonly count: number;
      readonly since: Ms;
      readonly until: Ms;
    }
  | { readonly event: 'run.started'; readonly run: Run }
  | {
      readonly event: 'source.read';
      readonly run: Run | null;
      readonly dataset: string;
      readonly rows: number;
      readonly tookMs: Ms;
    }
  | { readonly event: 'run.planned'; readonly run: Run; readonly deliveries: number }
  | { readonly event: 'run.cut'; readonly run: Run; readonly cut: Cut }
  /** of a test run where everybody has a message of their own: whose it shows, and of how many */
  | { readonly event: 'run.example'; readonly run: Run; readonly shown: string; readonly count: number }
  | { readonly event: 'run.again'; readonly run: Run; readonly because: Explanation; readonly at: Ms }
  | { readonly event: 'run.ended'; readonly run: Run }
  | { readonly event: 'delivery.tried'; readonly delivery: Delivery; readonly outcome: Outcome; readonly tookMs: Ms }
  | {
      readonly event: 'delivery.looked-for';
      readonly delivery: Delivery;
      readonly found: 'found' | 'absent' | 'cannot-tell' | 'later';
    }
  | {
      readonly event: 'delivery.urged';
      readonly delivery: Delivery;
      /** `again`: refused for now, and tried again */
      readonly state: Urged['state'] | 'again';
      readonly outcome: Outcome;
    }
  | { readonly event: 'urgent.withheld'; readonly run: Run; readonly people: number; readonly most: number }
  | { readonly event: 'delivery.recalled'; readonly delivery: Delivery; readonly refused: string | null }
  | {
      readonly event: 'notice.queued';
      /** `job:NAME` or `app:NAME` */
      readonly subject: string;
      readonly what: NoticeKind;
      readonly to: string;
      readonly by: Way;
    }
  /** every way was tried; `to` null: nobody is to be told */
  | { readonly event: 'notice.impossible'; readonly subject: string; readonly to: string | null }
  | { readonly event: 'notice.call-failed'; readonly subject: string; readonly why: string }
  | {
      readonly event: 'last-resort';
      readonly about: 'ledger' | 'settings' | 'settings-kept';
      readonly to: string | null;
      readonly refused: string | null;
    }
  /** the ledger's server cannot be reached; what is to be written waits for it */
  | { readonly event: 'ledger.away'; readonly why: string }
  /** this machine takes no new work from now on, or again does */
  | { readonly event: 'node.drained' | 'node.resumed'; readonly node: string }
  /** a watcher elsewhere was not told; `subject`: the job, or larkcron itself */
  | { readonly event: 'heartbeat.failed'; readonly subject: string; readonly why: string }
  /** a new token of an app; `refused`: Feishu's code or why there was no answer */
  | { readonly event: 'token.asked'; readonly app: string; readonly refused: string | null }
  /** the console was sent a token that is none */
  | { readonly event: 'login.refused'; readonly address: string }
  | { readonly event: 'job.broken'; readonly job: string; readonly problems: number };

export type Report = (event: LogEvent) => void;
