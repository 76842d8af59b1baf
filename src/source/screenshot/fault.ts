import { createRedactor } from '../../base/redact.ts';
import { failure, type LarkcronError, type Place, problem } from '../../model/errors.ts';
import type { Text } from '../../model/text.ts';
import { screenshotWords } from './words.ts';

type Code = keyof typeof screenshotWords & string;
type Parameters<C extends Code> = (typeof screenshotWords)[C] extends (p: infer P) => unknown ? P : never;

/** An error at its place in the job. Status 2 is for what stands there and cannot be right. */
export const fault = <C extends Code>(
  code: C,
  p: Parameters<C>,
  { at, status = 1 }: { readonly at: Place | null; readonly status?: 1 | 2 },
): LarkcronError =>
  failure(screenshotWords, code, p as never, {
    status,
    problems: [problem(screenshotWords, code, p as never, { at })],
  });

/** The address as it may be shown: without query, fragment, user and password. */
export const shownOf = (url: string): string => url.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//');

/** What a page says may hold what it was given: that is hidden, and it is one short line. */
export const sayer = (secrets: readonly string[]): ((said: string) => string) => {
  const redactor = createRedactor(secrets);
  return (said) => redactor.hide(said).replace(/\s+/g, ' ').trim().slice(0, 200);
};

export const both = (text: string): Text => ({ zh: text, en: text });
