import {
  ASPECTS,
  type Block,
  CHART_TYPES,
  type ChartByHand,
  type ChartPlan,
  type TableColumn,
  THEMES,
} from '../model/card.ts';
import { problem } from '../model/errors.ts';
import { columnOrMore } from './formats.ts';
import { jsonOf } from './node.ts';
import { object, optional } from './object.ts';
import { boolean, made, oneOf, type Shape, text, wrongType } from './shape.ts';
import { translated } from './translated.ts';
import { configWords } from './words.ts';

type Chart = Extract<Block, { block: 'chart' }>;
type Spec = ChartByHand['spec'];

const spec: Shape<Spec> = {
  read: (node, reading, path) =>
    node.kind === 'map'
      ? (jsonOf(node) as Spec)
      : wrongType(node, reading, path, { zh: '一份 VChart 的 spec', en: 'a spec of VChart' }),
  schema: { type: 'object' },
};

const oneColumn: Shape<TableColumn> = made(columnOrMore, (all, node, reading, path) => {
  const [only] = all;
  return all.length === 1 && only !== undefined
    ? only
    : wrongType(node, reading, path, { zh: '一列', en: 'one column' });
});

/** `{ type, rows, x, y, series }`, or a whole `spec`. */
export const chart: Shape<Chart> = made(
  object({
    type: optional(oneOf(...CHART_TYPES), null),
    rows: optional(text(), null),
    x: optional(oneColumn, null),
    y: optional(columnOrMore, null),
    series: optional(text(), null),
    stacked: optional(boolean, false),
    horizontal: optional(boolean, false),
    labels: optional(boolean, null),
    title: optional(translated, null),
    spec: optional(spec, null),
    height: optional(text(), null),
    aspect: optional(oneOf(...ASPECTS), null),
    theme: optional(oneOf(...THEMES), null),
  }),
  ({ height, aspect, theme, spec: byHand, ...plan }, node, reading, path) => {
    const missing = (key: string): null => {
      reading.problems.push(problem(configWords, 'missing-key', { key }, { at: node.at, path }));
      return null;
    };
    const drawn = (chart: ChartPlan | ChartByHand): Chart => ({
      at: node.at,
      block: 'chart',
      chart,
      height,
      aspect,
      theme,
    });
    const { type, rows, x, y, series, ...look } = plan;
    if (byHand !== null) {
      const other = Object.entries({ type, x, y, series }).find(([, given]) => given !== null)?.[0];
      if (other === undefined) return drawn({ spec: byHand, rows });
      reading.problems.push(problem(configWords, 'key-conflict', { key: 'spec', other }, { at: node.at, path }));
      return null;
    }
    if (type === null) return missing('type');
    if (rows === null) return missing('rows');
    if (x === null) return missing('x');
    if (y === null) return missing('y');
    return drawn({ type, rows, x, y, series, ...look });
  },
);
