import type { Finding } from '../../doctor/finding.ts';
import { failure } from '../../model/errors.ts';
import { say } from '../../model/text.ts';
import type { Context } from '../context.ts';
import type { Answers } from './answers.ts';
import { appOf, connectTo } from './app-check.ts';
import { besideSteps, consoleSteps, stepReports, verdictOf } from './console-steps.ts';
import { findingText, reportText, verdictText } from './report.ts';
import type { Stage } from './stage.ts';
import { initWords } from './words.ts';

/** Asks Feishu once and says what is missing. Throws `app-refused`: with credentials that are wrong there is no project. */
export const examineOnce = async (answers: Answers, stage: Stage, context: Context): Promise<unknown> => {
  if (answers.app === null || context.sandbox) return null;
  const { out, clock, signal, environment, redact } = context;
  const app = appOf(answers.app.id, answers.app.secret, answers.endpoint);
  redact.add(app.secret);
  const { uses } = stage;
  out.line(out.say({ zh: '正在问飞书(最多半分钟)…', en: 'Asking Feishu (half a minute at most)…' }));
  const connection = connectTo(app, { uses, environment, clock, signal });
  const findings = await connection.examine(answers.owner).finally(connection.close);
  const steps = consoleSteps(app, uses.keys());
  const reports = stepReports(steps, findings);
  const verdict = verdictOf(findings);
  if (verdict === 'refused') throw refused(findings);
  const words = verdict === 'ready' ? [] : [...reportText(reports), ...besideSteps(findings).flatMap(findingText)];
  for (const each of [...words, verdictText(verdict, reports)]) out.line(out.say(each));
  const brief = ({ code, message, link }: Finding) => ({ code, message: say(message, out.lang), link });
  return {
    state: verdict,
    steps: reports.map(({ step, state, findings: found }) => ({
      step: step.name,
      state,
      link: step.link,
      findings: found.map(brief),
    })),
  };
};

const refused = (findings: readonly Finding[]) => {
  const found = findings.find(({ check, status }) => check === 'token' && status === 'fault');
  const { message, link } = found ?? { message: { zh: '', en: '' }, link: null };
  // nothing was written, so there is no .env to mend
  const todo = {
    zh: `核对后再运行一次 larkcron init。${link ?? ''}`,
    en: `Compare them, then run larkcron init again. ${link ?? ''}`.trim(),
  };
  return failure(initWords, 'app-refused', { why: message, todo }, { status: 1 });
};
