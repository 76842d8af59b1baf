import type { Block, Button, Column, Template } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { problem } from '../model/errors.ts';
import { chartElement } from './chart.ts';
import { type Making, plainText, said } from './making.ts';
import { metricRows } from './metrics.ts';
import { peopleElement } from './people.ts';
import { tableElement } from './table.ts';
import { cardWords } from './words.ts';

type Look = { readonly [key: string]: Json };

const div = (
  text: Template,
  making: Making,
  { into = 'plain', ...look }: Look & { into?: 'plain' | 'line' } = {},
): Json => ({
  tag: 'div',
  text: { ...(plainText(text, making, into) as Look), ...look },
});

/** What the 1.0 component `note` was (cards: S-V2CHG). */
const QUIET = { text_size: 'notation', text_color: 'grey' } as const;

const button = ({ text, url, type }: Button, making: Making): Json => ({
  tag: 'button',
  text: plainText(text, making),
  type,
  behaviors: [{ type: 'open_url', default_url: making.text(url, 'link') }],
});

const column = (elements: readonly Json[], look: Look): Json => ({ tag: 'column', ...look, elements });

/** Several buttons stand beside each other and wrap; directly in the body they would stand one below the other. */
const buttonRow = (buttons: readonly Button[], making: Making): Json => ({
  tag: 'column_set',
  flex_mode: 'flow',
  horizontal_spacing: '8px',
  columns: buttons.map((one) => column([button(one, making)], { width: 'auto' })),
});

/** `flex_mode` acts on narrow screens only (cards: C-column-set), so each row is a set of its own. */
const fieldRows = (fields: Extract<Block, { block: 'fields' }>['fields'], making: Making): readonly Json[] => {
  const perRow = fields.length === 1 ? 1 : fields.length % 3 === 0 ? 3 : 2;
  const rows = Array.from({ length: Math.ceil(fields.length / perRow) }, (_, i) =>
    fields.slice(i * perRow, (i + 1) * perRow),
  );
  const weighted = { width: 'weighted', weight: 1, vertical_spacing: '2px' } as const;
  // not `div.fields`: there a label could only be set apart by markdown, and values are plain text
  const cell = (field: (typeof fields)[number] | undefined): Json =>
    column(
      field === undefined ? [] : [div(field.label, making, { into: 'line', ...QUIET }), div(field.value, making)],
      weighted,
    );
  return rows.map((row) => ({
    tag: 'column_set',
    flex_mode: perRow === 3 ? 'trisect' : 'bisect',
    horizontal_spacing: '12px',
    columns: Array.from({ length: perRow }, (_, i) => cell(row[i])),
  }));
};

const isElement = (element: Json): element is Look =>
  typeof element === 'object' &&
  element !== null &&
  !Array.isArray(element) &&
  typeof (element as { tag?: Json }).tag === 'string';

const image = ({ src, alt, size }: Extract<Block, { block: 'image' }>, making: Making): Json => {
  const picture = 'from' in src ? src : making.line(src);
  return {
    tag: 'img',
    img_key: picture === '' ? '' : making.keyOf(picture, src.at),
    alt: alt === null ? { tag: 'plain_text', content: '' } : plainText(alt, making),
    ...(size === null ? {} : { size }),
  };
};

const widthOf = (width: Column['width']): Look =>
  typeof width === 'number' ? { width: 'weighted', weight: width } : { width };

/** Beside each other where there is room, one below the other on a phone. */
const columnSet = ({ columns }: Extract<Block, { block: 'columns' }>, path: string, making: Making): Json => ({
  tag: 'column_set',
  flex_mode: columns.some(({ width }) => typeof width !== 'number') ? 'none' : 'stretch',
  horizontal_spacing: '12px',
  columns: columns.map(({ width, body }, i) =>
    column(elementsOf(body, `${path}.columns[${i}].elements`, making), { ...widthOf(width), vertical_spacing: '8px' }),
  ),
});

const panel = ({ title, open, body }: Extract<Block, { block: 'panel' }>, path: string, making: Making): Json => ({
  tag: 'collapsible_panel',
  expanded: open,
  header: {
    title: plainText(title, making),
    vertical_align: 'center',
    icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
    icon_position: 'right',
    icon_expanded_angle: -180,
  },
  border: { color: 'grey', corner_radius: '5px' },
  vertical_spacing: '8px',
  padding: '8px 8px 8px 8px',
  elements: elementsOf(body, `${path}.elements`, making),
});

const orNone = (element: Json | null): readonly Json[] => (element === null ? [] : [element]);

/** The elements a block becomes: mostly one, none where there is nothing to show. `path` is where the first will stand. */
const elementsOfBlock = (block: Block, path: string, making: Making): readonly Json[] => {
  switch (block.block) {
    case 'markdown':
      return [{ tag: 'markdown', ...said(block.text, making, 'markdown') }];
    case 'text':
      return [div(block.text, making)];
    case 'note':
      return [div(block.text, making, QUIET)];
    case 'divider':
      return [{ tag: 'hr' }];
    case 'fields':
      return fieldRows(block.fields, making);
    case 'metrics':
      return metricRows(block.metrics, making);
    case 'table':
      return orNone(tableElement(block, making));
    case 'chart':
      return orNone(chartElement(block, making));
    case 'image':
      return [image(block, making)];
    case 'people':
      return orNone(peopleElement(block, making));
    case 'columns':
      return [columnSet(block, path, making)];
    case 'panel':
      return [panel(block, path, making)];
    case 'buttons': {
      const [only] = block.buttons;
      if (only === undefined) return [];
      return [block.buttons.length === 1 ? button(only, making) : buttonRow(block.buttons, making)];
    }
    case 'raw':
      if (isElement(block.element)) return [block.element];
      making.problems.push(problem(cardWords, 'raw-no-element', undefined, { at: block.at }));
      return [];
  }
};

/** Blocks as elements in their order; `path` is that of the list they stand in. */
export const elementsOf = (body: readonly Block[], path: string, making: Making): readonly Json[] => {
  const elements: Json[] = [];
  for (const block of body) {
    const made = elementsOfBlock(block, `${path}[${elements.length}]`, making);
    for (const element of made) {
      if (block.at !== null) making.places.set(`${path}[${elements.length}]`, block.at);
      elements.push(element);
    }
  }
  return elements;
};
