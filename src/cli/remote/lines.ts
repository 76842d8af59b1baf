import { MARKS, STATE_WORDS } from '../../model/state-words.ts';
import type { Lang } from '../../model/text.ts';
import type { deliveryWithTries, run, runStory } from '../../web/schemas/run.ts';
import type { z } from '../../web/schemas/zod.ts';
import type { ExitStatus } from '../command.ts';

export type RunRow = z.output<typeof run>;
export type Story = z.output<typeof runStory>;

const deliveryLines = (
  { recipient, part, kind, state, messageId, message, code, logId, hint }: z.output<typeof deliveryWithTries>,
  lang: Lang,
): string[] => {
  const partName = part === 1 ? '' : lang === 'zh' ? ` 第 ${part} 部分 ${kind}` : ` part ${part} ${kind}`;
  const why = [
    message,
    code === null || code === 0 ? null : `${lang === 'zh' ? '错误码' : 'code'} ${code}`,
    state === 'delivered' || logId === null ? null : `log_id ${logId}`,
  ].filter((each) => each !== null);
  return [
    `  ${MARKS[state]} ${recipient}${partName}  ${STATE_WORDS[state][lang]}${messageId === null ? '' : `  ${messageId}`}`,
    ...(why.length === 0 ? [] : [`    ${why.join(' · ')}`]),
    ...(hint === null ? [] : [`    → ${hint}`]),
  ];
};

export const runLine = ({ id, name, state, reason }: RunRow, lang: Lang): string =>
  `${MARKS[state]} ${name} ${STATE_WORDS[state][lang]}${reason === null ? '' : `: ${reason.message}`}  (${id.slice(0, 8)})`;

/** A run elsewhere as the same lines that one here has. */
export const storyLines = ({ run: of, hint, deliveries, more }: Story, lang: Lang): string[] => [
  runLine(of, lang),
  ...(hint === null ? [] : [`  → ${hint}`]),
  ...deliveries.flatMap((each) => deliveryLines(each, lang)),
  ...(more === 0 ? [] : [lang === 'zh' ? `  … 还有 ${more} 条` : `  … and ${more} more`]),
];

/** What a run's end means for whoever started the program, as with one here. */
export const statusOfStory = ({ run: { state, reason }, deliveries }: Story): ExitStatus => {
  if (state === 'delivered' || state === 'skipped') return 0;
  if (state === 'pending' || state === 'running' || state === 'delivering' || state === 'unknown') return 3;
  const isUnsure = state === 'partial' && deliveries.every((each) => ['delivered', 'unknown'].includes(each.state));
  if (isUnsure) return 3;
  return reason?.code === 'bad-settings' ? 2 : 1;
};

/** The contract of `run` and `show` (`tries` with the latter). */
export const storyJson = ({ run: of, deliveries }: Story, { tries }: { tries: boolean }) => ({
  run: of,
  deliveries: deliveries.map(({ tries: all, ...each }) => (tries ? { ...each, tries: all } : each)),
});
