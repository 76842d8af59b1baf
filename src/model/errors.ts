import type { Text } from './text.ts';

/** Where in a user's file something stands; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What happened and what to do about it. */
export interface Explanation {
  readonly message: Text;
  readonly hint?: Text;
}

/** A room's catalogue: each stable code with its words. The reference page of errors is made from these. */
// biome-ignore lint/suspicious/noExplicitAny: each code has parameters of its own; `Parameters` below recovers them.
export type Words = Readonly<Record<string, (p: any) => Explanation>>;

/** A finding about something the user wrote. `path` is the way to it inside a card or a settings file. */
export interface Problem extends Explanation {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly at: Place | null;
  readonly path: string | null;
}

/** 1 something failed · 2 what the user wrote is wrong, nothing was sent · 70 a fault in larkcron. */
export type FailureStatus = 1 | 2 | 70;

/** The one exception that is an answer and not a bug: it has a code, words in each language and an exit status. */
export class LarkcronError extends Error {
  readonly code: string;
  readonly explanation: Explanation;
  readonly status: FailureStatus;
  readonly problems: readonly Problem[];
  override readonly name = 'LarkcronError';

  constructor(
    code: string,
    explanation: Explanation,
    more: { status?: FailureStatus; problems?: readonly Problem[]; cause?: unknown } = {},
  ) {
    super(explanation.message.en, { cause: more.cause });
    this.code = code;
    this.explanation = explanation;
    this.status = more.status ?? 1;
    this.problems = more.problems ?? [];
  }
}

type ParametersOf<W extends Words, C extends keyof W> = Parameters<W[C]>[0];

/** `failure(words, 'code', { … }, { status: 2 })`: an error with the words of its room's catalogue. */
export const failure = <W extends Words, C extends keyof W & string>(
  words: W,
  code: C,
  p: ParametersOf<W, C>,
  more?: ConstructorParameters<typeof LarkcronError>[2],
): LarkcronError => new LarkcronError(code, (words[code] as W[C])(p), more);

/** `problem(words, 'code', { … }, { at })`: a finding with the words of its room's catalogue. */
export const problem = <W extends Words, C extends keyof W & string>(
  words: W,
  code: C,
  p: ParametersOf<W, C>,
  where: { at?: Place | null; path?: string | null; severity?: Problem['severity'] } = {},
): Problem => ({
  code,
  ...(words[code] as W[C])(p),
  severity: where.severity ?? 'error',
  at: where.at ?? null,
  path: where.path ?? null,
});

export const isError = (finding: Problem): boolean => finding.severity === 'error';
