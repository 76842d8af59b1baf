import type { ProcessSeen } from '../ledger/browse.ts';
import type { JobDifference } from '../model/node.ts';
import type { Text } from '../model/text.ts';

/** What a process has in hand; empty: nothing. */
export const inHand = ({ runs, sending }: Pick<ProcessSeen, 'runs' | 'sending'>): readonly Text[] => {
  const jobs = runs.map(({ job, id }) => job ?? id.slice(0, 8)).join(', ');
  return [
    ...(jobs === '' ? [] : [{ zh: `在准备:${jobs}`, en: `preparing ${jobs}` }]),
    ...(sending > 0 ? [{ zh: `在发送 ${sending} 条`, en: `sending ${sending} messages` }] : []),
  ];
};

/** How these files are called beside those of nodes, in what programs read. */
export const HERE = 'here';

const named = (nodes: readonly string[]): Text => ({
  zh: nodes.map((node) => (node === HERE ? '这里' : node)).join('、'),
  en: nodes.join(', '),
});

/** So many jobs are told of one by one. */
const MOST = 10;

/** Which job files are not the same everywhere; empty: all are. */
export const differenceLines = (differences: readonly JobDifference[]): readonly Text[] => {
  if (differences.length === 0) return [];
  const lines = differences.slice(0, MOST).map(({ job, versions, missing }): Text => {
    const [groups, without] = [versions.map(named), named(missing)];
    return {
      zh: `  ${job}:${groups.map(({ zh }) => zh).join(' ≠ ')}${missing.length > 0 ? `;没有它的:${without.zh}` : ''}`,
      en: `  ${job}: ${groups.map(({ en }) => en).join(' ≠ ')}${missing.length > 0 ? `; not on ${without.en}` : ''}`,
    };
  });
  const more = differences.length - MOST;
  return [
    {
      zh: `! 各节点的任务文件不一样(${differences.length} 个):`,
      en: `! job files are not the same on all nodes (${differences.length}):`,
    },
    ...lines,
    ...(more > 0 ? [{ zh: `  还有 ${more} 个`, en: `  and ${more} more` }] : []),
  ];
};
