import { clockText } from '../../acts/time.ts';
import { isError, LarkcronError } from '../../model/errors.ts';
import { SECOND } from '../../model/time.ts';
import { notTold, notToldJson } from '../../report/incident-json.ts';
import { utc } from '../../report/run-json.ts';
import { blockOf, readCrontab } from '../../wake/crontab.ts';
import type { Act } from '../command.ts';
import { nameOf, notToldLines, toldLine, UNHEARD_FOR } from '../picture-of-incident.ts';

const OPEN = ['pending', 'running', 'delivering'] as const;

/** A process that works reports every five seconds. */
const FRESH = 15 * SECOND;

/** `larkcron status`: who wakes us, what waits, what is wrong. Exit 1 while something fails, and a day long when nobody could be told. */
export const status: Act = async (_call, context) => {
  const { out } = context;
  const project = context.project();
  const app = await context.app(project);
  const { history } = app.ledger();
  const zone = project.settings.timezone;
  const cron = await crontabBlock(project.settings.directory, context.environment['PATH']);
  const beat = await history.lastBeat();
  const ticked = await history.lastTick();
  const open = await history.runs({ job: null, states: OPEN, since: null, limit: 1_000 });
  const next = await history.nextWork();
  const incidents = await history.openIncidents();
  const isFresh = beat !== null && context.clock.now() - beat < FRESH;
  const closed = await history.closedIncidents(context.clock.now() - UNHEARD_FOR);
  const unheard = [...incidents, ...closed].flatMap((incident) => {
    const missed = notTold(incident, project.settings.apps);
    const isOver = incident.tell === 'unreachable' || (incident.tell === 'told' && missed.length > 0);
    return isOver ? [{ incident, missed }] : [];
  });
  const drained = (await history.nodes()).flatMap(({ name, drainedAt }) => (drainedAt === null ? [] : [name]));
  const broken = [...project.problems].filter(([, problems]) => problems.some(isError)).map(([name]) => name);

  out.line(
    cron === 'installed'
      ? out.say({ zh: 'cron 每分钟叫醒 larkcron。', en: 'cron wakes larkcron every minute.' })
      : isFresh
        ? out.say({ zh: '有 larkcron 进程在工作。', en: 'A process of larkcron is at work.' })
        : cron === 'absent'
          ? out.say({
              zh: 'crontab 里没有 larkcron:没有人叫醒它(larkcron crontab install)。',
              en: 'The crontab has no larkcron: nothing wakes it (larkcron crontab install).',
            })
          : out.say({ zh: '这台机器上没有 crontab 程序。', en: 'There is no crontab program on this machine.' }),
  );
  if (drained.length > 0)
    out.line(
      out.say({
        zh: `⏸ 已排空的节点:${drained.join('、')}(恢复:larkcron nodes resume)`,
        en: `⏸ drained: ${drained.join(', ')} (larkcron nodes resume)`,
      }),
    );
  if (ticked !== null)
    out.line(out.say({ zh: `上次 tick: ${clockText(ticked, zone)}`, en: `last tick: ${clockText(ticked, zone)}` }));
  if (beat !== null)
    out.line(
      out.say({
        zh: `正在工作的进程上次报到: ${clockText(beat, zone)}`,
        en: `a process at work reported last at ${clockText(beat, zone)}`,
      }),
    );
  out.line(
    out.say({ zh: `未了结的运行: ${open.length}`, en: `runs not settled: ${open.length}` }) +
      (next === null ? '' : ` (${clockText(next, zone)})`),
  );
  for (const incident of incidents) {
    out.line(
      `✗ ${nameOf(incident)}  ${out.say({ zh: `自 ${clockText(incident.openedAt, zone)} 起失败 ${incident.count} 次`, en: `failing since ${clockText(incident.openedAt, zone)}, ${incident.count} ${incident.count === 1 ? 'run' : 'runs'}` })}`,
    );
  }
  for (const { incident, missed } of unheard) {
    const name = nameOf(incident);
    if (incident.tell === 'unreachable') out.line(`✗ ${name}  ${toldLine(incident, zone, out.lang)}`);
    for (const line of notToldLines(missed, out.lang)) out.line(`✗ ${name}  ${line}`);
  }
  for (const name of broken)
    out.line(
      `✗ ${name}  ${out.say({ zh: '设置有错误(larkcron check)', en: 'its settings are wrong (larkcron check)' })}`,
    );
  out.data({
    crontab: cron,
    lastTick: ticked === null ? null : utc(ticked),
    lastBeat: beat === null ? null : utc(beat),
    drained,
    open: open.map(({ id, job, state }) => ({ id, job, state })),
    nextWork: next === null ? null : utc(next),
    incidents: incidents.map(({ subject, openedAt, count, run }) => ({ subject, openedAt: utc(openedAt), count, run })),
    unreachable: unheard.map(({ incident: { subject, tell, to }, missed }) => ({
      subject,
      to: tell === 'unreachable' ? to : [...new Set(missed.map((miss) => miss.to))].join(', '),
      notTold: notToldJson(missed, out.lang),
    })),
    broken,
  });
  return broken.length > 0 ? 2 : incidents.length + unheard.length > 0 ? 1 : 0;
};

const crontabBlock = async (
  directory: string,
  path: string | undefined,
): Promise<'installed' | 'absent' | 'no-crontab'> => {
  try {
    return blockOf(await readCrontab({ path }), directory) === null ? 'absent' : 'installed';
  } catch (error) {
    if (error instanceof LarkcronError) return 'no-crontab';
    throw error;
  }
};
