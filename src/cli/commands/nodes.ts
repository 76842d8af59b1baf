import { drainNode, nodeNow, resumeNode } from '../../acts/drain-node.ts';
import { clockText } from '../../acts/time.ts';
import { drainState, jobDifferences } from '../../model/node.ts';
import { SECOND } from '../../model/time.ts';
import { utc, utcOrNull } from '../../report/run-json.ts';
import { VERSION } from '../../version.ts';
import { type Act, text } from '../command.ts';
import { differenceLines, inHand } from '../picture-of-nodes.ts';
import { parseWait } from '../time.ts';

/** `larkcron nodes`: which processes of the ledger live, where, of which version, what each is doing, and where job files differ. */
export const nodes: Act = async (_call, context) => {
  const { out } = context;
  const project = context.project();
  const app = await context.app(project);
  const zone = project.settings.timezone;
  const { history } = app.ledger();
  const all = await history.processes();
  const seen = all.filter(({ self }) => !self);
  const machines = (await history.nodes()).map((node) => ({ ...node, drain: drainState(node, all) }));
  const byName = new Map(machines.map((machine) => [machine.name, machine]));
  for (const each of seen) {
    const { node, pid, role, version, enteredAt, beatAt, alive } = each;
    const { drain = null, drainedAt = null } = byName.get(node) ?? {};
    const since = clockText(alive ? (drainedAt ?? enteredAt) : beatAt, zone);
    const life = !alive
      ? { zh: `没有动静,最后一次报到是 ${since}`, en: `silent, last heard of at ${since}` }
      : drain === 'drained'
        ? { zh: `${since} 排空,手上没有活`, en: `drained since ${since}, nothing in hand` }
        : drain === 'draining'
          ? { zh: `${since} 起在排空,手上的做完`, en: `draining since ${since}` }
          : { zh: `从 ${since} 起在工作`, en: `at work since ${since}` };
    const what = role === 'daemon' ? 'start' : out.say({ zh: '命令', en: 'command' });
    const other = version === VERSION ? '' : ` ${version}`;
    const mark = !alive ? '✗' : drain === null ? '✓' : '⏸';
    out.line(`${mark} ${node} ${pid} (${what}${other})  ${out.say(life)}`);
    for (const words of inHand(each)) out.line(`  ${out.say(words)}`);
  }
  if (seen.length === 0)
    out.line(out.say({ zh: '没有 larkcron 进程在工作。', en: 'No process of larkcron is at work.' }));
  for (const { name, drainedAt } of machines) {
    if (drainedAt === null || seen.some(({ node, alive }) => node === name && alive)) continue;
    const since = clockText(drainedAt, zone);
    out.line(
      `⏸ ${name}  ${out.say({ zh: `${since} 排空,没有进程`, en: `drained since ${since}; no process of it is up` })}`,
    );
  }
  const differences = jobDifferences(machines.filter(({ atWork }) => atWork));
  for (const words of differenceLines(differences)) out.line(out.say(words));
  out.data({
    nodes: seen.map(({ id, self: _, enteredAt, beatAt, runs, ...each }) => ({
      id,
      ...each,
      drain: byName.get(each.node)?.drain ?? null,
      enteredAt: utc(enteredAt),
      beatAt: utc(beatAt),
      runs: runs.map(({ id: run, job }) => ({ run, job })),
    })),
    machines: machines.map(({ name, drain, drainedAt, seenAt, atWork, jobs }) => ({
      name,
      drain,
      drainedAt: utcOrNull(drainedAt),
      seenAt: utc(seenAt),
      atWork,
      jobs: jobs.size,
    })),
    differences,
  });
  return 0;
};

/**
 * `larkcron nodes drain NAME`: from now on it takes no new work, and finishes what it has; with --wait it is waited for.
 * Exit 3: it has something in hand yet.
 */
export const drain: Act = async ({ args, options }, context) => {
  const { out, clock, signal } = context;
  const [name = ''] = args;
  const app = await context.app(context.project());
  const { changed, ...first } = await drainNode(app, name);
  const until = clock.monotonic() + parseWait('--wait', text(options, 'wait'), 0);
  let now = first;
  while (now.drain === 'draining' && clock.monotonic() < until && !signal.aborted) {
    await clock.sleep(SECOND / 4, signal);
    now = await nodeNow(app, name);
  }
  const busy = now.processes.flatMap(inHand);
  out.line(
    now.drain === 'draining'
      ? out.say({
          zh: `⏸ ${name} 不再接新的活;${busy.map(({ zh }) => zh).join(',')}`,
          en: `⏸ ${name} takes no new work; it is ${busy.map(({ en }) => en).join(', ')} yet`,
        })
      : out.say({ zh: `⏸ ${name} 已排空,手上没有活`, en: `⏸ ${name} is drained: it has nothing in hand` }),
  );
  if (now.others.length === 0)
    out.line(
      out.say({
        zh: `  没有别的节点在工作:到期的都等着,直到 larkcron nodes resume ${name}`,
        en: `  no other node is at work: what is due waits until larkcron nodes resume ${name}`,
      }),
    );
  out.data({ node: name, drain: now.drain, changed, drainedAt: utcOrNull(now.node.drainedAt), others: now.others });
  return now.drain === 'draining' ? 3 : 0;
};

/** `larkcron nodes resume NAME`: it takes work again, within a second. */
export const resume: Act = async ({ args }, context) => {
  const { out } = context;
  const [name = ''] = args;
  const app = await context.app(context.project());
  const was = await resumeNode(app, name);
  out.line(
    was
      ? out.say({ zh: `▶ ${name} 恢复工作`, en: `▶ ${name} takes work again` })
      : out.say({ zh: `${name} 没有排空过`, en: `${name} was not drained` }),
  );
  out.data({ node: name, drain: null, changed: was });
  return 0;
};
