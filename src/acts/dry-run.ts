import type { App } from '../app.ts';
import type { NewRun } from '../ledger/ledger.ts';
import type { Job } from '../model/job.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Reason } from '../model/run.ts';
import type { Text } from '../model/text.ts';
import { type Example, exampleOf, meant } from '../run/example.ts';
import { type Prepared, prepare } from '../run/prepare.ts';
import { runWords } from '../run/words.ts';

/** Whose rows an example shows. */
export const showsRowsOf = ({ shown, count }: { readonly shown: string; readonly count: number }): Text => ({
  zh: `看到的是 ${shown} 的那几行;这次共 ${count} 个收件人,各收各的。`,
  en: `This shows the rows of ${shown}, one of ${count} recipients; each gets their own.`,
});

type Own = Extract<Prepared, { is: 'each' }>;
const theirRecipients = (prepared: Own): readonly Recipient[] => meant(prepared).map(({ recipient }) => recipient);

/** Rows that nobody would get, with why. */
const nowhereOf = (prepared: Prepared): readonly Text[] =>
  prepared.is === 'each'
    ? prepared.theirs.flatMap((their) =>
        their.nowhere === null || !prepared.concerns(their) ? [] : [their.nowhere.message],
      )
    : [];

/** What a run would do: nothing, and why; or one message (an example where everybody has their own), and to whom. */
export type DryRun =
  | { readonly is: 'skipped'; readonly reason: Reason }
  | {
      readonly is: 'ready';
      readonly example: Example;
      readonly recipients: readonly string[];
      readonly nowhere: readonly Text[];
    };

/** Everything up to the send: data, condition, message, who would get it. The ledger is read at most. */
export const dryRunOf = async (
  app: App,
  job: Job,
  run: Pick<NewRun, 'dueAt' | 'notBefore'>,
  { to, force }: { readonly to: readonly Recipient[]; readonly force: boolean },
): Promise<DryRun> => {
  const due = run.dueAt ?? run.notBefore;
  const prepared = await prepare(job, { due, run: null, test: to.length > 0, force, to }, app.preparation());
  if (prepared.is === 'skipped') return { is: 'skipped', reason: prepared.reason };
  const example = await exampleOf(prepared, to);
  if (example === null) {
    const { message } = runWords['no-recipients']({ job: job.name });
    return { is: 'skipped', reason: { code: 'no-recipients', message } };
  }
  const named = to.length > 0 ? to : prepared.is === 'message' ? job.to : theirRecipients(prepared);
  return { is: 'ready', example, recipients: named.map(({ shown }) => shown), nowhere: nowhereOf(prepared) };
};
