import assert from 'node:assert/strict';
import type { Asking } from '../../src/cli/init/asking.ts';
import type { Text } from '../../src/model/text.ts';

/** Stops there, as Ctrl-C does. */
export const STOP = null;

/**
 * Somebody whose answers are written down: each question must hold the words of the next line, and gets its answer. Of a
 * choice the answer is a part of the label; `yes` and `no` answer a yes-or-no question.
 */
export const scriptedAsking = (script: readonly (readonly [question: string, answer: string | null])[]) => {
  const left = [...script];
  const said: string[] = [];
  const refusals: string[] = [];
  const answerTo = (question: Text): string | null => {
    said.push(`? ${question.en}`);
    const [wanted, answer] = left.shift() ?? ['nothing more', null];
    assert.ok(question.en.includes(wanted), `asked “${question.en}”, expected “${wanted}”\n${said.join('\n')}`);
    return answer;
  };
  const written = (question: Text, check: (written: string) => Text | null): string | null => {
    for (;;) {
      const answer = answerTo(question);
      if (answer === null) return null;
      const fault = check(answer.trim());
      if (fault === null) return answer.trim();
      refusals.push(fault.en);
    }
  };
  const ask: Asking = {
    choose: async (question, choices) => {
      const answer = answerTo(question);
      if (answer === null) return null;
      const chosen = choices.find(({ label }) => label.en.includes(answer));
      assert.ok(chosen, `no “${answer}” among ${choices.map(({ label }) => label.en).join(' | ')}`);
      return chosen.value;
    },
    write: async (question, { check }) => written(question, check),
    secret: async (question, { check }) => written(question, check),
    confirm: async (question) => {
      const answer = answerTo(question);
      return answer === null ? null : answer === 'yes';
    },
    tell: (lines) => void said.push(...lines.map(({ en }) => en)),
  };
  return { ask, refusals, said: (): string => said.join('\n'), unasked: (): number => left.length };
};
