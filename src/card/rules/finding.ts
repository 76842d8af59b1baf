import { type Problem, problem } from '../../model/errors.ts';
import { ruleWords } from './words.ts';

/** A fault in a card, and the code Feishu would refuse it with; null where its answer is not published. */
export type CardFinding = Problem & { readonly feishu: number | null };

type Code = keyof typeof ruleWords & string;

/** A finding with the words of the catalogue, and with what Feishu would have answered behind them. */
export const finding = <C extends Code>(
  code: C,
  p: Parameters<(typeof ruleWords)[C]>[0],
  { path, feishu = null, severity = 'error' }: { path: string; feishu?: number | null; severity?: Problem['severity'] },
): CardFinding => {
  const found = problem(ruleWords, code, p as never, { path: path === '' ? null : path, severity });
  if (feishu === null) return { ...found, feishu };
  const { zh, en } = found.message;
  return {
    ...found,
    feishu,
    message: { zh: `${zh}飞书会以 ${feishu} 拒绝。`, en: `${en} Feishu refuses it with ${feishu}.` },
  };
};
