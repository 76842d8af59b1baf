import type { Together } from './anchor.ts';
import type { CardSpec, ImageSource, Template } from './card.ts';
import type { Changed, Each, WhenEmpty } from './conditions.ts';
import type { Dataset, Json, Row } from './dataset.ts';
import type { Urgency } from './delivery.ts';
import type { BitableSource, SheetSource } from './document.ts';
import type { Place } from './errors.ts';
import type { Check } from './health.ts';
import type { JobCode } from './job-code.ts';
import type { OnFailure } from './on-failure.ts';
import type { Recipient } from './recipient.ts';
import type { QuietHours, Schedule } from './schedule.ts';
import type { ScreenshotSource } from './screenshot.ts';
import type { ShapingStep } from './shaping.ts';
import type { Lang } from './text.ts';
import type { Ms } from './time.ts';

/** A value handed to a source: a template whose type is kept when it is one `{{ … }}`, or a constant. */
export type Param = Template | Json;

export type SourceSpec = {
  readonly at: Place | null;
  readonly timeout: Ms;
  /** what is done to its rows before anybody sees them */
  readonly shape?: readonly ShapingStep[];
} & (
  | { readonly source: 'rows'; readonly rows: readonly Row[] }
  /** of a TypeScript job */
  | ({ readonly source: 'function' } & JobCode)
  /** a dataset above it; sources of larkcron.yaml are put in its place when the job is read */
  | { readonly source: 'use'; readonly name: string }
  | {
      readonly source: 'sql';
      readonly url: string;
      readonly query: string;
      readonly params: Readonly<Record<string, Param>>;
      readonly allowWrites: boolean;
    }
  | ({ readonly source: 'http' } & HttpSource)
  | ({ readonly source: 'bitable' } & BitableSource)
  | ({ readonly source: 'sheet' } & SheetSource)
  | ({ readonly source: 'screenshot' } & ScreenshotSource)
  | { readonly source: 'health'; readonly checks: readonly Check[] }
  | {
      readonly source: 'command';
      readonly argv: readonly Template[];
      readonly cwd: string | null;
      readonly env: Readonly<Record<string, Template>>;
      readonly format: 'json' | 'csv';
      readonly select: string | null;
    }
  | {
      readonly source: 'file';
      /** relative to larkcron.yaml; with `*` and their like the newest that matches */
      readonly path: Template;
      /** null: by its name */
      readonly format: 'json' | 'csv' | 'xlsx' | null;
      /** null: found out */
      readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' | null;
      readonly select: string | null;
      /** of a workbook: the sheet's name and its cells (`B3:F100`); null: the first sheet, all of it */
      readonly sheet: string | null;
      readonly range: string | null;
    }
);

/** How an answer in pages goes on. `param` stands in the query, or for a cursor in the body. */
export type Paging = { readonly most: number } & (
  | { readonly by: 'page'; readonly param: string; readonly from: number; readonly size: number | null }
  | { readonly by: 'offset'; readonly param: string; readonly size: number | null }
  | { readonly by: 'cursor'; readonly param: string; readonly cursor: string; readonly into: 'query' | 'body' }
  | { readonly by: 'next'; readonly next: string }
  | { readonly by: 'link' }
);

/** JSON in which some texts are templates; those have their places by the keys that lead to them. */
export interface Body {
  readonly json: Json;
  readonly templates: readonly { readonly path: readonly (string | number)[]; readonly template: Template }[];
}

export interface HttpSource {
  readonly url: Template;
  readonly method: string;
  readonly headers: Readonly<Record<string, Template>>;
  readonly auth: { readonly bearer: Template } | { readonly user: Template; readonly password: Template } | null;
  readonly body: Body | null;
  /** null: by what the answer says it is */
  readonly format: 'json' | 'csv' | null;
  /** dots into the answer (`data.items`), or a JSONPath that begins with `$` */
  readonly select: string | null;
  readonly pages: Paging | null;
}

/** A source that has to be asked. */
export type FetchedSpec = Exclude<SourceSpec, { source: 'use' }>;

/** A message that a TypeScript job's function makes at each run, and the rows it put into it. */
export interface MadeMessage {
  readonly kind: 'made';
  readonly at: Place | null;
  /** Throws LarkcronError. */
  readonly make: (
    seen: unknown,
  ) => Promise<{ readonly message: MessageSpec; readonly data: Readonly<Record<string, Dataset>> }>;
}

