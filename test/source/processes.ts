import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

/** proc(5): the name stands in parentheses and may hold anything. */
const all = (): readonly Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(name), parent: Number(parent), state }];
      } catch {
        return [];
      }
    });

/** What this process has started, and what that has started. */
export const descendants = (of = process.pid): readonly number[] => {
  const known = all();
  const below = (pid: number): readonly number[] =>
    known.filter(({ parent }) => parent === pid).flatMap((each) => [each.pid, ...below(each.pid)]);
  return below(of);
};

/** Those of them that are still there, zombies too. */
export const stillThere = (pids: readonly number[]): readonly Process[] =>
  all().filter(({ pid }) => pids.includes(pid));
