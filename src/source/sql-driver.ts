import type { Dataset, Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import type { Ms } from '../model/time.ts';
import type { Query } from './sql-text.ts';
import { sourceWords } from './words.ts';

/** One statement for one database, its parameters by name. */
export interface SqlCall {
  readonly url: string;
  readonly sql: string;
  readonly query: Query;
  readonly params: Readonly<Record<string, Value>>;
  readonly timeout: Ms;
  readonly allowWrites: boolean;
  /** of larkcron.yaml */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** Throws LarkcronError: `sql-unreachable`, `sql-busy`, `timed-out` may pass; all others will not. */
export type SqlDriver = (call: SqlCall) => Promise<Dataset>;

/** Two columns of one name would be one in a row. */
export const mustDiffer = (columns: readonly string[]): void => {
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) throw failure(sourceWords, 'sql-columns', { name: twice }, { status: 2 });
};
