import { failure } from '../model/errors.ts';
import { sourceWords } from './words.ts';

/** `$.data[?@.open].rows`: JSONPath (RFC 9535); what it finds, as a list. Loaded when it is used. */
const byPath = async (value: unknown, path: string): Promise<readonly unknown[]> => {
  const { query } = await import('json-p3');
  try {
    return query(path, value as never).values();
  } catch (error) {
    const why = (error as Error).message.split('\n')[0] ?? '';
    throw failure(sourceWords, 'select-syntax', { select: path, why }, { status: 2, cause: error });
  }
};

/** `$.rows[*]` finds rows; `$.rows` finds one list of rows, which is meant. */
const unwrapped = (found: readonly unknown[]): unknown => (found.length === 1 ? found[0] : found);

/**
 * A part of a JSON value: `data.items[0].rows` by dots and indexes, or a JSONPath that begins with `$`. What is not
 * there is `select-missing`, or undefined where it is `optional`.
 */
export const selected = async (value: unknown, select: string | null, { optional = false } = {}): Promise<unknown> => {
  if (select === null || select === '') return value;
  if (select.startsWith('$')) {
    const found = await byPath(value, select);
    if (found.length > 0) return unwrapped(found);
    // a filter may find nothing; a path that leads nowhere is a mistake
    if (optional) return undefined;
    if (/[?*]|\.\./.test(select)) return [];
    throw failure(sourceWords, 'select-missing', { select, at: select });
  }
  return select
    .split(/\.|\[(\d+)\]/)
    .filter(Boolean)
    .reduce<unknown>((within, key) => {
      const next =
        typeof within === 'object' && within !== null && Object.hasOwn(within, key)
          ? (within as Record<string, unknown>)[key]
          : undefined;
      if (next === undefined && !optional) throw failure(sourceWords, 'select-missing', { select, at: key });
      return next;
    }, value);
};
