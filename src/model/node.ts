/** Whether a node that is drained has something in hand yet. */
export type DrainState = 'draining' | 'drained';

/** What a process of a node has in hand. */
interface InHand {
  readonly node: string;
  readonly alive: boolean;
  readonly runs: readonly unknown[];
  readonly sending: number;
}

/** Null: it is not drained. What dead processes held is for others to take. */
export const drainState = (
  { name, drainedAt }: { readonly name: string; readonly drainedAt: number | null },
  processes: readonly InHand[],
): DrainState | null => {
  if (drainedAt === null) return null;
  const busy = processes.some(({ node, alive, runs, sending }) => node === name && alive && runs.length + sending > 0);
  return busy ? 'draining' : 'drained';
};

/** A job whose file is not the same on all nodes: those with the same one stand together, and who has none. */
export interface JobDifference {
  readonly job: string;
  readonly versions: readonly (readonly string[])[];
  readonly missing: readonly string[];
}

/** By job; of nodes that have told nothing of their files, nothing is known. Empty: all are the same. */
export const jobDifferences = (
  nodes: readonly { readonly name: string; readonly jobs: ReadonlyMap<string, string> }[],
): readonly JobDifference[] => {
  const telling = nodes.filter(({ jobs }) => jobs.size > 0);
  const names = [...new Set(telling.flatMap(({ jobs }) => [...jobs.keys()]))].sort();
  return names.flatMap((job) => {
    const byHash = new Map<string, string[]>();
    const missing: string[] = [];
    for (const { name, jobs } of telling) {
      const hash = jobs.get(job);
      if (hash === undefined) missing.push(name);
      else byHash.set(hash, [...(byHash.get(hash) ?? []), name]);
    }
    return byHash.size > 1 || missing.length > 0 ? [{ job, versions: [...byHash.values()], missing }] : [];
  });
};
