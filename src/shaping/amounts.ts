import { add, compare, type Decimal, decimalOf, negate, plain, simplest } from '../card/decimal.ts';
import type { Value } from '../model/dataset.ts';

const ZERO: Decimal = { units: 0n, scale: 0 };

/** The values that are numbers, decimals as text among them; NULL is not counted, as in SQL. */
export const amountsIn = (values: readonly Value[]): readonly Decimal[] =>
  values
    .filter((value) => typeof value !== 'boolean')
    .map(decimalOf)
    .filter((amount) => amount !== null);

export const sum = (amounts: readonly Decimal[]): Value =>
  amounts.length === 0 ? null : simplest(amounts.reduce(add, ZERO));

/** To 15 digits: a mean has no exact end. */
export const mean = (amounts: readonly Decimal[]): Value =>
  amounts.length === 0 ? null : Number((Number(plain(amounts.reduce(add, ZERO))) / amounts.length).toPrecision(15));

/** How much more it is than before; null where one of them is no number. */
export const difference = (now: Value, before: Value): Value => {
  const [a, b] = [decimalOf(now), decimalOf(before)];
  return a === null || b === null ? null : simplest(add(a, negate(b)));
};

/** The difference as a share of what was before; null where nothing was. */
export const share = (now: Value, before: Value): Value => {
  const [by, old] = [decimalOf(difference(now, before)), decimalOf(before)];
  if (by === null || old === null || old.units === 0n) return null;
  const size = Math.abs(Number(plain(old)));
  return Number((Number(plain(by)) / size).toPrecision(15));
};

const isText = (value: Value): value is string => typeof value === 'string';

/** The order of two values: numbers by amount, texts as people list them, NULL last whichever way. */
export const ordered = (collator: Intl.Collator | null) => {
  return (a: Value, b: Value, descending: boolean): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const sign = descending ? -1 : 1;
    const [x, y] = [decimalOf(a), decimalOf(b)];
    if (x !== null && y !== null) return sign * compare(x, y);
    if (isText(a) && isText(b) && collator !== null) return sign * collator.compare(a, b);
    return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
  };
};
