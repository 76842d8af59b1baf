import { duesToBackfill, openBackfill } from '../../acts/backfill.ts';
import { cancelRun } from '../../acts/cancel.ts';
import { dryRunOf } from '../../acts/dry-run.ts';
import { quotaOf } from '../../acts/guard.ts';
import { runFor } from '../../acts/open-run.ts';
import { pauseJob, pauseUntil, resumeJob } from '../../acts/pause.ts';
import { isThere } from '../../acts/recall.ts';
import { recipientsFrom } from '../../acts/recipients.ts';
import { resendOf } from '../../acts/resend.ts';
import { theRun } from '../../acts/the-run.ts';
import { parseTime } from '../../acts/time.ts';
import type { App } from '../../app.ts';
import type { Run } from '../../model/run.ts';
import { type Lang, say } from '../../model/text.ts';
import { utc } from '../../report/run-json.ts';
import { findingOf } from '../answer.ts';
import { atMost } from '../at-most.ts';
import type { Handler } from '../bind.ts';
import { drawParts } from '../draw.ts';
import { askedFor, sameRun } from '../once.ts';
import type { acts } from '../routes/acts.ts';
import { runRow } from '../rows.ts';
import { knownOf, rowOf, runnableJob, soundJob } from '../show/jobs.ts';

const addressees = (to: 'everyone' | 'me' | readonly string[]): readonly string[] =>
  to === 'everyone' ? [] : to === 'me' ? ['me'] : to;

const few = atMost(2);

export const startRun: Handler<typeof acts.startRun> = async ({ params, body }, { app, clock, lang, key }) => {
  const { job } = runnableJob(app, params.job);
  const to = recipientsFrom(addressees(body.to), app.project);
  const { force, due } = body;
  const asked = askedFor(body);
  const wanted = runFor(job, { due, to, force, api: { key, asked } }, app, clock.now());
  if (!body.dryRun) {
    const opened = await app.ledger().runs.open(wanted, quotaOf(to, app.project.settings));
    return { run: runRow(sameRun(opened, key, asked), lang), mine: opened.mine, dryRun: null };
  }
  const dry = await few(() => dryRunOf(app, job, wanted, { to, force }));
  const nothing = { reason: null, recipients: [], shows: null, nowhere: [], parts: [], findings: [] };
  if (dry.is === 'skipped') {
    const reason = say(dry.reason.message, lang);
    return { run: null, mine: true, dryRun: { ...nothing, state: 'skipped', reason } };
  }
  const { example, recipients, nowhere } = dry;
  return {
    run: null,
    mine: true,
    dryRun: {
      ...nothing,
      state: 'ready',
      recipients: [...recipients],
      shows: example.of?.shown ?? null,
      nowhere: nowhere.map((each) => say(each, lang)),
      parts: drawParts(example.parts, job.lang),
      findings: example.warnings.map((each) => findingOf(each, lang, app.project.settings.directory)),
    },
  };
};

export const backfill: Handler<typeof acts.backfill> = async ({ params, body }, { app, clock, lang }) => {
  const { job } = runnableJob(app, params.job);
  const { timezone, retention } = app.project.settings;
  const now = clock.now();
  const of = { zone: job.schedule?.timezone ?? timezone, now };
  const since = parseTime('since', body.since, of);
  const until = body.until === null ? now : parseTime('until', body.until, of);
  const dues = duesToBackfill(job, { since, until, most: body.max, now, keep: retention.runs });
  const { opened, already } = body.dryRun ? { opened: [], already: [] } : await openBackfill(app, job, dues, now);
  return { dues: dues.map(utc), runs: opened.map((run) => runRow(run, lang)), already: already.map(utc) };
};

const asItIs = async (app: App, run: Run, touched: number, lang: Lang) => ({
  run: runRow((await app.ledger().history.run(run.id)) ?? run, lang),
  touched,
});

export const resend: Handler<typeof acts.resend> = async ({ params, body }, { app, clock, lang }) => {
  const run = await theRun(app, params.run);
  const again = await resendOf(app, run, { ...body, to: body.to ?? [] });
  return asItIs(app, run, again.isNothing ? 0 : await again.send(clock.now()), lang);
};

export const recall: Handler<typeof acts.recall> = async ({ params }, { app, lang }) => {
  const { history, runs } = app.ledger();
  const run = await theRun(app, params.run);
  const there = (await history.deliveries(run.id)).filter(isThere).length;
  await runs.recall(run.id);
  return asItIs(app, run, there, lang);
};

export const cancel: Handler<typeof acts.cancel> = async ({ params }, { app, lang }) => {
  const run = await theRun(app, params.run);
  return asItIs(app, run, await cancelRun(app, run), lang);
};

export const pause: Handler<typeof acts.pause> = async ({ params, body }, { app, clock, lang }) => {
  const job = soundJob(app, params.job);
  const zone = job.schedule?.timezone ?? app.project.settings.timezone;
  const until = pauseUntil('until', body.until, { zone, now: clock.now() });
  await pauseJob(app, job, { until, reason: body.reason === '' ? null : body.reason });
  return rowOf(app, job.name, await knownOf(app, [job.name], clock.now(), lang));
};

export const resume: Handler<typeof acts.resume> = async ({ params }, { app, clock, lang }) => {
  const job = soundJob(app, params.job);
  await resumeJob(app, job);
  return rowOf(app, job.name, await knownOf(app, [job.name], clock.now(), lang));
};
