import type { Place } from './errors.ts';

export const AGGREGATES = ['sum', 'avg', 'min', 'max', 'count'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** One column a group makes: `count` counts rows, and needs none to work on. */
export interface Aggregation {
  readonly as: string;
  readonly of: string | null;
  readonly by: Aggregate;
}

/** In place of a dataset's name: the same dataset as it was when a message last arrived. */
export const LAST = 'last';

/** What is done to a dataset, one step after the other. Anything more belongs in SQL or in TypeScript. */
export type ShapingStep = {
  readonly at: Place | null;
} /** these columns in this order, under new names where `from` differs */ & (
  | { readonly step: 'pick'; readonly columns: readonly { readonly name: string; readonly from: string }[] }
  | { readonly step: 'sort'; readonly by: readonly { readonly column: string; readonly descending: boolean }[] }
  | { readonly step: 'limit'; readonly rows: number }
  | { readonly step: 'group'; readonly by: readonly string[]; readonly make: readonly Aggregation[] }
  /** `<column>_old`, `<column>_delta` and `<column>_change` (a share) beside each of the columns */
  | {
      readonly step: 'compare';
      readonly with: string;
      readonly key: readonly string[];
      readonly columns: readonly string[];
    }
  | { readonly step: 'pivot'; readonly rows: string; readonly columns: string; readonly value: string }
);

/** The name of a column that a comparison adds. */
export const oldOf = (column: string): string => `${column}_old`;
export const deltaOf = (column: string): string => `${column}_delta`;
export const changeOf = (column: string): string => `${column}_change`;
