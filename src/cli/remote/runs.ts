import { MOST_BACKFILLED } from '../../acts/backfill.ts';
import { clockText } from '../../acts/time.ts';
import { badSettings } from '../../config/load.ts';
import { failure } from '../../model/errors.ts';
import type { Text } from '../../model/text.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import { acts } from '../../web/routes/acts.ts';
import { reads } from '../../web/routes/reads.ts';
import type { started } from '../../web/schemas/acts.ts';
import type { z } from '../../web/schemas/zod.ts';
import { type Act, type ExitStatus, flag, type Options, text, texts } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { worst } from '../exit-status.ts';
import { alreadyLines, backfillQuestion } from '../picture-of-backfill.ts';
import { parseCount, parseWait } from '../time.ts';
import { cliWords } from '../words.ts';
import { type Story, statusOfStory, storyJson, storyLines } from './lines.ts';
import { part, problemOf, type Server, serverOf } from './server.ts';

const GLANCE: Ms = SECOND / 2;

const isOpen = ({ run: { state } }: Story): boolean => ['pending', 'running', 'delivering'].includes(state);

/** The runs as they are when the server has done with them, or the wait is over. */
const settled = async (
  server: Server,
  ids: readonly string[],
  wait: Ms,
  { clock, signal }: Context,
): Promise<readonly Story[]> => {
  const until = clock.monotonic() + wait;
  for (;;) {
    const stories: Story[] = [];
    for (const id of ids) stories.push(await server.get(`/api/runs/${part(id)}`, reads.run.answer));
    if (!stories.some(isOpen) || signal.aborted || clock.monotonic() >= until) return stories;
    await clock.sleep(GLANCE, signal);
  }
};

const print = (stories: readonly Story[], { out }: Context): ExitStatus => {
  for (const story of stories) out.lines(storyLines(story, out.lang), { failed: statusOfStory(story) !== 0 });
  const reports = stories.map((story) => storyJson(story, { tries: false }));
  out.data(reports.length === 1 ? reports[0] : { runs: reports });
  return worst(stories.map(statusOfStory));
};

const ask = async (question: Text, options: Options, context: Context): Promise<void> => {
  if (!flag(options, 'yes')) await confirm(question, context);
};

const dryRunLines = (job: string, dry: NonNullable<z.output<typeof started>['dryRun']>, { out }: Context): void => {
  if (dry.state === 'skipped') {
    out.line(`- ${job}: ${dry.reason ?? ''}`);
    return;
  }
  const { recipients, nowhere } = dry;
  out.line(
    out.say({
      zh: `${job}: 会发给 ${recipients.length} 个收件人(${recipients.join('、')});没有发送。`,
      en: `${job}: would go to ${recipients.length} (${recipients.join(', ')}); nothing was sent.`,
    }),
  );
  for (const each of nowhere) out.line(`  ! ${each}`);
};

/**
 * Asks once where these jobs go to more than one person. Of several nothing is sent unless all are sound: throws what the
 * server says of the first that is not.
 */
const askForJobs = async (
  server: Server,
  jobs: readonly string[],
  { to, quiet }: { to: readonly string[]; quiet: boolean },
  options: Options,
  context: Context,
): Promise<void> => {
  let people = to.length;
  const inData: string[] = [];
  for (const job of jobs) {
    const { findings, to: named, each } = await server.get(`/api/jobs/${part(job)}`, reads.job.answer);
    const faults = findings.filter(({ severity }) => severity === 'error').map(problemOf);
    if (faults.length > 0 && jobs.length > 1) throw badSettings(faults);
    if (to.length > 0) continue;
    people += named.length;
    if (each !== null) inData.push(each);
  }
  if (quiet) return;
  const data = inData.join(', ');
  if (data !== '')
    await ask({ zh: `要发给 ${data} 里的每个人吗?`, en: `Send to everybody who stands in ${data}?` }, options, context);
  else if (people > 1)
    await ask({ zh: `要发给 ${people} 个收件人吗?`, en: `Send to ${people} recipients?` }, options, context);
};

/** `larkcron run JOB… --server URL`: the running daemon does it; this waits and reports. */
export const run: Act = async ({ args, options }, context) => {
  const { out } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const server = serverOf(options, context);
  const to = texts(options, 'to');
  const body = {
    to: to.length === 0 ? ('everyone' as const) : to,
    due: text(options, 'due'),
    force: flag(options, 'force'),
    dryRun: flag(options, 'dryRun'),
  };
  try {
    await askForJobs(server, args, { to, quiet: body.dryRun }, options, context);
    const answers = [];
    for (const job of args) answers.push(await server.post(`/api/jobs/${part(job)}/runs`, body, acts.startRun.answer));
    if (body.dryRun) {
      for (const [i, { dryRun }] of answers.entries()) if (dryRun !== null) dryRunLines(args[i] ?? '', dryRun, context);
      const dry = answers.map(({ dryRun }, i) => ({ job: args[i], ...dryRun }));
      out.data(dry.length === 1 ? dry[0] : { runs: dry });
      return 0;
    }
    const ids = answers.flatMap((each) => (each.run === null ? [] : [each.run.id]));
    return print(await settled(server, ids, wait, context), context);
  } finally {
    server.close();
  }
};

