import { recipientsFrom } from '../../acts/recipients.ts';
import { parseTime } from '../../acts/time.ts';
import { actWords } from '../../acts/words.ts';
import type { Dataset } from '../../model/dataset.ts';
import { failure } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import { withoutRepeats } from '../../model/repeats.ts';
import { say } from '../../model/text.ts';
import type { Ms } from '../../model/time.ts';
import { utc } from '../../report/run-json.ts';
import { exampleOf } from '../../run/example.ts';
import type { Preparation } from '../../run/gather.ts';
import { prepare } from '../../run/prepare.ts';
import { runWords } from '../../run/words.ts';
import { previousDue } from '../../schedule/dues.ts';
import { findingOf } from '../answer.ts';
import { atMost } from '../at-most.ts';
import type { Handler } from '../bind.ts';
import { drawParts } from '../draw.ts';
import type { reads } from '../routes/reads.ts';
import { runnableJob } from './jobs.ts';

const dueOf = (job: Job, written: string | undefined, zone: string, now: Ms): Ms => {
  if (written === undefined) return now;
  if (written === 'last') return (job.schedule === null ? null : previousDue(job.schedule, now)) ?? now;
  return parseTime('due', written, { zone, now });
};

interface Read {
  readonly dataset: string;
  readonly rows: number;
  readonly tookMs: Ms;
}

/** Each source is asked once, however often the message is made; what it gave is noted. */
const askingOnce = (preparation: Preparation) => {
  const known = new Map<unknown, Promise<Dataset>>();
  const reads = new Map<string, Read>();
  const once: Preparation = {
    ...preparation,
    fetchSource: (spec, context) => {
      const before = known.get(spec);
      if (before !== undefined) return before;
      const asked = preparation.fetchSource(spec, context);
      known.set(spec, asked);
      return asked;
    },
    report: (event) => {
      if (event.event !== 'source.read' || reads.has(event.dataset)) return;
      preparation.report(event);
      reads.set(event.dataset, { dataset: event.dataset, rows: event.rows, tookMs: event.tookMs });
    },
  };
  return { once, reads };
};

/** Sources may be slow and large: a page that is looked at by many must not keep the sender from its work. */
const few = atMost(2);

export const preview: Handler<typeof reads.preview> = async ({ params, query }, { app, clock, lang }) =>
  few(async () => {
    const { project } = app;
    const began = clock.monotonic();
    const { job, problems } = runnableJob(app, params.job);
    const wanted = query.for === undefined ? [] : recipientsFrom([query.for], project);
    const due = dueOf(job, query.due, job.schedule?.timezone ?? project.settings.timezone, clock.now());
    const { once, reads } = askingOnce(app.preparation());
    const occasion = { due, run: null, test: false };
    // drawn in spite of its conditions; what they say is said beside it
    const forced = await prepare(job, { ...occasion, force: true }, once);
    const meant = await prepare(job, { ...occasion, force: false }, once).catch(() => null);
    if (forced.is === 'skipped') throw failure(runWords, 'no-recipients', { job: job.name }, { status: 1 });
    const example = await exampleOf(forced, wanted);
    if (example === null) throw failure(runWords, 'no-recipients', { job: job.name }, { status: 1 });
    const { of, parts, warnings } = example;
    if (of !== null && wanted.length > 0 && !wanted.some(({ shown }) => shown === of.shown))
      throw failure(actWords, 'no-rows-of', { recipient: query.for ?? '', job: job.name }, { status: 2 });
    const reason = meant?.is === 'skipped' ? meant.reason : null;
    return {
      due: utc(due),
      skipped: reason === null ? null : { code: reason.code, message: say(reason.message, lang) },
      shows: of === null ? null : { recipient: of.shown, of: of.count },
      parts: drawParts(parts, job.lang),
      findings: withoutRepeats([...problems, ...warnings]).map((each) =>
        findingOf(each, lang, project.settings.directory),
      ),
      sources: [...reads.values()],
      tookMs: Math.round(clock.monotonic() - began),
    };
  });
