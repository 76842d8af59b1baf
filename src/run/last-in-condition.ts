/** Where a condition names something of `last`: `last.figures.sales` is the path `figures`, `sales`. */
export type Lasts = readonly { readonly variable: string; readonly path: readonly string[] }[];

/** What of cel-js's syntax tree is looked at. */
interface Tree {
  readonly op: string;
  readonly args: unknown;
  readonly start?: number;
  readonly end?: number;
}

const isTree = (node: unknown): node is Tree => typeof node === 'object' && node !== null && 'op' in node;

/** The names after `last`, for what is nothing but names: `last.figures["销售额"]`. */
const pathOf = (node: unknown): readonly string[] | null => {
  if (!isTree(node)) return null;
  if (node.op === 'id') return node.args === 'last' ? [] : null;
  if ((node.op !== '.' && node.op !== '[]') || !Array.isArray(node.args)) return null;
  const [left, right] = node.args as readonly unknown[];
  const name = isTree(right) && right.op === 'value' ? right.args : right;
  const before = pathOf(left);
  return before === null || typeof name !== 'string' ? null : [...before, name];
};

interface Found {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
}

const inside = (node: unknown): readonly Found[] => {
  if (Array.isArray(node)) return node.flatMap(inside);
  if (!isTree(node)) return [];
  const path = pathOf(node);
  if (path !== null && path.length > 0 && node.start !== undefined && node.end !== undefined)
    return [{ path, start: node.start, end: node.end }];
  return inside(node.args);
};

/**
 * On the first run `last` is null, and CEL takes nothing out of null: it would be a fault, where people expect what SQL
 * does. So whatever a condition takes out of `last` becomes a variable of its own, which is null where there is nothing.
 */
export const lastsIn = (source: string, tree: unknown): { readonly source: string; readonly lasts: Lasts } => {
  const found = inside(tree)
    .filter(({ start, end }) => /^last\s*[.[]/.test(source.slice(start, end)))
    .toSorted((a, b) => b.start - a.start);
  return {
    source: found.reduce((so, { start, end }, i) => `${so.slice(0, start)}last__${i}${so.slice(end)}`, source),
    lasts: found.map(({ path }, i) => ({ variable: `last__${i}`, path })),
  };
};

export const valuesOf = (lasts: Lasts, last: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    lasts.map(({ variable, path }) => [
      variable,
      path.reduce<unknown>(
        (of, name) =>
          typeof of === 'object' && of !== null && Object.hasOwn(of, name)
            ? (of as Readonly<Record<string, unknown>>)[name]
            : null,
        last,
      ),
    ]),
  );
