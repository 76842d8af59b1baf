import type { Text } from '../../model/text.ts';

export interface Choice<T> {
  readonly value: T;
  readonly label: Text;
}

/**
 * Somebody who can be asked: a person at a terminal, or a test with its answers. Null as an answer: they stopped
 * (Ctrl-C), and everything that asks hands that on.
 */
export interface Asking {
  choose<T>(question: Text, choices: readonly Choice<T>[]): Promise<T | null>;
  /** what `check` answers is said, and asked again; blanks around the answer are gone */
  write(
    question: Text,
    more: { readonly example?: string; readonly check: (written: string) => Text | null },
  ): Promise<string | null>;
  /** the same, and what is typed is not shown */
  secret(question: Text, more: { readonly check: (written: string) => Text | null }): Promise<string | null>;
  confirm(question: Text): Promise<boolean | null>;
  tell(lines: readonly Text[], mood?: 'plain' | 'busy' | 'good' | 'bad'): void;
}

/** The same person, until the program is interrupted (Ctrl-C while Feishu is asked): then nothing is asked or told. */
export const untilInterrupted = (ask: Asking, signal: AbortSignal): Asking => ({
  choose: async (...question) => (signal.aborted ? null : ask.choose(...question)),
  write: async (...question) => (signal.aborted ? null : ask.write(...question)),
  secret: async (...question) => (signal.aborted ? null : ask.secret(...question)),
  confirm: async (question) => (signal.aborted ? null : ask.confirm(question)),
  tell: (...words) => {
    if (!signal.aborted) ask.tell(...words);
  },
});
