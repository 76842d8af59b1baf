import { clockText } from '../../acts/time.ts';
import { utc } from '../../report/run-json.ts';
import { VERSION } from '../../version.ts';
import type { Act } from '../command.ts';

/** `larkcron nodes`: which processes of the ledger live, where, of which version, and what each is doing. */
export const nodes: Act = async (_call, context) => {
  const { out } = context;
  const project = context.project();
  const app = await context.app(project);
  const zone = project.settings.timezone;
  const seen = (await app.ledger().history.processes()).filter(({ self }) => !self);
  for (const { host, pid, role, version, enteredAt, beatAt, alive, runs, sending } of seen) {
    const since = clockText(alive ? enteredAt : beatAt, zone);
    const life = alive
      ? { zh: `从 ${since} 起在工作`, en: `at work since ${since}` }
      : { zh: `没有动静,最后一次报到是 ${since}`, en: `silent, last heard of at ${since}` };
    const what = role === 'daemon' ? 'start' : out.say({ zh: '命令', en: 'command' });
    const other = version === VERSION ? '' : ` ${version}`;
    out.line(`${alive ? '✓' : '✗'} ${host} ${pid} (${what}${other})  ${out.say(life)}`);
    const jobs = runs.map(({ job, id }) => job ?? id.slice(0, 8)).join(', ');
    if (jobs !== '') out.line(out.say({ zh: `  在准备:${jobs}`, en: `  preparing ${jobs}` }));
    if (sending > 0) out.line(out.say({ zh: `  在发送 ${sending} 条`, en: `  sending ${sending} messages` }));
  }
  if (seen.length === 0)
    out.line(out.say({ zh: '没有 larkcron 进程在工作。', en: 'No process of larkcron is at work.' }));
  out.data({
    nodes: seen.map(({ id, self: _, enteredAt, beatAt, runs, ...each }) => ({
      id,
      ...each,
      enteredAt: utc(enteredAt),
      beatAt: utc(beatAt),
      runs: runs.map(({ id: run, job }) => ({ run, job })),
    })),
  });
  return 0;
};
