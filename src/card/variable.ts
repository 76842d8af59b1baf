import type { Value } from '../model/dataset.ts';
import type { VariableKind } from '../model/job.ts';
import { decimalOf, plain } from './decimal.ts';
import { asMarkdown, safeLink } from './escape.ts';
import { printed } from './print.ts';
import { cleaned } from './token.ts';

/** A number as Feishu's JSON takes it, from whatever spells one; null for all else. */
export const variableNumber = (value: Value): number | null => {
  const amount = decimalOf(value);
  return amount === null ? null : Number(plain(amount));
};

/**
 * A value of data as a variable of this kind; without a kind numbers and yes/no stay what they are. null: it is not of
 * that kind. Nothing (NULL) is empty text, where text may stand.
 */
export const variableOf = (value: Value, as: VariableKind | null): string | number | boolean | null => {
  switch (as) {
    case 'number':
      return variableNumber(value);
    case 'boolean':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : null;
    case 'link':
      return value === null ? '' : safeLink(printed(value));
    case 'markdown':
      return asMarkdown(printed(value), '<br>');
    case 'plain':
      return cleaned(printed(value));
    case null:
      // an integer that a double cannot hold keeps its digits as text
      return typeof value === 'number' || typeof value === 'boolean' ? value : cleaned(printed(value));
  }
};
