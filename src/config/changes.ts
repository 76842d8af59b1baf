import type { ChangeSpec, Tolerance } from '../model/change.ts';
import { problem } from '../model/errors.ts';
import { object, optional, required } from './object.ts';
import { oneOf, oneOrMore, type Shape, text } from './shape.ts';
import { configWords } from './words.ts';

/** `0.5` by amount, `0.5%` of the old value. */
const tolerance: Shape<Tolerance> = {
  read: (node, reading, path) => {
    const written = node.kind === 'scalar' ? node.text.trim() : '';
    const match = /^(\d{1,15}(?:\.\d{1,10})?) ?(%?)$/.exec(written);
    if (match !== null) {
      const [, size = '0', percent] = match;
      return percent === '%' ? { size: `${size}e-2`, by: 'share' } : { size, by: 'amount' };
    }
    reading.problems.push(problem(configWords, 'bad-tolerance', { value: written }, { at: node.at, path }));
    return null;
  },
  schema: {
    anyOf: [
      { type: 'number', minimum: 0 },
      { type: 'string', pattern: '^\\d+(\\.\\d+)? ?%?$' },
    ],
  },
};

const keys = object({
  of: optional(text(), null),
  key: required(oneOrMore(text())),
  columns: optional(oneOrMore(text()), [] as readonly string[]),
  tolerance: optional(tolerance, null),
  first: optional(oneOf('send', 'remember'), 'send' as const),
});

export const change: Shape<ChangeSpec> = {
  read: (node, reading, path) => {
    const read = keys.read(node, reading, path);
    return read === null ? null : { at: node.at, ...read };
  },
  schema: keys.schema,
};
