import { problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { AGGREGATES, type Aggregation, type ShapingStep } from '../model/shaping.ts';
import { object, optional, required } from './object.ts';
import { byKind, integer, list, made, oneOrMore, record, type Shape, text } from './shape.ts';
import { configWords } from './words.ts';

type Step<K extends ShapingStep['step']> = Extract<ShapingStep, { step: K }>;

const names = oneOrMore(text());

const pick: Shape<Step<'pick'>> = byKind<Step<'pick'>>(
  {
    scalar: made(text(), (name, node) => ({ at: node.at, step: 'pick', columns: [{ name, from: name }] })),
    list: made(list(text()), (all, node) => ({
      at: node.at,
      step: 'pick',
      columns: all.map((name) => ({ name, from: name })),
    })),
    map: made(record(text()), (all, node) => ({
      at: node.at,
      step: 'pick',
      columns: Object.entries(all).map(([name, from]) => ({ name, from })),
    })),
  },
  { zh: '列名,或 { 新名: 列 }', en: 'columns, or { new name: column }' },
);

/** `-sales`: the largest first. */
const sort: Shape<Step<'sort'>> = made(names, (all, node) => ({
  at: node.at,
  step: 'sort',
  by: all.map((name) => ({ column: name.replace(/^-/, ''), descending: name.startsWith('-') })),
}));

/** `sum: sales`, `sum: [sales, cost]` or `sum: { total: sales }`; `count: stores` counts rows under that name. */
const columnsOf = byKind<readonly { as: string; of: string }[]>(
  {
    scalar: made(text(), (name) => [{ as: name, of: name }]),
    list: made(list(text()), (all) => all.map((name) => ({ as: name, of: name }))),
    map: made(record(text()), (all) => Object.entries(all).map(([as, of]) => ({ as, of }))),
  },
  { zh: '列名,或 { 新名: 列 }', en: 'columns, or { new name: column }' },
);

const group: Shape<Step<'group'>> = made(
  object({
    by: optional(names, [] as readonly string[]),
    sum: optional(columnsOf, []),
    avg: optional(columnsOf, []),
    min: optional(columnsOf, []),
    max: optional(columnsOf, []),
    count: optional(
      byKind<readonly { as: string; of: string | null }[]>(
        {
          scalar: made(text(), (as) => [{ as, of: null }]),
          map: made(record(text()), (all) => Object.entries(all).map(([as, of]) => ({ as, of }))),
        },
        { zh: '新列的名字', en: 'the name of the new column' },
      ),
      [] as readonly { as: string; of: string | null }[],
    ),
  }),
  ({ by, ...made_ }, node, reading, path) => {
    const make: Aggregation[] = AGGREGATES.flatMap((each) => made_[each].map(({ as, of }) => ({ as, of, by: each })));
    const all = [...by, ...make.map(({ as }) => as)];
    const twice = all.find((name, i) => all.indexOf(name) < i);
    if (twice === undefined) return { at: node.at, step: 'group', by, make };
    reading.problems.push(problem(configWords, 'duplicate-key', { key: twice }, { at: node.at, path }));
    return null;
  },
);

const compare: Shape<Step<'compare'>> = made(
  object({ with: required(text()), key: required(names), columns: required(names) }),
  (value, node) => ({ at: node.at, step: 'compare', ...value }),
);

const pivot: Shape<Step<'pivot'>> = made(
  object({ rows: required(text()), columns: required(text()), value: required(text()) }),
  (value, node) => ({ at: node.at, step: 'pivot', ...value }),
);

const STEPS: Readonly<Record<ShapingStep['step'], Shape<ShapingStep>>> = {
  pick,
  sort,
  limit: made(integer({ min: 1, max: 100_000 }), (rows, node) => ({ at: node.at, step: 'limit', rows })),
  group,
  compare,
  pivot,
};
const STEP_NAMES = Object.keys(STEPS);

const step: Shape<ShapingStep> = {
  read: (node, reading, path) => {
    const [only, ...others] = node.kind === 'map' ? node.entries : [];
    if (only === undefined || others.length > 0) {
      reading.problems.push(problem(configWords, 'one-step', { known: STEP_NAMES }, { at: node.at, path }));
      return null;
    }
    const shape = STEPS[only.key as ShapingStep['step']] as Shape<ShapingStep> | undefined;
    if (shape !== undefined) return shape.read(only.value, reading, `${path}.${only.key}`);
    const suggestion = nearest(only.key, STEP_NAMES);
    reading.problems.push(
      problem(configWords, 'unknown-key', { key: only.key, known: STEP_NAMES, suggestion }, { at: only.at, path }),
    );
    return null;
  },
  schema: {
    type: 'object',
    properties: Object.fromEntries(Object.entries(STEPS).map(([name, shape]) => [name, shape.schema])),
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
  },
};

/** What is done to a dataset, in order. */
export const shapingSteps: Shape<readonly ShapingStep[]> = list(step);
