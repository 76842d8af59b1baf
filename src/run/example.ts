import type { Recipient } from '../model/recipient.ts';
import { recipientKey } from '../model/recipient.ts';
import type { Their } from './each.ts';
import type { Composed, Prepared } from './prepare.ts';

/** One message to look at; where everybody has their own: whose it is, and how many there are. */
export interface Example extends Composed {
  readonly of: { readonly shown: string; readonly count: number } | null;
}

/** Those who get a message, each address once. Two addresses of one person are known when they are looked up. */
export const meant = (prepared: Extract<Prepared, { is: 'each' }>): readonly Their[] =>
  prepared.theirs.filter((their) => their.nowhere === null && prepared.concerns(their));

const isThis =
  (wanted: readonly Recipient[]) =>
  ({ recipient }: Their): boolean =>
    wanted.some((one) => recipientKey(one) === recipientKey(recipient));

/**
 * The message that shows what is sent: with the rows of one who is wanted and among the recipients, else of the first
 * recipient. Null: there is nobody to whom anything is sent.
 */
export const exampleOf = async (
  prepared: Exclude<Prepared, { is: 'skipped' }>,
  wanted: readonly Recipient[] = [],
): Promise<Example | null> => {
  if (prepared.is === 'message') return { ...prepared, of: null };
  const all = meant(prepared);
  const their =
    all.find(isThis(wanted)) ??
    prepared.theirs.filter(({ nowhere }) => nowhere === null).find(isThis(wanted)) ??
    all[0];
  if (their === undefined) return null;
  const { shown } = their.recipient;
  return { ...(await prepared.compose(their)), of: { shown, count: all.length } };
};
