import type { FilterImplOptions } from 'liquidjs';
import { UNITS, type Unit } from '../model/card.ts';
import { formatDate, isBareDay, timeOf } from './date.ts';
import { add, compare, type Decimal, decimalOf, multiply, negate, plain, round, simplest } from './decimal.ts';
import { formatBytes, formatDelta, formatDuration, formatMoney, formatNumber, formatPercent } from './format.ts';
import { jsonText, printed } from './print.ts';
import type { Scope } from './scope.ts';

/** Where filters find the zone and language of the template at work: a symbol, so that no template can name it. */
export const SCOPE = Symbol('scope');

/** Filters of liquidjs that stay as they are: none of them prints markup, reads a clock or evaluates text. */
export const KEPT_FILTERS = [
  ...['default', 'upcase', 'downcase', 'capitalize', 'strip', 'lstrip', 'rstrip', 'strip_newlines', 'truncate'],
  ...['truncatewords', 'replace', 'replace_first', 'replace_last', 'remove', 'remove_first', 'remove_last', 'append'],
  ...['prepend', 'slice', 'split', 'join', 'size', 'first', 'last', 'reverse', 'sort', 'sort_natural', 'map', 'where'],
  ...['reject', 'find', 'has', 'group_by', 'uniq', 'compact', 'concat', 'push', 'url_encode', 'url_decode'],
] as const;

const ZERO: Decimal = { units: 0n, scale: 0 };
const decimal = (value: unknown): Decimal => decimalOf(value) ?? ZERO;

/** Named options come as `['digits', 2]` among a filter's arguments. */
const option = (args: readonly unknown[], name: string): unknown =>
  args.find((arg): arg is [string, unknown] => Array.isArray(arg) && arg[0] === name)?.[1];
const positional = (args: readonly unknown[]): unknown => args.find((arg) => !Array.isArray(arg));
const digitsOf = (value: unknown): number | null =>
  value === undefined || value === null ? null : Math.max(0, Math.min(20, Math.trunc(Number(value)) || 0));

const floor = (value: Decimal): Decimal => {
  const cut: Decimal = { units: value.units / 10n ** BigInt(value.scale), scale: 0 };
  return compare(cut, value) > 0 ? add(cut, { units: -1n, scale: 0 }) : cut;
};

const arithmetic = (act: (a: Decimal, b: Decimal) => Decimal) => (a: unknown, b: unknown) =>
  simplest(act(decimal(a), decimal(b)));

const divide = (a: unknown, b: unknown): number => {
  const by = Number(plain(decimal(b)));
  if (by === 0) throw new Error('division by zero');
  return Number(plain(decimal(a))) / by;
};

/** Arithmetic is decimal and exact (0.1 + 0.2 is 0.3, 19-digit ids keep their digits); only division is not. */
const EXACT_FILTERS: Readonly<Record<string, FilterImplOptions>> = {
  plus: arithmetic(add),
  minus: arithmetic((a, b) => add(a, negate(b))),
  times: arithmetic(multiply),
  at_least: arithmetic((a, b) => (compare(a, b) < 0 ? b : a)),
  at_most: arithmetic((a, b) => (compare(a, b) > 0 ? b : a)),
  abs: (a: unknown) => simplest(decimal(a).units < 0n ? negate(decimal(a)) : decimal(a)),
  floor: (a: unknown) => simplest(floor(decimal(a))),
  ceil: (a: unknown) => simplest(negate(floor(negate(decimal(a))))),
  round: (a: unknown, digits: unknown = 0) => simplest(round(decimal(a), digitsOf(digits) ?? 0)),
  divided_by: divide,
  modulo: (a: unknown, b: unknown) => {
    const by = Number(plain(decimal(b)));
    const rest = Number(plain(decimal(a))) % by;
    return rest !== 0 && rest < 0 !== by < 0 ? rest + by : rest;
  },
  sum: (list: unknown, key?: unknown) => {
    const items: unknown[] = Array.isArray(list) ? list : [];
    const values =
      typeof key === 'string' ? items.map((item) => (item as Record<string, unknown> | null)?.[key]) : items;
    return simplest(values.map(decimal).reduce(add, ZERO));
  },
};

const unitOf = (args: readonly unknown[]): Unit | null => {
  const given = option(args, 'unit');
  if (given === undefined || given === null) return null;
  const unit = UNITS.find((each) => each === given);
  if (unit === undefined) throw new Error(`unit: ${UNITS.join(', ')}`);
  return unit;
};
const currencyOf = (args: readonly unknown[]): string | undefined => {
  const given = positional(args);
  return typeof given === 'string' ? given.toUpperCase() : undefined;
};
const CHANGES = ['number', 'money', 'percent'] as const;

/**
 * `money` (¥ and two digits; `money: 'USD', digits: 0, unit: '万'`), `number` (thousands commas; `number: 2`, `unit:
 * 'auto'`), `percent` (0.123 is 12.3%; `percent: 0`), `delta` (▲ 12.3%; `delta: 'number'`), `bytes`, `duration` (seconds;
 * `duration: 'ms'`), `date: '%Y-%m-%d'` on the job's wall clock, `json`. What is no number or date stays as it is.
 */
const FORMAT_FILTERS: Readonly<Record<string, FilterImplOptions>> = {
  money: (value: unknown, ...args: unknown[]) =>
    formatMoney(value, currencyOf(args), digitsOf(option(args, 'digits')), unitOf(args)) ?? value,
  number: (value: unknown, ...args: unknown[]) =>
    formatNumber(value, digitsOf(positional(args) ?? option(args, 'digits')), unitOf(args)) ?? value,
  percent: (value: unknown, ...args: unknown[]) =>
    formatPercent(value, digitsOf(positional(args) ?? option(args, 'digits'))) ?? value,
  delta: (value: unknown, ...args: unknown[]) => {
    const asked = positional(args);
    const change = asked === undefined ? 'percent' : CHANGES.find((each) => each === asked);
    if (change === undefined) throw new Error(`delta: ${CHANGES.join(', ')}`);
    return formatDelta(value, { change, digits: digitsOf(option(args, 'digits')), unit: unitOf(args) }) ?? value;
  },
  bytes: (value: unknown, ...args: unknown[]) =>
    formatBytes(value, digitsOf(positional(args) ?? option(args, 'digits'))) ?? value,
  duration: function (value: unknown, counts: unknown) {
    const scope = (this.context.environments as { [SCOPE]: Scope })[SCOPE];
    return formatDuration(value, counts === 'ms' ? 'ms' : 's', scope.lang) ?? value;
  },
  date: function (value: unknown, pattern: unknown) {
    const scope = (this.context.environments as { [SCOPE]: Scope })[SCOPE];
    const ms = timeOf(value === 'now' ? scope.values['now'] : value, scope.zone);
    const format = typeof pattern === 'string' ? pattern : isBareDay(value) ? '%Y-%m-%d' : '%Y-%m-%d %H:%M';
    return ms === null ? value : formatDate(ms, format, { zone: scope.zone, lang: scope.lang });
  },
  json: (value: unknown) => jsonText(value),
  size: (value: unknown) => (Array.isArray(value) ? value.length : [...printed(value)].length),
};

export const OWN_FILTERS: Readonly<Record<string, FilterImplOptions>> = { ...EXACT_FILTERS, ...FORMAT_FILTERS };
