import type { Json } from '../model/dataset.ts';
import type { Problem } from '../model/errors.ts';
import { type Lang, say } from '../model/text.ts';

/** A finding as programs read it. */
export const problemJson = (problem: Problem, lang: Lang): Json => ({
  file: problem.at?.file ?? null,
  line: problem.at?.line ?? null,
  column: problem.at?.column ?? null,
  code: problem.code,
  severity: problem.severity,
  message: say(problem.message, lang),
  hint: problem.hint === undefined ? null : say(problem.hint, lang),
  path: problem.path,
});
