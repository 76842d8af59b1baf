import type { Finding } from '../../doctor/finding.ts';
import { type Text, verbatim } from '../../model/text.ts';
import type { Step, StepName, StepReport, StepState, Verdict } from './console-steps.ts';

const MARKS: Readonly<Record<StepState, string>> = { done: '✓', missing: '✗', open: '-' };

const after = (mark: string, { zh, en }: Text): Text => ({ zh: `${mark} ${zh}`, en: `${mark} ${en}` });

/** The steps as something to do, each with its page. */
export const stepsText = (steps: readonly Step[]): readonly Text[] =>
  steps.flatMap(({ words, link }, i) => [after(`${i + 1}.`, words), verbatim(`   ${link}`)]);

/** What was found of one thing, what to do about it and where. */
export const findingText = ({ message, hint, link }: Finding): readonly Text[] => {
  const todo = { zh: `${hint?.zh ?? ''} ${link ?? ''}`.trim(), en: `${hint?.en ?? ''} ${link ?? ''}`.trim() };
  return [message, ...(todo.zh === '' ? [] : [after('→', todo)])];
};

/** How each step stands; what is not done comes with its page. */
export const reportText = (reports: readonly StepReport[]): readonly Text[] =>
  reports.flatMap(({ step, state, findings }, i) => {
    // what is wrong with a recipient is mended elsewhere: its words say where
    const ofSomebody = findings.some(({ check }) => check === 'recipient' || check === 'owner');
    const needsLink = state === 'missing' && !ofSomebody && !findings.some(({ link }) => link !== null);
    return [
      after(`${MARKS[state]} ${i + 1}.`, step.title),
      ...findings.flatMap(findingText).map((words) => after('  ', words)),
      ...(needsLink ? [verbatim(`   → ${step.link}`)] : []),
    ];
  });

const readyText = (open: readonly StepName[]): Text => {
  if (open.length === 0) return { zh: '五步都好了。', en: 'All five steps are done.' };
  if (open.every((name) => name === 'availability'))
    return {
      zh: '前四步都好了;可用范围要等选好收件人再问。',
      en: 'The first four are done; availability is asked about once somebody is chosen.',
    };
  return { zh: '能问到的都好了(- 是问不到的)。', en: 'All that can be asked is well (- could not be asked).' };
};

/** In one line how the app stands. */
export const verdictText = (verdict: Verdict, reports: readonly StepReport[]): Text => {
  const missing = reports.flatMap(({ state }, i) => (state === 'missing' ? [i + 1] : []));
  switch (verdict) {
    case 'ready':
      return readyText(reports.filter(({ state }) => state === 'open').map(({ step }) => step.name));
    case 'missing':
      return missing.length === 0
        ? { zh: '还有问题,见上。', en: 'Something is not right yet: see above.' }
        : { zh: `还没完成:第 ${missing.join('、')} 步。`, en: `Not done yet: step ${missing.join(', ')}.` };
    case 'refused':
      return { zh: '飞书不认这个 App ID 和 App Secret。', en: 'Feishu does not take this App ID and App Secret.' };
    case 'unreachable':
      return { zh: '连不上飞书,没有检查。', en: 'Feishu cannot be reached; nothing was checked.' };
  }
};
