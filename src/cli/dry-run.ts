import type { App } from '../app.ts';
import type { NewRun } from '../ledger/ledger.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Recipient } from '../model/recipient.ts';
import { say } from '../model/text.ts';
import { prepare } from '../run/prepare.ts';
import type { ExitStatus } from './command.ts';
import type { Context } from './context.ts';
import { worst } from './shapes.ts';

/** Everything up to the send: data, condition, message, who would get it. The ledger is not opened. */
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
    const recipients = (to.length > 0 ? to : job.to).map(({ shown }) => shown);
    try {
      const prepared = await prepare(job, { due, run: null, test: to.length > 0, force, to }, app.preparation());
      if (prepared.is === 'skipped') {
        out.line(`- ${job.name}: ${say(prepared.reason.message, out.lang)}`);
        reports.push({ job: job.name, dryRun: true, state: 'skipped', reason: prepared.reason.code, recipients: [] });
        continue;
      }
      out.problems(prepared.warnings);
      const [{ card, content }, ...attached] = prepared.parts;
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
        parts: prepared.parts.map(({ kind }) => kind),
        cuts: prepared.cuts.map((cut) => ({ ...cut })),
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
