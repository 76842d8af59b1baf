import { type TagToken, Tokenizer, type TopLevelToken } from 'liquidjs';
import type { Template } from '../model/card.ts';
import { type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { unknownParts } from './date.ts';
import { safeLink } from './escape.ts';
import { liquid } from './liquid.ts';
import { spotsOf } from './scanner.ts';
import { type Landing, spotProblem } from './template.ts';
import { errorOf, placeIn } from './template-errors.ts';
import { TOKEN, tokenOf, unshielded, withoutTokens } from './token.ts';
import { cardWords } from './words.ts';

const isTag = (token: TopLevelToken): token is TagToken => 'name' in token;
const PRINTING_TAGS = ['echo', 'cycle', 'liquid'];

/** The author's text with a token for each value, as if every branch were taken once; and where each value stands. */
const laidOut = (
  source: string,
): { readonly text: string; readonly offsets: readonly number[]; readonly branches: boolean } => {
  const offsets: number[] = [];
  let text = '';
  let branches = false;
  let comment = false;
  for (const token of new Tokenizer(source).readTopLevelTokens(liquid().options)) {
    const tag = isTag(token) ? token.name : null;
    if (tag === 'comment' || tag === 'endcomment') comment = tag === 'comment';
    else if (comment) continue;
    else if (tag === null && source.startsWith('{{', token.begin)) text += tokenOf(offsets.push(token.begin) - 1);
    else if (tag === null) text += (token as unknown as { getContent: () => string }).getContent();
    else if (PRINTING_TAGS.includes(tag)) text += tokenOf(offsets.push(token.begin) - 1);
    else branches = true;
  }
  return { text, offsets, branches };
};

const checkSpots = (template: Template, source: string): Problem[] => {
  const { text, offsets } = laidOut(source);
  return spotsOf(text).flatMap((spot, order) => spotProblem(spot, placeIn(template, offsets[order] ?? 0)) ?? []);
};

/** What is known of a link without data: that it begins with a scheme of its own, unless it is one value. */
const checkLink = (template: Template, source: string): Problem[] => {
  const { text, offsets, branches } = laidOut(source);
  const trimmed = text.trim();
  if (branches || trimmed === tokenOf(0)) return [];
  const sample = unshielded(trimmed.replace(TOKEN, 'x'));
  const sound = !trimmed.startsWith(tokenOf(0)) && safeLink(sample) !== null;
  return sound
    ? []
    : [
        problem(
          cardWords,
          'bad-link',
          { link: template.source.trim() },
          { at: placeIn(template, offsets.length > 0 ? (offsets[0] ?? 0) : 0) },
        ),
      ];
};

const checkDates = (template: Template, source: string): Problem[] =>
  [...source.matchAll(/\|\s*date\s*:\s*(["'])(.*?)\1/g)].flatMap((match) => {
    const [, , pattern = ''] = match;
    const letters = unknownParts(pattern);
    if (letters.length === 0 && pattern.includes('%')) return [];
    return [problem(cardWords, 'date-pattern', { pattern, letters }, { at: placeIn(template, match.index) })];
  });

/** Numbers that a double cannot hold, in Liquid's own code: quoted they are compared exactly. */
const checkNumbers = (template: Template, source: string): Problem[] =>
  [...source.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)].flatMap((code) => {
    const unquoted = code[0].replace(/"[^"]*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length));
    return [...unquoted.matchAll(/(?<![\w.])\d{16,}(?![\w.])/g)].map((number) =>
      problem(cardWords, 'long-number', { number: number[0] }, { at: placeIn(template, code.index + number.index) }),
    );
  });

const checkNames = (template: Template, source: string, names: readonly string[]): Problem[] => {
  const { globals } = liquid().analyzeSync(liquid().parse(source));
  const lines = source.split('\n');
  return Object.entries(globals)
    .filter(([name]) => !names.includes(name))
    .map(([name, uses]) => {
      const { row = 1, col = 1 } = uses[0]?.location ?? {};
      const offset = lines.slice(0, row - 1).join('\n').length + (row > 1 ? 1 : 0) + col - 1;
      return problem(
        cardWords,
        'unknown-variable',
        { name, suggestion: nearest(name, names) },
        { at: placeIn(template, offset) },
      );
    });
};

/**
 * What can be known of a template without data: its syntax, tags and filters that do not exist or are switched off,
 * variables that are not in `names` (its own loops and assigns are known), date patterns, and values in places where none
 * may stand.
 */
export const checkTemplate = (template: Template, landing: Landing, names: readonly string[]): Problem[] => {
  const source = withoutTokens(template.source);
  try {
    const found = [
      ...checkNames(template, source, names),
      ...checkDates(template, source),
      ...checkNumbers(template, source),
    ];
    if (landing === 'markdown' || landing === 'lark_md') return [...found, ...checkSpots(template, source)];
    return landing === 'link' ? [...found, ...checkLink(template, source)] : found;
  } catch (error) {
    return [errorOf(error, template, {})];
  }
};
