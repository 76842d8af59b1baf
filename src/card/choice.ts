import type { Choice } from '../model/card.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Making, Seen } from './making.ts';

/** The colour a choice comes to: its first condition that holds, else what it says, else null. */
export const chosen = <C extends string>(color: C | Choice<C> | null, making: Making, seen: Seen = {}): C | null => {
  if (color === null || typeof color === 'string') return color;
  for (const { when, then } of color.cases) {
    try {
      if (making.decide(when, seen)) return then;
    } catch (error) {
      if (!(error instanceof LarkcronError)) throw error;
      making.problems.push(...error.problems);
      return null;
    }
  }
  return color.otherwise;
};
