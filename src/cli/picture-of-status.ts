import { clockText } from '../acts/time.ts';
import { nameOf } from '../report/incident-words.ts';
import type { statusJson } from '../report/status-json.ts';
import type { ExitStatus } from './command.ts';
import type { Output } from './output.ts';

/** How things stand, here or on a server. */
export type Status = Omit<Awaited<ReturnType<typeof statusJson>>, 'unreachable'> & {
  readonly unreachable: readonly { readonly subject: string; readonly words: readonly string[] }[];
};

const wakes = ({ crontab, atWork }: Status, { say }: Output): string => {
  if (crontab === 'installed')
    return say({ zh: 'cron 每分钟叫醒 larkcron。', en: 'cron wakes larkcron every minute.' });
  if (atWork) return say({ zh: '有 larkcron 进程在工作。', en: 'A process of larkcron is at work.' });
  if (crontab === 'absent')
    return say({
      zh: 'crontab 里没有 larkcron:没有人叫醒它(larkcron crontab install)。',
      en: 'The crontab has no larkcron: nothing wakes it (larkcron crontab install).',
    });
  return crontab === null
    ? say({ zh: '没有 larkcron 进程在工作。', en: 'No process of larkcron is at work.' })
    : say({ zh: '这台机器上没有 crontab 程序。', en: 'There is no crontab program on this machine.' });
};

export const statusLines = (status: Status, zone: string, out: Output): string[] => {
  const { drained, lastTick, lastBeat, open, nextWork, incidents, unreachable, broken } = status;
  const at = (iso: string): string => clockText(Date.parse(iso), zone);
  const { say } = out;
  return [
    wakes(status, out),
    ...(drained.length === 0
      ? []
      : [
          say({
            zh: `⏸ 已排空的节点:${drained.join('、')}(恢复:larkcron nodes resume)`,
            en: `⏸ drained: ${drained.join(', ')} (larkcron nodes resume)`,
          }),
        ]),
    ...(lastTick === null ? [] : [say({ zh: `上次 tick: ${at(lastTick)}`, en: `last tick: ${at(lastTick)}` })]),
    ...(lastBeat === null
      ? []
      : [
          say({
            zh: `正在工作的进程上次报到: ${at(lastBeat)}`,
            en: `a process at work reported last at ${at(lastBeat)}`,
          }),
        ]),
    say({ zh: `未了结的运行: ${open.length}`, en: `runs not settled: ${open.length}` }) +
      (nextWork === null ? '' : ` (${at(nextWork)})`),
    ...incidents.map(
      ({ subject, openedAt, count }) =>
        `✗ ${nameOf({ subject })}  ${say({ zh: `自 ${at(openedAt)} 起失败 ${count} 次`, en: `failing since ${at(openedAt)}, ${count} ${count === 1 ? 'run' : 'runs'}` })}`,
    ),
    ...unreachable.flatMap(({ subject, words }) => words.map((line) => `✗ ${nameOf({ subject })}  ${line}`)),
    ...broken.map(
      (name) =>
        `✗ ${name}  ${say({ zh: '设置有错误(larkcron check)', en: 'its settings are wrong (larkcron check)' })}`,
    ),
  ];
};

/** 1 while something fails, and a day long when nobody could be told; 2 where settings have faults. */
export const exitOf = ({ broken, incidents, unreachable }: Status): ExitStatus =>
  broken.length > 0 ? 2 : incidents.length + unreachable.length > 0 ? 1 : 0;
