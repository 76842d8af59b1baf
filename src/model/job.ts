import type { CardSpec, Template } from './card.ts';
import type { Json, Row } from './dataset.ts';
import type { Place } from './errors.ts';
import type { OnFailure } from './on-failure.ts';
import type { Recipient } from './recipient.ts';
import type { Schedule } from './schedule.ts';
import type { Lang } from './text.ts';
import type { Ms } from './time.ts';

/** A value handed to a source: a template whose type is kept when it is one `{{ … }}`, or a constant. */
export type Param = Template | Json;

export type SourceSpec = { readonly at: Place | null; readonly timeout: Ms } & (
  | { readonly source: 'rows'; readonly rows: readonly Row[] }
  | {
      readonly source: 'sql';
      readonly url: string;
      readonly query: string;
      readonly params: Readonly<Record<string, Param>>;
    }
  | {
      readonly source: 'http';
      readonly url: Template;
      readonly method: string;
      readonly headers: Readonly<Record<string, Template>>;
      readonly body: Json | undefined;
      /** dots into the answer: `data.items` */
      readonly select: string | null;
    }
  | {
      readonly source: 'command';
      readonly argv: readonly Template[];
      readonly cwd: string | null;
      readonly env: Readonly<Record<string, Template>>;
      readonly format: 'json' | 'csv';
      readonly select: string | null;
    }
  | { readonly source: 'file'; readonly path: string; readonly format: 'json' | 'csv'; readonly select: string | null }
);

/** The message of a job, before its templates are filled in. `raw` is Feishu's own card JSON, 1.0 or 2.0. */
export type MessageSpec =
  | { readonly kind: 'card'; readonly card: CardSpec }
  | { readonly kind: 'text'; readonly text: Template }
  | {
      readonly kind: 'raw';
      readonly at: Place | null;
      readonly raw:
        | { readonly card: Json }
        | { readonly file: string }
        | { readonly command: readonly string[]; readonly timeout: Ms };
    };

/** Recipients a run may have unless the job says more (core rule 17). */
export const MAX_RECIPIENTS = 5_000;

export const PRIORITIES = { low: 3, normal: 2, high: 1, urgent: 0 } as const;
export type Priority = keyof typeof PRIORITIES;

/** One job file, read. Every path is absolute, every name looked up, every `${…}` filled in. */
export interface Job {
  readonly name: string;
  readonly file: string;
  readonly description: string | null;
  readonly app: string;
  readonly lang: Lang;
  readonly schedule: Schedule | null;
  readonly to: readonly Recipient[];
  readonly data: Readonly<Record<string, SourceSpec>>;
  /** a CEL expression over the data: false means there is nothing to say */
  readonly when: Template | null;
  readonly message: MessageSpec;
  readonly priority: Priority;
  readonly deliverWithin: Ms | null;
  readonly attempts: number;
  /** more recipients than this, and nothing is sent */
  readonly maxRecipients: number;
  readonly owner: Recipient | null;
  readonly onFailure: OnFailure;
}
