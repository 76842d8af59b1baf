import { confirm, intro, isCancel, log, password, select, text } from '@clack/prompts';
import type { Text } from '../../model/text.ts';
import type { Output } from '../output.ts';
import type { Asking, Choice } from './asking.ts';

/** So many are seen at once; the rest by scrolling. */
const SEEN = 8;

const YES: Text = { zh: '是', en: 'Yes' };
const NO: Text = { zh: '否', en: 'No' };

/** A person at a terminal. Opens with the name of the program. */
export const askOnTerminal = ({ say, lang }: Output): Asking => {
  intro('larkcron init');
  const answered = <T>(answer: T): Exclude<T, symbol> | null =>
    isCancel(answer) ? null : (answer as Exclude<T, symbol>);
  const checked = (check: (written: string) => Text | null) => (written: string | undefined) => {
    const fault = check((written ?? '').trim());
    return fault === null ? undefined : say(fault);
  };
  const trimmed = (answer: string | symbol): string | null => answered(answer)?.trim() ?? null;
  return {
    choose: async <T>(question: Text, choices: readonly Choice<T>[]) => {
      // clack takes values of any kind by their place
      const options = choices.map(({ label }, value) => ({ value, label: say(label) }));
      const keys = { maxItems: SEEN, showInstructions: lang === 'en' };
      const place = answered(await select({ message: say(question), options, ...keys }));
      return place === null ? null : (choices[place]?.value ?? null);
    },
    write: async (question, { example = '', check }) =>
      trimmed(await text({ message: say(question), placeholder: example, validate: checked(check) })),
    secret: async (question, { check }) =>
      trimmed(await password({ message: say(question), validate: checked(check) })),
    confirm: async (question) =>
      answered(await confirm({ message: say(question), active: say(YES), inactive: say(NO) })),
    tell: (lines, mood = 'plain') => {
      // not in a box: a long link has to stay in one piece
      const words = lines.map(say).join('\n');
      if (mood === 'good') log.success(words);
      else if (mood === 'bad') log.warn(words);
      else if (mood === 'busy') log.step(words);
      else log.message(words);
    },
  };
};
