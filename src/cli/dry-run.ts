import { type DryRun, dryRunOf, showsRowsOf } from '../acts/dry-run.ts';
import type { App } from '../app.ts';
import type { NewRun } from '../ledger/ledger.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Recipient } from '../model/recipient.ts';
import { say } from '../model/text.ts';
import type { ExitStatus } from './command.ts';
import type { Context } from './context.ts';
import { worst } from './exit-status.ts';

/** Says what a run of the job would do, and gives it as programs read it. */
const tell = (job: Job, dry: DryRun, { out }: Context) => {
  if (dry.is === 'skipped') {
    out.line(`- ${job.name}: ${say(dry.reason.message, out.lang)}`);
    return { job: job.name, dryRun: true, state: 'skipped', reason: dry.reason.code, recipients: [] };
  }
  const { example, recipients } = dry;
  const nowhere = dry.nowhere.map((each) => say(each, out.lang));
  out.problems(example.warnings);
  const [{ card, content }, ...attached] = example.parts;
  const bytes = Buffer.byteLength(content.body);
  const files = attached.flatMap((part) => part.files.map(({ name, bytes: { length } }) => ({ name, bytes: length })));
  out.line(
    out.say({
      zh: `${job.name}: 会发给 ${recipients.length} 个收件人(${recipients.join('、')}),${bytes} 字节;没有发送。`,
      en: `${job.name}: would go to ${recipients.length} (${recipients.join(', ')}), ${bytes} bytes; nothing was sent.`,
    }),
  );
  if (example.of !== null) out.line(`  ${out.say(showsRowsOf(example.of))}`);
  for (const each of nowhere) out.line(`  ! ${each}`);
  for (const file of files)
    out.line(
      out.say({ zh: `  附件 ${file.name},${file.bytes} 字节`, en: `  attached: ${file.name}, ${file.bytes} bytes` }),
    );
  return {
    job: job.name,
    dryRun: true,
    state: 'ready',
    recipients,
    msgType: content.msgType,
    content: card ?? JSON.parse(content.body),
    bytes,
    attached: files,
    ...(example.of === null ? {} : { shows: example.of.shown, nowhere }),
    parts: example.parts.map(({ kind }) => kind),
    cuts: example.cuts.map((cut) => ({ ...cut })),
  };
};

/** `run --dry-run`: each job in turn; of several one that cannot be prepared does not stop the others. */
export const dryRun = async (
  app: App,
  jobs: readonly Job[],
  wanted: readonly NewRun[],
  how: { to: readonly Recipient[]; force: boolean },
  context: Context,
): Promise<ExitStatus> => {
  const { out } = context;
  const reports = [];
  const statuses: ExitStatus[] = [];
  for (const [i, job] of jobs.entries()) {
    const run = wanted[i];
    if (run === undefined) continue;
    try {
      reports.push(tell(job, await dryRunOf(app, job, run, how), context));
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
