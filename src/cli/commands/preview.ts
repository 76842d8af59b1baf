import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkJob } from '../../check/check-job.ts';
import { badSettings, soundJobs } from '../../config/load.ts';
import { type Dataset, datasetOf, type Json, type Row } from '../../model/dataset.ts';
import { failure, isError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import type { Ms } from '../../model/time.ts';
import { type Preparation, prepare } from '../../run/prepare.ts';
import { previousDue } from '../../schedule/cron.ts';
import { type Act, flag, text } from '../command.ts';
import type { Context } from '../context.ts';
import { recipientsFrom } from '../recipients.ts';
import { parseTime } from '../time.ts';
import { cliWords } from '../words.ts';
import { readJson } from './check.ts';

const dueOf = (job: Job, written: string | null, zone: string, now: Ms): Ms => {
  if (written === null) return now;
  if (written === 'last') return (job.schedule === null ? null : previousDue(job.schedule, now)) ?? now;
  return parseTime('--due', written, { zone, now });
};

/** `{ stores: [ {…}, … ] }`: these datasets instead of the job's sources. */
const givenData = (json: Json, file: string): Readonly<Record<string, Dataset>> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw failure(cliWords, 'not-json', { from: file, why: '{ "dataset": [ { … } ] }' }, { status: 2 });
  }
  return Object.fromEntries(
    Object.entries(json).map(([name, rows]) => {
      const list = Array.isArray(rows) ? rows : (rows as { rows?: Json } | null)?.rows;
      if (!Array.isArray(list))
        throw failure(cliWords, 'not-json', { from: file, why: `${name}: [ { … } ]` }, { status: 2 });
      return [name, datasetOf(list as Row[])];
    }),
  );
};

/** The job as it is, with its sources answered from a file. */
const withData = (preparation: Preparation, job: Job, data: Readonly<Record<string, Dataset>>): Preparation => {
  const nameOf = (spec: Job['data'][string]) => Object.entries(job.data).find(([, each]) => each === spec)?.[0] ?? '';
  return {
    ...preparation,
    fetchSource: async (spec, context) => data[nameOf(spec)] ?? preparation.fetchSource(spec, context),
  };
};

/** One file a card: of several the second is `NAME-2.html`. */
const writePages = async (html: string, cards: readonly Json[], job: Job, { out, cwd }: Context): Promise<void> => {
  const { cardPage } = await import('../../picture/html.ts');
  for (const [i, each] of cards.entries()) {
    const file = i === 0 ? html : html.replace(/(\.[^./\\]*)?$/, `-${i + 1}$1`);
    writeFileSync(resolve(cwd, file), cardPage(each, { title: job.name, lang: job.lang }));
    out.note(out.say({ zh: `已写入 ${file}`, en: `written to ${file}` }));
  }
  if (cards.length === 0)
    out.note(
      out.say({
        zh: '这条消息不是卡片 JSON,没有画出 HTML。',
        en: 'This message is no card JSON: no HTML was drawn.',
      }),
    );
};

/** `larkcron preview`: the message with real data, sent to nobody. */
export const preview: Act = async ({ args, options }, context) => {
  const { out, clock } = context;
  const project = context.project([...args]);
  const [job] = soundJobs(project, args);
  if (job === undefined) return 2;
  const problems = checkJob(job);
  if (problems.some(isError)) throw badSettings(problems.filter(isError));
  const only = text(options, 'for');
  if (only !== null) recipientsFrom([only], project);

  const app = await context.app(project);
  const file = text(options, 'data');
  const preparation =
    file === null ? app.preparation() : withData(app.preparation(), job, givenData(readJson(file, context.cwd), file));
  const due = dueOf(job, text(options, 'due'), job.schedule?.timezone ?? project.settings.timezone, clock.now());
  const prepared = await prepare(job, { due, run: null, test: false, force: true }, preparation);
  if (prepared.is === 'skipped') return 0;
  out.problems([...problems, ...prepared.warnings]);

  const [{ card, content, files }, ...attached] = prepared.parts;
  const cards = prepared.parts.flatMap((part) => (part.card === null ? [] : [part.card]));
  const whole = cards.length > 1 ? cards : (card ?? (JSON.parse(content.body) as Json));
  const html = text(options, 'html');
  if (html !== null) await writePages(html, cards, job, context);
  if (flag(options, 'card'))
    for (const each of cards.length > 1 ? cards : [whole]) out.result(JSON.stringify(each, null, 2));
  else if (html === null && !out.json) {
    const { cardToTerminal } = await import('../../picture/terminal.ts');
    const { referenceToTerminal } = await import('../../picture/reference.ts');
    const look = { width: Math.min(out.width, 80), color: out.color };
    for (const each of cards) out.result(cardToTerminal(each, look));
    if (card === null)
      out.result(
        referenceToTerminal(whole as Json, job.lang) ??
          String((whole as { text?: string }).text ?? files[0]?.name ?? ''),
      );
  }
  for (const { name, bytes } of attached.flatMap((part) => part.files))
    out.note(out.say({ zh: `附件 ${name},${bytes.length} 字节`, en: `attached: ${name}, ${bytes.length} bytes` }));
  out.data(whole);
  return 0;
};
