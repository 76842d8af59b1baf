import type { App } from '../app.ts';
import type { NewRun } from '../ledger/ledger.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Recipient } from '../model/recipient.ts';
import { type Lang, say, type Text } from '../model/text.ts';
import { exampleOf, meant } from '../run/example.ts';
import { type Prepared, prepare } from '../run/prepare.ts';
import { runWords } from '../run/words.ts';
import type { ExitStatus } from './command.ts';
import type { Context } from './context.ts';
import { worst } from './shapes.ts';

/** Whose rows an example shows. */
export const showsRowsOf = ({ shown, count }: { readonly shown: string; readonly count: number }): Text => ({
  zh: `看到的是 ${shown} 的那几行;这次共 ${count} 个收件人,各收各的。`,
  en: `This shows the rows of ${shown}, one of ${count} recipients; each gets their own.`,
});

type Own = Extract<Prepared, { is: 'each' }>;
const theirRecipients = (prepared: Own): readonly Recipient[] => meant(prepared).map(({ recipient }) => recipient);

/** Rows that nobody would get, with why. */
const nowhereOf = (prepared: Prepared, lang: Lang): readonly string[] =>
  prepared.is === 'each'
    ? prepared.theirs.flatMap((their) =>
        their.nowhere === null || !prepared.concerns(their) ? [] : [say(their.nowhere.message, lang)],
      )
    : [];

/** Everything up to the send: data, condition, message, who would get it. The ledger is read at most. */
export const dryRun = async (
  app: App,
  jobs: readonly Job[],
  wanted: readonly NewRun[],
  { to, force }: { to: readonly Recipient[]; force: boolean },
  { out }: Context,
): Promise<ExitStatus> => {
  const reports = [];
  const statuses: ExitStatus[] = [];
  for (const [i, job] of jobs.entries()) {
    const run = wanted[i];
    const due = run?.dueAt ?? run?.notBefore ?? 0;
    try {
      const prepared = await prepare(job, { due, run: null, test: to.length > 0, force, to }, app.preparation());
      if (prepared.is === 'skipped') {
        out.line(`- ${job.name}: ${say(prepared.reason.message, out.lang)}`);
        reports.push({ job: job.name, dryRun: true, state: 'skipped', reason: prepared.reason.code, recipients: [] });
        continue;
      }
      const example = await exampleOf(prepared, to);
      const named =
        to.length > 0 || prepared.is === 'message' ? (to.length > 0 ? to : job.to) : theirRecipients(prepared);
      const recipients = named.map(({ shown }) => shown);
      if (example === null) {
        const { message } = runWords['no-recipients']({ job: job.name });
        out.line(`- ${job.name}: ${say(message, out.lang)}`);
        reports.push({ job: job.name, dryRun: true, state: 'skipped', reason: 'no-recipients', recipients: [] });
        continue;
      }
      out.problems(example.warnings);
      const [{ card, content }, ...attached] = example.parts;
      const bytes = Buffer.byteLength(content.body);
      const files = attached.flatMap((part) =>
        part.files.map(({ name, bytes: { length } }) => ({ name, bytes: length })),
      );
      out.line(
        out.say({
          zh: `${job.name}: 会发给 ${recipients.length} 个收件人(${recipients.join('、')}),${bytes} 字节;没有发送。`,
          en: `${job.name}: would go to ${recipients.length} (${recipients.join(', ')}), ${bytes} bytes; nothing was sent.`,
        }),
      );
      if (example.of !== null) out.line(`  ${out.say(showsRowsOf(example.of))}`);
      for (const each of nowhereOf(prepared, out.lang)) out.line(`  ! ${each}`);
      for (const file of files)
        out.line(
          out.say({
            zh: `  附件 ${file.name},${file.bytes} 字节`,
            en: `  attached: ${file.name}, ${file.bytes} bytes`,
          }),
        );
      reports.push({
        job: job.name,
        dryRun: true,
        state: 'ready',
        recipients,
        msgType: content.msgType,
        content: card ?? JSON.parse(content.body),
        bytes,
        attached: files,
        ...(example.of === null ? {} : { shows: example.of.shown, nowhere: nowhereOf(prepared, out.lang) }),
        parts: example.parts.map(({ kind }) => kind),
        cuts: example.cuts.map((cut) => ({ ...cut })),
      });
    } catch (error) {
      if (!(error instanceof LarkcronError) || jobs.length === 1) throw error;
      out.problems(error.problems);
      out.note(say(error.explanation.message, out.lang));
      reports.push({ job: job.name, dryRun: true, state: 'failed', reason: error.code, recipients: [] });
      statuses.push(error.status);
    }
  }
  out.data(reports.length === 1 ? reports[0] : { runs: reports });
  return worst(statuses);
};
