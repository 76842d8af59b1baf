import type { Template as Parsed } from 'liquidjs';
import type { Template } from '../model/card.ts';
import type { Value } from '../model/dataset.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import { isTimeValue } from './date.ts';
import { asLinkPart, asMarkdown, isImageKey, safeLink, safeMarkdownLink } from './escape.ts';
import { SCOPE } from './filters.ts';
import { liquid, PRINTED } from './liquid.ts';
import { printed } from './print.ts';
import { type Spot, spotsOf } from './scanner.ts';
import type { Scope } from './scope.ts';
import { errorOf } from './template-errors.ts';
import { cleaned, TOKEN, tokenOf, unshielded, withoutTokens } from './token.ts';
import { cardWords } from './words.ts';

/** Where a template's text goes, which decides how the data in it is escaped. */
export type Landing = 'plain' | 'markdown' | 'lark_md' | 'link' | 'json';

const TEXT_LIMIT = 1_000_000;
const parsedTemplates = new WeakMap<Template, Parsed[]>();

const parsedOf = (template: Template): Parsed[] => {
  const known = parsedTemplates.get(template);
  if (known !== undefined) return known;
  const made = liquid().parse(withoutTokens(template.source));
  parsedTemplates.set(template, made);
  return made;
};

/** The author's text with a token for each value, and the values. */
interface Rendered {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A text that a function made is as it is: nothing in it is read as a template. */
const madeText = ({ literals, values }: NonNullable<Template['made']>): Rendered => ({
  text: literals.map((each, i) => withoutTokens(each) + (i < values.length ? tokenOf(i) : '')).join(''),
  values,
});

const render = (template: Template, scope: Scope): Rendered => {
  if (template.made !== undefined) return madeText(template.made);
  const values: unknown[] = [];
  try {
    const text = liquid().renderSync(parsedOf(template), {
      ...scope.values,
      [PRINTED]: values,
      [SCOPE]: scope,
    }) as string;
    if (text.length > TEXT_LIMIT) throw new Error('text limit exceeded');
    return { text, values };
  } catch (error) {
    throw refusal(errorOf(error, template, scope.values));
  }
};

const refusal = (found: Problem): LarkcronError =>
  new LarkcronError(
    found.code,
    { message: found.message, ...(found.hint && { hint: found.hint }) },
    { status: 2, problems: [found] },
  );

/** Puts the values in: `write` says how the i-th one is written. The author's text itself is left as it is. */
const woven = ({ text, values }: Rendered, write: (value: string, order: number) => string): string => {
  let result = '';
  let at = 0;
  let order = 0;
  for (const token of text.matchAll(TOKEN)) {
    result += unshielded(text.slice(at, token.index)) + write(printed(values[Number(token[1])]), order++);
    at = token.index + token[0].length;
  }
  return result + unshielded(text.slice(at));
};

const needed = (written: string | null, otherwise: () => Problem): string => {
  if (written === null) throw refusal(otherwise());
  return written;
};

/** The problem of a value in a place where none can be made harmless; null for all other places. */
export const spotProblem = (spot: Spot, at: Problem['at']): Problem | null =>
  spot === 'tag' || spot === 'code'
    ? problem(cardWords, spot === 'tag' ? 'value-in-tag' : 'value-in-code', undefined, { at })
    : null;

const intoMarkdown = (rendered: Rendered, newline: '<br>' | '\n', { at }: Template): string => {
  const spots = spotsOf(rendered.text);
  return woven(rendered, (value, order) => {
    const spot = spots[order] ?? 'text';
    const refused = spotProblem(spot, at);
    if (refused !== null) throw refusal(refused);
    if (spot === 'target')
      return needed(safeMarkdownLink(value), () => problem(cardWords, 'bad-link', { link: shown(value) }, { at }));
    if (spot === 'part') return asLinkPart(value);
    if (spot === 'image')
      return needed(isImageKey(value) ? value : null, () =>
        problem(cardWords, 'bad-image-key', { key: shown(value) }, { at }),
      );
    return asMarkdown(value, newline);
  });
};

const intoLink = (rendered: Rendered, { at }: Template): string => {
  const whole = rendered.text.trim() === tokenOf(0);
  const link = woven(rendered, (value) => (whole ? value : asLinkPart(value)));
  return needed(safeLink(link), () => problem(cardWords, 'bad-link', { link: shown(link) }, { at }));
};

const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/**
 * Fills a template in. Data is escaped by where it lands and by where it stands in the author's text; the author's own
 * text is markup in `markdown` and `lark_md`. Throws LarkcronError (status 2, `problems` with the place) for what Liquid
 * refuses, for links that are none, and for values where no value may stand.
 */
export const fill = (template: Template, landing: Landing, scope: Scope): string => {
  const rendered = render(template, scope);
  switch (landing) {
    case 'plain':
      return woven(rendered, cleaned);
    case 'json':
      return woven(rendered, (value) => value);
    case 'link':
      return intoLink(rendered, template);
    case 'markdown':
      return intoMarkdown(rendered, '<br>', template);
    case 'lark_md':
      return intoMarkdown(rendered, '\n', template);
  }
};

const ONE_OUTPUT = /^\s*\{\{(?:(?!\}\}).)*\}\}\s*$/s;

/** Fills in a value: a template that is one `{{ … }}` keeps its type, any other gives text. Nothing is escaped. */
export const fillValue = (template: Template, scope: Scope): Value => {
  const rendered = render(template, scope);
  const isOne = template.made === undefined ? ONE_OUTPUT.test(template.source) : template.made.literals.join('') === '';
  if (!isOne || rendered.values.length !== 1) return woven(rendered, (value) => value);
  const [value] = rendered.values;
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return unshielded(value);
  if (isTimeValue(value) || typeof value === 'object') return printed(value);
  return value as Value;
};
