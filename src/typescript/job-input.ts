import type { Row } from '../model/dataset.ts';
import type { CardInput, Text } from './card-input.ts';

/** What a function is asked with: the job's datasets by name, and these. */
export interface Facts {
  /** the time it stands for: the due time, else the moment it was asked for */
  readonly due: Date;
  readonly now: Date;
  readonly job: { readonly name: string };
  /** of the last message that arrived; null: none has */
  readonly last: {
    readonly dueAt: Date;
    readonly deliveredAt: Date;
    /** the `metrics` of its card by their labels */
    readonly figures: { readonly [label: string]: unknown };
  } | null;
}

export interface DatasetOf<R> {
  readonly columns: readonly string[];
  readonly rows: readonly R[];
  /** null without rows */
  readonly first: R | null;
}

/** `rows` in the job itself, a function, or any source as in YAML (`{ sql: { url, query } }`). */
export type SourceInput =
  | { readonly rows: readonly object[] }
  | { readonly [kind: string]: unknown }
  // biome-ignore lint/suspicious/noExplicitAny: what a function sees depends on the datasets above it, which types cannot say
  | ((seen: any) => unknown);

/** What a source's rows look like to the functions of the job. */
export type RowOf<S> = S extends (...args: never[]) => infer R
  ? Awaited<R> extends readonly (infer Item)[]
    ? Item
    : Awaited<R>
  : S extends { readonly rows: readonly (infer Item)[] }
    ? Item
    : Row;

export type Seen<D> = Facts & { readonly [K in keyof D]: DatasetOf<RowOf<D[K]>> } & {
  /** with `changed` */
  readonly added: DatasetOf<Row>;
  readonly removed: DatasetOf<Row>;
  readonly changed: DatasetOf<Row>;
};

type Asked<D, T> = T | ((seen: Seen<D>) => T | Promise<T>);

/** A recipient as in YAML. */
export type RecipientInput = string | { readonly [kind: string]: string };

/** A job, with the keys of a YAML job (docs/reference/settings). `when`, `card`, `text`, `raw` and each source may be functions. */
export interface JobInput<D = Readonly<Record<string, SourceInput>>> {
  readonly description?: string;
  readonly app?: string;
  readonly lang?: 'zh' | 'en';
  readonly schedule?: string | { readonly [key: string]: unknown };
  readonly to: RecipientInput | readonly RecipientInput[];
  readonly data?: D;
  /** CEL, or a function that says true or false */
  readonly when?: string | ((seen: Seen<D>) => boolean | Promise<boolean>);
  readonly changed?: {
    readonly of?: Extract<keyof D, string>;
    readonly key: string | readonly string[];
    readonly columns?: string | readonly string[];
    readonly tolerance?: string | number;
    readonly first?: 'send' | 'remember';
  };
  readonly empty?: 'skip' | 'send' | 'fail';
  readonly card?: Asked<D, CardInput>;
  readonly text?: Asked<D, Text>;
  /** rich text: markdown, or a title and markdown */
  readonly post?: Text | { readonly title?: Text; readonly body: Text };
  readonly raw?: Asked<D, object>;
  readonly image?: unknown;
  readonly file?: unknown;
  readonly template?: unknown;
  readonly attach?: readonly { readonly [kind: string]: unknown }[];
  readonly update?: 'message';
  readonly thread?: 'daily';
  readonly urgent?: unknown;
  readonly batch?: boolean;
  readonly fallback?: 'plain' | 'none';
  readonly priority?: 'normal' | 'urgent' | 'low';
  readonly deliverWithin?: string;
  readonly attempts?: number;
  readonly maxRecipients?: number;
  readonly onFailure?: unknown;
  readonly owner?: RecipientInput;
}

/**
 * A job in a file under `jobs/`, exported by default. What its functions see has the types of its sources.
 *
 * Strings in the job itself are templates, as in YAML. What a function returns is data: it cannot mention, link or break
 * anything; markup is made with `markdown`.
 *
 * @example
 * export default defineJob({
 *   to: 'oc_group',
 *   data: { stores: async () => [{ name: '国贸店', sales: 1823405 }] },
 *   card: ({ stores }) => ({ title: '日报', body: [{ text: `${stores.rows.length} 家` }] }),
 * });
 */
export const defineJob = <const D extends Readonly<Record<string, SourceInput>>>(job: JobInput<D>): JobInput<D> => job;
