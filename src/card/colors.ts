import type { Good, TagColor, WordColor } from '../model/card.ts';
import { decimalOf } from './decimal.ts';

/** Words that are markdown already, in a colour (cards: S-MD1 `<font>`). */
export const colored = (words: string, color: WordColor | null): string =>
  color === null || words === '' ? words : `<font color='${color === 'neutral' ? 'grey' : color}'>${words}</font>`;

export const tagColor = (color: WordColor | null): TagColor => (color === null || color === 'grey' ? 'neutral' : color);

/** Good news is green, bad news red; no change, or one that is neither, is grey. Null for what is no number. */
export const changeColor = (value: unknown, good: Good): WordColor | null => {
  const amount = decimalOf(value);
  if (amount === null) return null;
  if (amount.units === 0n || good === 'neither') return 'grey';
  return amount.units > 0n === (good === 'up') ? 'green' : 'red';
};
