import type { Http } from '../base/http.ts';
import type { Template } from '../model/card.ts';
import type { Dataset, Value } from '../model/dataset.ts';
import { LarkcronError } from '../model/errors.ts';
import type { FetchedSpec, Param } from '../model/job.ts';
import type { Lang, Text } from '../model/text.ts';
import type { Ms } from '../model/time.ts';

/** One call of Feishu's for a document's content; `path` is below /open-apis/. */
export interface DocumentCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** What Feishu's answer holds, numbers exact; or why there is none: for now, or for good. */
export type DocumentAnswer =
  | { readonly is: 'data'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly is: 'unavailable'; readonly forNow: boolean; readonly code: number | null; readonly why: Text };

/** What a source works with. Templates are filled in by functions handed over: sources know nothing of Liquid. */
export interface SourceContext {
  readonly fillText: (template: Template) => string;
  readonly fillValue: (param: Param) => Value;
  /** what a function of a TypeScript job sees: the datasets above it, and the facts of the run */
  readonly seen: () => Readonly<Record<string, unknown>>;
  readonly http: Http;
  /** what commands see of the environment */
  readonly env: Readonly<Record<string, string>>;
  /** the folder of larkcron.yaml */
  readonly directory: string;
  readonly proxyFor: (url: string) => string | null;
  /** `http` reaches no private address */
  readonly onlyPublic: boolean;
  readonly signal: AbortSignal;
  /** asks Feishu for a document as one of the apps, at the pace it allows */
  readonly askFeishu: (app: string, call: DocumentCall) => Promise<DocumentAnswer>;
  /** the app that the job sends by, its time zone and its language */
  readonly job: { readonly app: string; readonly timezone: string; readonly lang: Lang };
  readonly now: () => Ms;
  /** only ever rises: for how long something took */
  readonly monotonic: () => Ms;
  readonly sleep: (ms: Ms) => Promise<void>;
}

/** One kind of source: a spec in, a dataset out. Throws LarkcronError with status 1 when the data cannot be had. */
export type Fetch<K extends FetchedSpec['source']> = (
  spec: Extract<FetchedSpec, { source: K }>,
  context: SourceContext,
) => Promise<Dataset>;

/** Rows a dataset may have: a card shows some dozens, an attachment some ten thousands. */
export const MAX_ROWS = 100_000;
/** Bytes a source may hand over. */
export const MAX_BYTES = 20 * 1024 * 1024;

const TRANSIENT = new Set([
  'sql-busy',
  'sql-unreachable',
  'http-unreachable',
  'screenshot-unreachable',
  'screenshot-waiting',
  'timed-out',
  'interrupted',
  'directory-unreachable',
  'upload-later',
  'document-later',
]);

/** Whether trying again later may help: a time-out, an interruption, a refused connection, a busy database, a 5xx answer. */
export const isTransient = (error: unknown): boolean =>
  error instanceof LarkcronError &&
  (TRANSIENT.has(error.code) ||
    (/^(http|screenshot)-status$/.test(error.code) && /HTTP (5\d\d|429)/.test(error.message)));
