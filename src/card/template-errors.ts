import type { Template } from '../model/card.ts';
import { type Place, type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { FILTER_NAMES, SWITCHED_OFF, TAG_NAMES } from './liquid.ts';
import { cardWords } from './words.ts';

/**
 * The place of an offset inside a template. Exact for text on one line; in a block scalar the lines are exact (unless it
 * is folded with `>`) and the columns too; in quoted text with escapes they are near.
 */
export const placeIn = ({ source, at }: Template, offset: number): Place | null => {
  if (at === null) return null;
  const before = source.slice(0, offset).split('\n');
  return { file: at.file, line: at.line + before.length - 1, column: at.column + (before.at(-1)?.length ?? 0) };
};

/** Operators of CEL and JavaScript, and what Liquid says instead. */
const OPERATORS: readonly (readonly [sign: RegExp, instead: { zh: string; en: string }])[] = [
  [/&&/, { zh: 'Liquid 里写 and,不是 &&。', en: 'Liquid says and, not &&.' }],
  [/\|\|/, { zh: 'Liquid 里写 or,不是 ||。', en: 'Liquid says or, not ||.' }],
  [
    /\?[^'"]*:/,
    {
      zh: 'Liquid 没有 ? :,请用 {% if … %}…{% else %}…{% endif %}。',
      en: 'Liquid has no ? :, use {% if … %}…{% else %}…{% endif %}.',
    },
  ],
  [
    /\s[+*/-]\s/,
    {
      zh: '计算用过滤器:{{ a | plus: b }},还有 minus times divided_by。',
      en: 'Calculate with filters: {{ a | plus: b }}, and minus, times, divided_by.',
    },
  ],
  [/\bsize\(/, { zh: 'Liquid 里写 rows.size,不是 size(rows)。', en: 'Liquid says rows.size, not size(rows).' }],
];

/** `{% if a && b %}`: the whole tag or output round an offset, to look for what was meant. */
const surroundings = (source: string, offset: number): string => {
  const begin = Math.max(source.lastIndexOf('{{', offset), source.lastIndexOf('{%', offset), 0);
  return source.slice(begin, begin + 200).split(/[%}]\}/, 1)[0] ?? '';
};

const unnamed = (kind: 'filter' | 'tag', name: string, at: Place | null): Problem => {
  const why = own(SWITCHED_OFF, name);
  if (why !== undefined) return problem(cardWords, 'switched-off', { name, why }, { at });
  const suggestion = nearest(name, kind === 'filter' ? FILTER_NAMES : TAG_NAMES);
  return problem(cardWords, kind === 'filter' ? 'unknown-filter' : 'unknown-tag', { name, suggestion }, { at });
};

/** The name that was meant by a path such as `stores.first.nmae`: looked for where the path leads, else in all rows. */
const meant = (path: string, values: Readonly<Record<string, unknown>>): string | null => {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place: unknown = values;
  for (const key of keys)
    place = typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[key] : undefined;
  if (typeof place === 'object' && place !== null) return nearest(last, Object.keys(place));
  const columns = Object.values(values).flatMap(
    (value) => (value as { columns?: readonly string[] } | null)?.columns ?? [],
  );
  return nearest(last, columns);
};

/** What liquidjs throws, as a problem with its place. */
export const errorOf = (thrown: unknown, template: Template, values: Readonly<Record<string, unknown>>): Problem => {
  const error = thrown as Error & { readonly token?: { readonly begin?: number } };
  const why = (error.message.split('\n')[0] ?? '').replace(/,? line:\d+, col:\d+$/, '');
  const offset = error.token?.begin ?? 0;
  const at = placeIn(template, offset);
  const [, kind, name] = /^undefined (variable|filter): (.+)$/.exec(why) ?? /^(tag) "(.+)" not found$/.exec(why) ?? [];
  if (kind === 'variable')
    return problem(cardWords, 'unknown-variable', { name: name!, suggestion: meant(name!, values) }, { at });
  if (kind === 'filter' || kind === 'tag') return unnamed(kind, name!, at);
  if (/limit exceeded|too much/.test(why)) return problem(cardWords, 'template-limit', { why }, { at });
  if (error.name === 'RenderError') return problem(cardWords, 'template-error', { why }, { at });
  const around = surroundings(template.source, offset);
  const operator = OPERATORS.find(([sign]) => sign.test(around))?.[1] ?? null;
  return problem(cardWords, 'template-syntax', { why, operator }, { at });
};
