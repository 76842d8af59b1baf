import type { Place } from './errors.ts';

/** A function in a TypeScript job, and the place of the key it stands at. */
export interface JobCode {
  readonly at: Place | null;
  /** What it sees is an object of datasets and facts (src/typescript/job-input.ts, `Facts`). May throw anything. */
  readonly call: (seen: unknown) => unknown;
}

/** A text in which what came from data is told from what its author wrote: the values stand between the literals. */
export interface MadeText<V = unknown> {
  readonly literals: readonly string[];
  readonly values: readonly V[];
}

/** How `markdown` of src/typescript/markdown.ts marks what it makes; the same in every copy of the program. */
export const MADE = Symbol.for('larkcron.made-text');