/** `larkcron backfill JOB --since --until --server URL` */
export const backfill: Act = async ({ args, options }, context) => {
  const { out } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const max = parseCount('--max', text(options, 'max'), MOST_BACKFILLED);
  const since = text(options, 'since');
  if (since === null) throw failure(cliWords, 'backfill-since', undefined, { status: 2 });
  const server = serverOf(options, context);
  const path = `/api/jobs/${part(args[0] ?? '')}`;
  const stretch = { since, until: text(options, 'until'), max };
  try {
    const { job, to } = await server.get(path, reads.job.answer);
    const { dues } = await server.post(`${path}/backfill`, { ...stretch, dryRun: true }, acts.backfill.answer);
    if (flag(options, 'dryRun')) {
      for (const due of dues) out.line(clockText(Date.parse(due), job.timezone));
      out.data({ job: job.job, dues });
      return 0;
    }
    if (dues.length * to.length > 1) await ask(backfillQuestion(dues.length, to.length), options, context);
    const { runs, already } = await server.post(`${path}/backfill`, stretch, acts.backfill.answer);
    const stories = await settled(
      server,
      runs.map(({ id }) => id),
      wait,
      context,
    );
    for (const story of stories) out.lines(storyLines(story, out.lang), { failed: statusOfStory(story) !== 0 });
    for (const line of alreadyLines(already.map(Date.parse), dues.length, job.timezone)) out.line(out.say(line));
    out.data({ runs: stories.map((story) => story.run), already });
    return worst(stories.map(statusOfStory));
  } finally {
    server.close();
  }
};

/** `larkcron resend RUN --server URL` */
export const resend: Act = async ({ args, options }, context) => {
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const server = serverOf(options, context);
  const to = texts(options, 'to');
  try {
    const { run: of, acts: may } = await server.get(`/api/runs/${part(args[0] ?? '')}`, reads.run.answer);
    const most = may.resend + (flag(options, 'unknown') ? may.resendUnknown : 0);
    const messages = to.length === 0 ? most : Math.min(most, to.length);
    if (messages > 1)
      await ask({ zh: `要重发 ${messages} 条吗?`, en: `Send ${messages} messages again?` }, options, context);
    await server.post(
      `/api/runs/${of.id}/resend`,
      { unknown: flag(options, 'unknown'), to: to.length === 0 ? null : to, render: flag(options, 'render') },
      acts.resend.answer,
    );
    return print(await settled(server, [of.id], wait, context), context);
  } finally {
    server.close();
  }
};

/** `larkcron cancel RUN --server URL` */
export const cancel: Act = async ({ args, options }, context) => {
  const server = serverOf(options, context);
  try {
    const { run: of, touched } = await server.post(`/api/runs/${part(args[0] ?? '')}/cancel`, {}, acts.cancel.answer);
    context.out.line(
      context.out.say(
        touched === 0
          ? { zh: '没有可取消的:都已发出或已结束。', en: 'Nothing to cancel: all has left or ended.' }
          : { zh: `取消了 ${touched} 项。`, en: `${touched} cancelled.` },
      ),
    );
    print(await settled(server, [of.id], 0, context), context);
    return 0;
  } finally {
    server.close();
  }
};

/** `larkcron recall RUN --server URL` */
export const recall: Act = async ({ args, options }, context) => {
  const { clock, signal } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const server = serverOf(options, context);
  try {
    const { run: of, acts: may } = await server.get(`/api/runs/${part(args[0] ?? '')}`, reads.run.answer);
    if (may.recall > 1)
      await ask({ zh: `要撤回 ${may.recall} 条消息吗?`, en: `Take ${may.recall} messages back?` }, options, context);
    await server.post(`/api/runs/${of.id}/recall`, {}, acts.recall.answer);
    const until = clock.monotonic() + wait;
    const isThere = ({ state, recalledAt }: Story['deliveries'][number]) =>
      state === 'delivered' && recalledAt === null;
    for (;;) {
      const story = await server.get(`/api/runs/${of.id}`, reads.run.answer);
      const left = story.deliveries.filter((each) => isThere(each) && each.reason === null);
      if (left.length > 0 && !signal.aborted && clock.monotonic() < until) {
        await clock.sleep(GLANCE, signal);
        continue;
      }
      print([story], context);
      if (left.length > 0 || story.deliveries.some(({ state }) => state === 'unknown')) return 3;
      return story.deliveries.some(isThere) ? 1 : 0;
    }
  } finally {
    server.close();
  }
};
