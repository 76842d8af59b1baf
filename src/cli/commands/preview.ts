import { showsRowsOf } from '../../acts/dry-run.ts';
import { recipientsFrom } from '../../acts/recipients.ts';
import { parseTime } from '../../acts/time.ts';
import { actWords } from '../../acts/words.ts';
import { checkJob } from '../../check/check-job.ts';
import { badSettings, soundJobs } from '../../config/load.ts';
import { type Dataset, datasetOf, type Json, type Row } from '../../model/dataset.ts';
import { failure, isError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import { withoutRepeats } from '../../model/repeats.ts';
import type { Ms } from '../../model/time.ts';
import { exampleOf } from '../../run/example.ts';
import { withData } from '../../run/given-data.ts';
import type { Part } from '../../run/parts.ts';
import { prepare } from '../../run/prepare.ts';
import { runWords } from '../../run/words.ts';
import { previousDue } from '../../schedule/dues.ts';
import { type Act, flag, text } from '../command.ts';
import type { Output } from '../output.ts';
import { readJson } from '../read-json.ts';
import { cliWords } from '../words.ts';

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

/** `larkcron preview`: the message with real data, sent to nobody. */
export const preview: Act = async ({ args, options }, context) => {
  const { out, clock } = context;
  const project = context.project([...args]);
  const [job] = soundJobs(project, args);
  if (job === undefined) return 2;
  const problems = checkJob(job);
  if (problems.some(isError)) throw badSettings(problems.filter(isError));
  const only = text(options, 'for');
  const wanted = only === null ? [] : recipientsFrom([only], project);

  const app = await context.app(project);
  const file = text(options, 'data');
  const preparation =
    file === null ? app.preparation() : withData(app.preparation(), job, givenData(readJson(file, context.cwd), file));
  const due = dueOf(job, text(options, 'due'), job.schedule?.timezone ?? project.settings.timezone, clock.now());
  const prepared = await prepare(job, { due, run: null, test: false, force: true }, preparation);
  if (prepared.is === 'skipped') return 0;
  const example = await exampleOf(prepared, wanted);
  if (example === null) throw failure(runWords, 'no-recipients', { job: job.name }, { status: 1 });
  const { parts, warnings, of } = example;
  out.problems(withoutRepeats([...problems, ...warnings]));
  if (of !== null) {
    if (wanted.length > 0 && !wanted.some(({ shown }) => shown === of.shown))
      throw failure(actWords, 'no-rows-of', { recipient: only ?? '', job: job.name }, { status: 2 });
    out.note(out.say(showsRowsOf(of)));
  }

  const [{ card, content }] = parts;
  const cards = parts.flatMap((part) => (part.card === null ? [] : [part.card]));
  const whole = cards.length > 1 ? cards : (card ?? (JSON.parse(content.body) as Json));
  const drawing = { html: text(options, 'html'), png: text(options, 'png'), open: flag(options, 'open') };
  const { drawMessage } = await import('../picture-of-message.ts');
  const drawn = await drawMessage(parts, drawing, job, context);
  if (flag(options, 'card'))
    for (const each of cards.length > 1 ? cards : [whole]) out.result(JSON.stringify(each, null, 2));
  else if (!drawn && !out.json) await showParts(parts, job, out);
  out.data(whole);
  return 0;
};

/** Every part as the terminal can show it: cards drawn, texts as they are, files by name. */
const showParts = async (parts: readonly Part[], job: Job, out: Output): Promise<void> => {
  const { cardToTerminal } = await import('../../picture/terminal.ts');
  const { referenceToTerminal } = await import('../../picture/reference.ts');
  for (const { card, content, files } of parts) {
    const [file] = files;
    if (card !== null)
      out.result(cardToTerminal(card, { width: Math.min(out.width, 80), color: out.color, lang: job.lang }));
    else if (content.msgType === 'interactive')
      out.result(referenceToTerminal(JSON.parse(content.body) as Json, job.lang) ?? content.body);
    else if (content.msgType === 'post') {
      const { plainPost } = await import('../../card/post.ts');
      out.result(plainPost(JSON.parse(content.body) as Json, job.lang));
    } else if (content.msgType === 'text') out.result((JSON.parse(content.body) as { text: string }).text);
    else if (file !== undefined)
      out.note(
        out.say({
          zh: `附件 ${file.name},${file.bytes.length} 字节`,
          en: `attached: ${file.name}, ${file.bytes.length} bytes`,
        }),
      );
  }
};
