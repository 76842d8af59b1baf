import { defaultOperators, Liquid, type Operators } from 'liquidjs';
import { isTimeValue } from './date.ts';
import { compare, decimalOf } from './decimal.ts';
import { KEPT_FILTERS, OWN_FILTERS } from './filters.ts';
import { tokenOf } from './token.ts';

/** Where what leaves `{{ }}` is kept while its token stands in the text. */
export const PRINTED = Symbol('printed');

const KEPT_TAGS = [
  'assign',
  'for',
  'if',
  'unless',
  'case',
  'cycle',
  'comment',
  'raw',
  'echo',
  'liquid',
  'break',
  'continue',
  '#',
];

/** A template may take this long, hold this much, and print this much. */
const LIMITS = { parseLimit: 200_000, renderLimit: 2_000, memoryLimit: 5_000_000 };
const PRINT_LIMIT = 100_000;

const CANONICAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const isAmount = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && CANONICAL.test(value));

/**
 * Compares amounts exactly, also where a database hands decimals over as text. NULL compares false. `undefined`: neither
 * case, so liquidjs decides.
 */
const order = (left: unknown, right: unknown): number | null | undefined => {
  const l = isTimeValue(left) ? left.ms : left;
  const r = isTimeValue(right) ? right.ms : right;
  if (l === null || l === undefined || r === null || r === undefined) return null;
  if (!isAmount(l) || !isAmount(r)) return undefined;
  const [a, b] = [decimalOf(l), decimalOf(r)];
  return a === null || b === null ? null : compare(a, b);
};

type Test = (order: number) => boolean;
const ordered = (name: string, test: Test): Operators[string] =>
  function* (left: unknown, right: unknown, context) {
    const found = order(left, right);
    if (found === undefined)
      return yield* (defaultOperators[name] as (...args: unknown[]) => Generator)(left, right, context);
    return found !== null && test(found);
  };
const equal = (name: '==' | '!='): Operators[string] =>
  function* (left: unknown, right: unknown, context) {
    // two texts are equal by their letters: version 1.10 is not 1.1
    const found = typeof left === 'string' && typeof right === 'string' ? undefined : order(left, right);
    if (typeof found !== 'number')
      return yield* (defaultOperators[name] as (...args: unknown[]) => Generator)(left, right, context);
    return (found === 0) === (name === '==');
  };

const OPERATORS = {
  ...defaultOperators,
  '==': equal('=='),
  '!=': equal('!='),
  '>': ordered('>', (found) => found > 0),
  '<': ordered('<', (found) => found < 0),
  '>=': ordered('>=', (found) => found >= 0),
  '<=': ordered('<=', (found) => found <= 0),
} as Operators;

/** Liquid without the doors that lead around escaping: every value it prints is a token, whoever prints it and how. */
const prepared = (): Liquid => {
  const liquid = new Liquid({
    ...LIMITS,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    // else Liquid asks Intl for one, which costs 12 ms; dates are printed by our own filter
    locale: 'en-US',
    operators: OPERATORS,
    outputEscape: function (this: unknown, value: unknown): string {
      const { context } = this as { context: { environments: { [PRINTED]: unknown[] } } };
      const values = context.environments[PRINTED];
      if (values.length >= PRINT_LIMIT) throw new Error('too much is printed');
      values.push(value);
      return tokenOf(values.length - 1);
    },
  });
  const kept = new Set<string>(KEPT_FILTERS);
  for (const name of Object.keys(liquid.filters)) if (!kept.has(name)) delete liquid.filters[name];
  for (const name of Object.keys(liquid.tags)) if (!KEPT_TAGS.includes(name)) delete liquid.tags[name];
  for (const [name, filter] of Object.entries(OWN_FILTERS)) liquid.registerFilter(name, filter);
  return liquid;
};

let made: Liquid | null = null;
/** The one engine, made when a template first needs it. */
export const liquid = (): Liquid => {
  made ??= prepared();
  return made;
};

/** What exists in Liquid but not here, and why not. */
export const SWITCHED_OFF: Readonly<Record<string, 'escaping' | 'files' | 'code'>> = {
  ...Object.fromEntries(
    ['raw', 'escape', 'escape_once', 'xml_escape', 'newline_to_br', 'capture', 'tablerow'].map((name) => [
      name,
      'escaping',
    ]),
  ),
  ...Object.fromEntries(['include', 'render', 'layout', 'block'].map((name) => [name, 'files'])),
  ...Object.fromEntries(
    ['where_exp', 'reject_exp', 'find_exp', 'has_exp', 'group_by_exp', 'find_index_exp'].map((name) => [name, 'code']),
  ),
};

export const TAG_NAMES: readonly string[] = KEPT_TAGS;
export const FILTER_NAMES: readonly string[] = [...new Set([...KEPT_FILTERS, ...Object.keys(OWN_FILTERS)])];
