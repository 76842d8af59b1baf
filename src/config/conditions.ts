import { type Changed, type Each, type Tolerance, WHEN_EMPTY } from '../model/conditions.ts';
import { problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { RecipientKind } from '../model/recipient.ts';
import { conditionWords } from './condition-words.ts';
import type { Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { type RecipientRef, recipientRef } from './recipients.ts';
import { integer, list, made, oneOf, oneOrMore, type Reading, type Shape, sourceText, text } from './shape.ts';
import { configWords } from './words.ts';

/** `0.05`, or `0.5%` of the old value. The digits are taken as written. */
const tolerance: Shape<Tolerance> = {
  ...made(sourceText, (written, node, reading, path) => {
    const match = /^(\d{1,15}(?:\.\d{1,15})?) ?(%?)$/.exec(written.trim());
    if (match !== null) return { digits: match[1] as string, of: match[2] === '%' ? 'percent' : 'amount' };
    reading.problems.push(problem(conditionWords, 'bad-tolerance', { value: written }, { at: node.at, path }));
    return null;
  }),
  schema: { type: ['number', 'string'], pattern: '^\\d+(\\.\\d+)? ?%?$' },
};

const names = oneOrMore(text());

/** `of` is null where it was left out. */
export type WrittenChanged = Omit<Changed, 'of'> & { readonly of: string | null };

export const changed: Shape<WrittenChanged> = made(
  object({
    of: optional(text(), null),
    key: required(names),
    columns: optional(names, null),
    tolerance: optional(tolerance, null),
    first: optional(oneOf('send', 'remember'), 'send' as const),
  }),
  (value, node) => ({ at: node.at, ...value }),
);

export const empty = oneOf(...WHEN_EMPTY);

/** Which runs in a row send: `[2, 3]`, or one of them. */
export const whenRuns: Shape<readonly number[]> = made(
  { ...oneOrMore(integer({ min: 1, max: 10_000 })), schema: list(integer({ min: 1, max: 10_000 })).schema },
  (runs, node, reading, path) => {
    if (runs.length > 0) return runs;
    reading.problems.push(problem(configWords, 'missing-key', { key: 'whenRuns' }, { at: node.at, path }));
    return null;
  },
);

const TYPES: Readonly<Record<string, RecipientKind>> = {
  openId: 'open_id',
  unionId: 'union_id',
  userId: 'user_id',
  chatId: 'chat_id',
  email: 'email',
  mobile: 'mobile',
};

/** The kinds as they are written elsewhere in a job, and as Feishu calls them. */
const KINDS: Readonly<Record<string, RecipientKind>> = {
  ...TYPES,
  ...Object.fromEntries(Object.values(TYPES).map((kind) => [kind, kind])),
};

const each: Shape<Each> = made(
  object({ from: required(text()), column: required(text()), type: optional(oneOf(...Object.keys(KINDS)), null) }),
  ({ type, ...value }, node) => ({
    at: node.at,
    ...value,
    type: type === null ? null : (KINDS[type] as RecipientKind),
  }),
);

/** `to`: recipients, or the addresses in a column. */
export interface Audience {
  readonly refs: readonly RecipientRef[];
  readonly each: Each | null;
}

const refs = oneOrMore(recipientRef);

const isEach = (node: Node): boolean => node.kind === 'map' && node.entries.some(({ key }) => key === 'from');

export const audience: Shape<Audience> = {
  read: (node, reading, path) => {
    const items = node.kind === 'list' ? node.items : [node];
    const found = items.find(isEach);
    if (found === undefined) {
      const read = refs.read(node, reading, path);
      return read === null ? null : { refs: read, each: null };
    }
    if (items.length > 1) {
      reading.problems.push(problem(conditionWords, 'each-alone', undefined, { at: found.at, path }));
      return null;
    }
    const read = each.read(found, reading, path);
    return read === null ? null : { refs: [], each: read };
  },
  schema: { anyOf: [refs.schema, each.schema] },
};

/** Which dataset `changed` means: the only one, unless it says so. Null after pushing a problem. */
export const resolveChanged = (
  written: WrittenChanged | null,
  datasets: readonly string[],
  reading: Pick<Reading, 'problems'>,
): Changed | null => {
  if (written === null) return null;
  const { at, of } = written;
  if (of !== null && datasets.includes(of)) return { ...written, of };
  const [only] = datasets;
  if (of === null && only !== undefined && datasets.length === 1) return { ...written, of: only };
  const fault = { of, known: datasets, suggestion: of === null ? null : nearest(of, datasets) };
  reading.problems.push(problem(conditionWords, 'changed-of', fault, { at }));
  return null;
};
