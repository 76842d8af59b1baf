import { badSettings } from '../../config/load.ts';
import type { Text } from '../../model/text.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import type { acted, started } from '../../web/schemas/acts.ts';
import type { jobDetail } from '../../web/schemas/job.ts';
import type { z } from '../../web/schemas/zod.ts';
import { type Act, type ExitStatus, flag, text, texts } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { worst } from '../exit-status.ts';
import { parseWait } from '../time.ts';
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
    for (const id of ids) stories.push(await server.get<Story>(`/api/runs/${part(id)}`));
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

const ask = async (question: Text, options: Parameters<Act>[0]['options'], context: Context): Promise<void> => {
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

/** Nothing is sent unless all that are named are sound. Throws what the server says of the first that is not. */
const mustBeSound = async (server: Server, jobs: readonly string[]): Promise<void> => {
  if (jobs.length < 2) return;
  for (const job of jobs) {
    const { findings } = await server.get<z.output<typeof jobDetail>>(`/api/jobs/${part(job)}`);
    const faults = findings.filter(({ severity }) => severity === 'error').map(problemOf);
    if (faults.length > 0) throw badSettings(faults);
  }
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
    const names = args.join(', ');
    if (!body.dryRun && to.length === 0)
      await ask({ zh: `要在那台服务器上运行 ${names} 吗?`, en: `Run ${names} on that server?` }, options, context);
    await mustBeSound(server, args);
    const answers = [];
    for (const job of args)
      answers.push(await server.post<z.output<typeof started>>(`/api/jobs/${part(job)}/runs`, body));
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

/** `larkcron resend RUN --server URL` */
export const resend: Act = async ({ args, options }, context) => {
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const server = serverOf(options, context);
  const to = texts(options, 'to');
  try {
    const { run: of } = await server.get<Story>(`/api/runs/${part(args[0] ?? '')}`);
    await ask({ zh: '要重发没有送达的吗?', en: 'Resend what did not arrive?' }, options, context);
    await server.post<z.output<typeof acted>>(`/api/runs/${of.id}/resend`, {
      unknown: flag(options, 'unknown'),
      to: to.length === 0 ? null : to,
      render: flag(options, 'render'),
    });
    return print(await settled(server, [of.id], wait, context), context);
  } finally {
    server.close();
  }
};

/** `larkcron cancel RUN --server URL` */
export const cancel: Act = async ({ args, options }, context) => {
  const server = serverOf(options, context);
  try {
    const { run: of, touched } = await server.post<z.output<typeof acted>>(`/api/runs/${part(args[0] ?? '')}/cancel`);
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
    const { run: of, acts } = await server.get<Story>(`/api/runs/${part(args[0] ?? '')}`);
    if (acts.recall > 1)
      await ask({ zh: `要撤回 ${acts.recall} 条消息吗?`, en: `Take ${acts.recall} messages back?` }, options, context);
    await server.post<z.output<typeof acted>>(`/api/runs/${of.id}/recall`);
    const until = clock.monotonic() + wait;
    const isThere = ({ state, recalledAt }: Story['deliveries'][number]) =>
      state === 'delivered' && recalledAt === null;
    for (;;) {
      const story = await server.get<Story>(`/api/runs/${of.id}`);
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
