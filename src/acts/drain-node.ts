import type { App } from '../app.ts';
import type { NodeSeen, ProcessSeen } from '../ledger/browse.ts';
import { failure } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type DrainState, drainState } from '../model/node.ts';
import { actWords } from './words.ts';

/** A node, what it has in hand, and which others would take new work. */
export interface NodeNow {
  readonly node: NodeSeen;
  readonly drain: DrainState | null;
  readonly processes: readonly ProcessSeen[];
  readonly others: readonly string[];
}

/** Throws `unknown-node` (status 2), with the names there are. */
export const nodeNow = async (app: App, name: string): Promise<NodeNow> => {
  const { history } = app.ledger();
  const [nodes, processes] = [await history.nodes(), await history.processes()];
  const node = nodes.find((each) => each.name === name);
  if (node === undefined) {
    const known = nodes.map((each) => each.name);
    throw failure(actWords, 'unknown-node', { name, known, suggestion: nearest(name, known) }, { status: 2 });
  }
  return {
    node,
    drain: drainState(node, processes),
    processes: processes.filter((each) => each.node === name && each.alive && !each.self),
    others: nodes.flatMap((each) => (each.name !== name && each.atWork && each.drainedAt === null ? [each.name] : [])),
  };
};

/** It takes no new work, until it is told to go on; `changed` false: that was so already. Throws `unknown-node`. */
export const drainNode = async (app: App, name: string): Promise<NodeNow & { readonly changed: boolean }> => {
  await nodeNow(app, name);
  const changed = await app.ledger().nodes.drain(name);
  return { ...(await nodeNow(app, name)), changed };
};

/** False: it was not drained. Throws `unknown-node`. */
export const resumeNode = async (app: App, name: string): Promise<boolean> => {
  await nodeNow(app, name);
  return app.ledger().nodes.resume(name);
};
