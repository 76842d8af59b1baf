import type { Explanation, LarkcronError, Problem } from '../model/errors.ts';
import { type Lang, say, type Text } from '../model/text.ts';
import { problemJson } from '../report/problem-json.ts';

/** Where results (standard output) and everything else (standard error) go. The one door: both are redacted here. */
export interface Output {
  readonly lang: Lang;
  readonly json: boolean;
  readonly quiet: boolean;
  /** a terminal that shows colours */
  readonly color: boolean;
  readonly width: number;
  /** a person reads this and can answer */
  readonly interactive: boolean;
  /** a person reads standard error */
  readonly seen: boolean;
  say(text: Text): string;
  /** a line for a person; nothing with --json or --quiet */
  line(words: string): void;
  /** lines about what failed: with --quiet to standard error, else where the others go */
  lines(words: readonly string[], of: { failed: boolean }): void;
  /** the result itself, also with --quiet */
  result(words: string): void;
  /** the result for a program; only with --json */
  data(value: unknown): void;
  /** to standard error */
  note(words: string): void;
  /** something to be known that stops nothing, with what to do: to standard error */
  remark(words: Explanation): void;
  /** what only the person at the terminal may see, as it is, to standard error; nowhere else */
  reveal(words: string): void;
  /** the same as the result of a command */
  revealResult(words: string, value: unknown): void;
  problems(problems: readonly Problem[]): void;
  failure(error: LarkcronError): void;
}

/** `file:line:column: message`, the hint below it. */
const problemText = (problem: Problem, lang: Lang): string => {
  const { at } = problem;
  const place =
    at === null ? (problem.path === null ? '' : `${problem.path}: `) : `${at.file}:${at.line}:${at.column}: `;
  const mark = problem.severity === 'warning' ? { zh: '警告:', en: 'warning: ' }[lang] : '';
  const hint = problem.hint === undefined || problem.hint[lang] === '' ? '' : `\n  → ${say(problem.hint, lang)}`;
  return `${place}${mark}${say(problem.message, lang)} [${problem.code}]${hint}`;
};

export interface Streams {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stdin: { readonly isTTY?: boolean };
}

export const createOutput = (
  { stdout, stderr, stdin }: Streams,
  {
    lang,
    json,
    quiet,
    hide,
    color,
  }: { lang: Lang; json: boolean; quiet: boolean; color: boolean; hide: (text: string) => string },
): Output => {
  const out = (text: string): void => void stdout.write(`${hide(text)}\n`);
  const err = (text: string): void => void stderr.write(`${hide(text)}\n`);
  const problems = (all: readonly Problem[]): void => {
    for (const problem of all) err(problemText(problem, lang));
  };
  return {
    lang,
    json,
    quiet,
    color: color && stdout.isTTY === true && !json,
    width: stdout.columns ?? 80,
    seen: stderr.isTTY === true,
    interactive: stdin.isTTY === true && stdout.isTTY === true && !json,
    say: (text) => say(text, lang),
    line: (words) => {
      if (!json && !quiet) out(words);
    },
    lines: (words, { failed }) => {
      if (json || (quiet && !failed)) return;
      for (const each of words) (quiet ? err : out)(each);
    },
    result: (words) => {
      if (!json) out(words);
    },
    data: (value) => {
      if (json) out(JSON.stringify(value));
    },
    note: (words) => {
      if (!quiet) err(words);
    },
    remark: ({ message, hint }) => {
      if (!quiet) err(`${say(message, lang)}${hint === undefined ? '' : `\n  → ${say(hint, lang)}`}`);
    },
    reveal: (words) => {
      if (stderr.isTTY === true) stderr.write(`${words}\n`);
    },
    revealResult: (words, value) => void stdout.write(`${json ? JSON.stringify(value) : words}\n`),
    problems,
    failure: (error) => {
      const { message, hint } = error.explanation;
      if (json) {
        const listed = error.problems.map((problem) => problemJson(problem, lang));
        out(
          JSON.stringify({
            error: {
              code: error.code,
              message: say(message, lang),
              hint: hint === undefined ? null : say(hint, lang),
              problems: listed,
            },
          }),
        );
        return;
      }
      problems(error.problems);
      // an error that is one of its own findings has been printed with its place already
      if (error.problems.some(({ code, message: said }) => code === error.code && said[lang] === message[lang])) return;
      err(`${say(message, lang)} [${error.code}]${hint === undefined ? '' : `\n  → ${say(hint, lang)}`}`);
    },
  };
};
