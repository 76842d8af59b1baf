import type { JobInput, SourceInput } from './job-input.ts';

export interface LarkcronOptions {
  /** larkcron.yaml; left out: LARKCRON_CONFIG, else looked for from the working folder upwards */
  readonly config?: string;
  /** the stand-in for Feishu, with a ledger of its own */
  readonly sandbox?: boolean;
  /** of the words in reports; English unless told otherwise */
  readonly lang?: 'zh' | 'en';
}

export interface RunOptions {
  /** a test run to these instead of the job's own recipients; `me` is the owner */
  readonly to?: string | readonly string[];
  /** the occurrence of this due time, or of the `last` one */
  readonly due?: Date | string;
  /** in spite of `when`, `changed` and `empty` */
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** how long to wait until it is settled, such as `30s` */
  readonly wait?: string;
}

/** One message without a job. Texts are taken as they are, never as templates. */
export interface SendInput {
  readonly to: string | readonly string[];
  readonly title?: string;
  readonly subtitle?: string;
  readonly markdown?: string;
  readonly text?: string;
  readonly color?: string;
  readonly buttons?: readonly { readonly text: string; readonly url: string }[];
  /** Feishu's card JSON, 1.0 or 2.0 */
  readonly card?: object;
  /** a path */
  readonly image?: string;
  /** a path */
  readonly file?: string;
  readonly app?: string;
  /** the same key within seven days is the same message */
  readonly key?: string;
  readonly wait?: string;
}

/** What `larkcron run --json` prints; with `dryRun` what `--dry-run --json` prints. */
export interface RunReport {
  readonly run: {
    readonly id: string;
    readonly job: string | null;
    readonly state: string;
    readonly reason: { readonly code: string; readonly message: string } | null;
    readonly [key: string]: unknown;
  };
  readonly deliveries: readonly {
    readonly recipient: string;
    readonly state: string;
    readonly messageId: string | null;
    readonly [key: string]: unknown;
  }[];
  readonly [key: string]: unknown;
}

export interface Larkcron {
  /** a job by its name, or one that stands in no file */
  run<const D extends Readonly<Record<string, SourceInput>>>(
    job: string | (JobInput<D> & { readonly name: string }),
    options?: RunOptions,
  ): Promise<RunReport>;
  send(message: SendInput): Promise<RunReport>;
  /** What is under way is left to the next process, as on SIGTERM; resolves when nothing is held any more. */
  close(): Promise<void>;
}
