import { clockText, parseTime } from '../../acts/time.ts';
import { MARKS, STATE_WORDS } from '../../model/state-words.ts';
import { acts } from '../../web/routes/acts.ts';
import { reads } from '../../web/routes/reads.ts';
import type { z } from '../../web/schemas/zod.ts';
import { type Act, flag, type Options, text, texts } from '../command.ts';
import type { Context } from '../context.ts';
import { exitOf, statusLines } from '../picture-of-status.ts';
import { parseCount } from '../time.ts';
import { type RunRow, storyJson, storyLines } from './lines.ts';
import { part, type Server, serverOf } from './server.ts';

const shown = (iso: string | null, zone: string): string => (iso === null ? '-' : clockText(Date.parse(iso), zone));

const zoneOf = async (server: Server): Promise<string> =>
  (await server.get('/api/session', acts.session.answer)).timezone;

/** A time as people write it, in the server's zone, as its API takes it. */
const sinceOf = (options: Options, zone: string, { clock }: Context): string | null => {
  const written = text(options, 'since');
  return written === null ? null : new Date(parseTime('--since', written, { zone, now: clock.now() })).toISOString();
};

/** `larkcron jobs --server URL` */
export const jobs: Act = async ({ options }, context) => {
  const { out } = context;
  const server = serverOf(options, context);
  try {
    const { jobs: rows } = await server.get('/api/jobs', reads.jobs.answer);
    for (const { job, description, schedule, timezone, next, last, paused, problems } of rows) {
      const parts = [
        paused === null ? null : out.say({ zh: '⏸ 已暂停', en: '⏸ paused' }),
        problems === 0
          ? null
          : out.say({ zh: `✗ 设置有 ${problems} 处错误`, en: `✗ ${problems} faults in its settings` }),
        schedule ?? out.say({ zh: '没有 schedule', en: 'no schedule' }),
        next === null ? null : out.say({ zh: `下次 ${shown(next, timezone)}`, en: `next ${shown(next, timezone)}` }),
        last === null
          ? null
          : `${out.say({ zh: '上次', en: 'last' })} ${shown(last.dueAt ?? last.createdAt, timezone)} ${MARKS[last.state]} ${out.say(STATE_WORDS[last.state])}`,
      ];
      out.line(`${job}${description === null ? '' : `  ${description}`}`);
      out.line(`  ${parts.filter((each) => each !== null).join(' · ')}`);
    }
    out.data({ jobs: rows.map(({ recent: _, ...row }) => row) });
    return rows.some(({ problems }) => problems > 0) ? 2 : 0;
  } finally {
    server.close();
  }
};

/** `larkcron history [JOB] --server URL` */
export const history: Act = async ({ args, options }, context) => {
  const { out } = context;
  const limit = parseCount('--limit', text(options, 'limit'), 20);
  const states = texts(options, 'state');
  const server = serverOf(options, context);
  try {
    const zone = await zoneOf(server);
    const since = sinceOf(options, zone, context);
    const query = new URLSearchParams({
      ...(args[0] === undefined ? {} : { job: args[0] }),
      ...(states.length === 0 ? {} : { state: states.join(',') }),
      ...(since === null ? {} : { since }),
    });
    const runs: RunRow[] = [];
    for (let cursor: string | null = ''; cursor !== null && runs.length < limit; ) {
      query.set('limit', String(Math.min(200, Math.max(1, limit - runs.length))));
      if (cursor !== '') query.set('cursor', cursor);
      const page: z.output<typeof reads.runs.answer> = await server.get(`/api/runs?${query}`, reads.runs.answer);
      runs.push(...page.items);
      if (page.next === cursor) break;
      cursor = page.next;
    }
    for (const { id, name, state, trigger, dueAt, createdAt, reason } of runs)
      out.line(
        `${MARKS[state]} ${id.slice(0, 8)}  ${shown(dueAt ?? createdAt, zone)}  ${name}  ${trigger}  ${out.say(STATE_WORDS[state])}${reason === null ? '' : `  ${reason.message}`}`,
      );
    if (runs.length === 0) out.line(out.say({ zh: '还没有记录。', en: 'Nothing yet.' }));
    out.data({ runs });
    return 0;
  } finally {
    server.close();
  }
};

/** `larkcron show RUN --server URL` */
export const show: Act = async ({ args, options }, context) => {
  const { out } = context;
  const server = serverOf(options, context);
  const path = `/api/runs/${part(args[0] ?? '')}`;
  try {
    if (flag(options, 'card')) {
      const { contents } = await server.get(`${path}/contents`, reads.sent.answer);
      const bodies = contents.map(({ card, text: words }) => card ?? { text: words });
      for (const body of bodies) out.result(JSON.stringify(body));
      out.data(bodies.length === 1 ? bodies[0] : bodies);
      return 0;
    }
    const story = await server.get(path, reads.run.answer);
    const zone = await zoneOf(server);
    for (const line of storyLines(story, out.lang)) out.line(line);
    for (const { at, words } of story.story) out.line(`    ${shown(at, zone)}  ${words}`);
    out.data(storyJson(story, { tries: true }));
    return 0;
  } finally {
    server.close();
  }
};

/** `larkcron incidents --server URL` */
export const incidents: Act = async ({ options }, context) => {
  const { out } = context;
  const server = serverOf(options, context);
  try {
    const zone = await zoneOf(server);
    const since = sinceOf(options, zone, context);
    const query = since === null ? '' : `?since=${encodeURIComponent(since)}`;
    const { open, closed } = await server.get(`/api/incidents${query}`, reads.incidents.answer);
    const all = [...open, ...closed];
    for (const { subject, state, openedAt, closedAt, count, cause } of all) {
      const from = shown(openedAt, zone);
      const words =
        state === 'open'
          ? { zh: `自 ${from} 起失败 ${count} 次`, en: `failing since ${from}, runs: ${count}` }
          : {
              zh: `${from} 到 ${shown(closedAt, zone)} 失败 ${count} 次,已恢复`,
              en: `failed from ${from} to ${shown(closedAt, zone)}, runs: ${count}; has recovered`,
            };
      out.line(`${state === 'open' ? '✗' : '✓'} ${subject.replace(/^job:/, '')}  ${out.say(words)}`);
      if (cause !== null) out.line(`    ${cause.message}`);
    }
    if (all.length === 0) out.line(out.say({ zh: '没有失败的任务。', en: 'Nothing fails.' }));
    out.data({ incidents: all });
    return 0;
  } finally {
    server.close();
  }
};

/** `larkcron status --server URL` */
export const status: Act = async ({ options }, context) => {
  const { out } = context;
  const server = serverOf(options, context);
  try {
    const found = await server.get('/api/status', reads.status.answer);
    for (const line of statusLines(found, await zoneOf(server), out)) out.line(line);
    out.data({ ...found, unreachable: found.unreachable.map(({ words: _, ...each }) => each) });
    return exitOf(found);
  } finally {
    server.close();
  }
};
