import type { Fault } from '../../model/outcome.ts';
import type { Text } from '../../model/text.ts';

/**
 * What a code asks for. retry: the same again, later · token: a new token, once · setup: the app must be mended ·
 * recipient: this addressee · message: its content must be shrunk or mended · quota: nothing more for now, today or
 * this month · unknown: nobody can say whether it was done.
 */
export const CODE_CLASSES = ['retry', 'token', 'setup', 'recipient', 'message', 'quota', 'unknown'] as const;
export type CodeClass = (typeof CODE_CLASSES)[number];

/** The page of the developer console where it is mended. */
export type ConsolePage = 'credentials' | 'scopes' | 'bot' | 'version' | 'security';

/** A code of Feishu's: what to do, and what to say of it. */
export interface CodeRow {
  readonly class: CodeClass;
  /** what a retry waits for: the app's pace, the chat's; left out: only time */
  readonly pace?: 'app' | 'target';
  /** of a retry: an error inside Feishu, which does not say what was done before it */
  readonly internal?: true;
  readonly words: Text;
  /** what a person can do; empty when nothing is to be done */
  readonly hint: Text;
  readonly page?: ConsolePage;
}

export type CodeTable = Readonly<Record<number, CodeRow>>;

/** Whose fault it is: the app's stops the rest of a run. */
export const faultOf = (kind: CodeClass): Fault => {
  if (kind === 'recipient') return 'recipient';
  return kind === 'setup' || kind === 'quota' || kind === 'token' ? 'app' : 'message';
};

type Pair = readonly [zh: string, en: string];
const text = ([zh, en]: Pair): Text => ({ zh, en });

/** A row from its class, its words and its hint, each Chinese first. */
export const row = (
  kind: CodeClass,
  words: Pair,
  hint: Pair = ['', ''],
  more: Pick<CodeRow, 'pace' | 'page' | 'internal'> = {},
): CodeRow => ({ class: kind, words: text(words), hint: text(hint), ...more });

/** The same row for several codes. */
export const same = (codes: readonly number[], one: CodeRow): CodeTable =>
  Object.fromEntries(codes.map((code) => [code, one]));

const AGAIN: Pair = ['会自动重试,不用处理。', 'It is tried again by itself.'];
export const later = (words: Pair, more: Pick<CodeRow, 'pace' | 'internal'> = {}): CodeRow =>
  row('retry', words, AGAIN, more);