/** The message of a job, before its templates are filled in. `raw` is Feishu's own card JSON, 1.0 or 2.0. */
export type MessageSpec =
  | { readonly kind: 'card'; readonly card: CardSpec }
  | { readonly kind: 'text'; readonly text: Template }
  /** rich text: a title and markdown, no card */
  | { readonly kind: 'post'; readonly at: Place | null; readonly title: Template | null; readonly body: Template }
  /** a path relative to larkcron.yaml; `name` is what the recipient sees of a file */
  | {
      readonly kind: 'file';
      readonly at: Place | null;
      readonly path: Template;
      readonly name: Template | null;
    }
  | {
      readonly kind: 'image';
      readonly at: Place | null;
      readonly path: ImageSource;
      readonly name: Template | null;
    }
  | {
      readonly kind: 'raw';
      readonly at: Place | null;
      readonly raw: /** `placeOf`: where something in it stands in the settings, by its path in the card */
        | { readonly card: Json; readonly placeOf: (path: string | null) => Place | null }
        | { readonly file: string }
        | { readonly command: readonly string[]; readonly timeout: Ms };
    }
  | { readonly kind: 'template'; readonly template: TemplateMessage }
  | MadeMessage;

/** How a variable of a card made in Feishu's builder is written; it decides how data in it is escaped. */
export const VARIABLE_KINDS = ['plain', 'markdown', 'number', 'boolean', 'link'] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];

export type TemplateVariable = { readonly at: Place | null } & (
  | { readonly as: VariableKind; readonly value: Template }
  /** also a key that Feishu gave */
  | { readonly as: 'image'; readonly path: ImageSource }
  /** a dataset as a list of objects; `columns` null: all of them, as they are */
  | {
      readonly as: 'rows';
      readonly dataset: string;
      readonly columns: readonly { readonly name: string; readonly as: VariableKind }[] | null;
    }
  /** as it stands: nothing is filled in */
  | { readonly as: 'json'; readonly json: Json }
);

/** A card made in Feishu's builder, named by its id; without a version the newest published one. */
export interface TemplateMessage {
  readonly at: Place | null;
  readonly id: string;
  readonly version: string | null;
  readonly variables: Readonly<Record<string, TemplateVariable>>;
}

/** A further part of a message, after the first. Paths are relative to larkcron.yaml. */
export type AttachSpec = { readonly at: Place | null; readonly name: Template | null } & (
  | { readonly attach: 'csv'; readonly dataset: string }
  /** a sheet for each dataset */
  | { readonly attach: 'xlsx'; readonly datasets: readonly string[] }
  | { readonly attach: 'file'; readonly path: Template }
  | { readonly attach: 'image'; readonly path: ImageSource }
);

/** People are told at once of what arrived, if they are not more than `most`: SMS and calls cost money. */
export interface Urgent {
  readonly by: Urgency;
  readonly most: number;
}
export const MOST_URGED = 20;

/** Recipients a run may have unless the job says more (core rule 17). */
export const MAX_RECIPIENTS = 5_000;

export const PRIORITIES = { low: 3, normal: 2, high: 1, urgent: 0 } as const;
export type Priority = keyof typeof PRIORITIES;

/** One job file, read. Every path is absolute, every name looked up, every `${…}` filled in. */
export interface Job {
  readonly name: string;
  readonly file: string;
  /** the name it had before: what stands in the ledger under that is its own */
  readonly was: string | null;
  readonly description: string | null;
  readonly app: string;
  readonly lang: Lang;
  readonly schedule: Schedule | null;
  /** the job's own quiet hours, else those of all */
  readonly quiet: readonly QuietHours[];
  /** empty where `each` says who */
  readonly to: readonly Recipient[];
  /** one message to each address in a column, about their own rows */
  readonly each: Each | null;
  readonly data: Readonly<Record<string, SourceSpec>>;
  /** a CEL expression over the data: false means there is nothing to say */
  readonly when: Template | null;
  /** the same as a function of a TypeScript job; throws LarkcronError (status 2) */
  readonly asks: ((seen: unknown) => Promise<boolean>) | null;
  /** which of the runs in a row for which it holds send; null: all */
  readonly whenRuns: readonly number[] | null;
  readonly changed: Changed | null;
  /** what is done when no dataset has a row */
  readonly empty: WhenEmpty;
  /** the same again not before */
  readonly repeatAfter: Ms | null;
  readonly message: MessageSpec;
  readonly attach: readonly AttachSpec[];
  /** the messages of a day renew one card (`update: message`), or stand in one thread (`thread: daily`) */
  readonly together: Together | null;
  readonly urgent: Urgent | null;
  /** where Feishu refuses the card for its content, a plain one with the data goes out once */
  readonly fallback: boolean;
  /** all people at once through message/v4/batch_send */
  readonly batch: boolean;
  readonly priority: Priority;
  readonly deliverWithin: Ms | null;
  readonly attempts: number;
  /** more recipients than this, and nothing is sent */
  readonly maxRecipients: number;
  /** a watcher's address, pinged when it starts, succeeds and fails */
  readonly heartbeat: string | null;
  readonly owner: Recipient | null;
  readonly onFailure: OnFailure;
}
