import type { Block, Button, CardSpec, Template } from '../model/card.ts';
import type { Dataset, Json } from '../model/dataset.ts';
import { type Place, type Problem, problem } from '../model/errors.ts';
import { type Filling, fillingOf } from './filling.ts';
import type { Shown } from './fit-pieces.ts';
import type { Scope } from './scope.ts';
import { tableElement } from './table.ts';
import { cardWords } from './words.ts';

const plainText = (content: string): Json => ({ tag: 'plain_text', content });

const div = (content: string, look: { readonly [key: string]: Json } = {}): Json => ({
  tag: 'div',
  text: { tag: 'plain_text', content, ...look },
});

/** What the 1.0 component `note` was (cards: S-V2CHG). */
const QUIET = { text_size: 'notation', text_color: 'grey' } as const;

const button = ({ text, url, type }: Button, filling: Filling): Json => ({
  tag: 'button',
  text: plainText(filling.line(text)),
  type,
  behaviors: [{ type: 'open_url', default_url: filling.text(url, 'link') }],
});

const column = (elements: readonly Json[], width: { readonly [key: string]: Json }): Json => ({
  tag: 'column',
  ...width,
  elements,
});

/** Several buttons stand beside each other and wrap; directly in the body they would stand one below the other. */
const buttonRow = (buttons: readonly Button[], filling: Filling): Json => ({
  tag: 'column_set',
  flex_mode: 'flow',
  horizontal_spacing: '8px',
  columns: buttons.map((one) => column([button(one, filling)], { width: 'auto' })),
});

/** Two fields a row, or three if there are three. Not `div.fields`: there a label could only be set apart by markdown, and values are plain text. */
const fieldRows = (
  fields: readonly { readonly label: Template; readonly value: Template }[],
  filling: Filling,
): Json => ({
  tag: 'column_set',
  flex_mode: fields.length === 3 ? 'trisect' : 'bisect',
  horizontal_spacing: '12px',
  columns: fields.map(({ label, value }) =>
    column([div(filling.line(label), QUIET), div(filling.text(value, 'plain'))], {
      width: 'weighted',
      weight: 1,
      vertical_spacing: '2px',
    }),
  ),
});

const isElement = (element: Json): element is { readonly [key: string]: Json } =>
  typeof element === 'object' &&
  element !== null &&
  !Array.isArray(element) &&
  typeof (element as { tag?: Json }).tag === 'string';

/** The key of an image in a card, by its path; what cannot be had is a problem of the block's place. */
export type ImageKey = (path: string, at: Place | null) => string;

const image = ({ src, alt, size }: Extract<Block, { block: 'image' }>, filling: Filling, keyOf: ImageKey): Json => {
  const path = filling.line(src);
  return {
    tag: 'img',
    img_key: path === '' ? '' : keyOf(path, src.at),
    alt: plainText(alt === null ? '' : filling.line(alt)),
    ...(size === null ? {} : { size }),
  };
};

const elementOf = (
  block: Block,
  data: Readonly<Record<string, Dataset>>,
  filling: Filling,
  keyOf: ImageKey,
): Json | null => {
  switch (block.block) {
    case 'markdown':
      return { tag: 'markdown', content: filling.text(block.text, 'markdown') };
    case 'text':
      return div(filling.text(block.text, 'plain'));
    case 'note':
      return div(filling.text(block.text, 'plain'), QUIET);
    case 'divider':
      return { tag: 'hr' };
    case 'fields':
      return fieldRows(block.fields, filling);
    case 'table':
      return tableElement(block, data, filling);
    case 'image':
      return image(block, filling, keyOf);
    case 'buttons': {
      const [only] = block.buttons;
      return block.buttons.length === 1 && only !== undefined
        ? button(only, filling)
        : buttonRow(block.buttons, filling);
    }
    case 'raw':
      if (isElement(block.element)) return block.element;
      filling.problems.push(problem(cardWords, 'raw-no-element', undefined, { at: block.at }));
      return null;
  }
};

const header = (spec: CardSpec, title: Template, filling: Filling): Json => ({
  title: plainText(filling.line(title)),
  ...(spec.subtitle === null ? {} : { subtitle: plainText(filling.line(spec.subtitle)) }),
  template: spec.color,
  ...(spec.tags.length === 0
    ? {}
    : {
        text_tag_list: spec.tags.map(({ text, color }) => ({
          tag: 'text_tag',
          text: plainText(filling.line(text)),
          color,
        })),
      }),
});

/** Wide tables get the whole width of the chat; everything else reads better at Feishu's 600 px. */
const WIDE = 4;
const widthMode = (elements: readonly Json[]): string => {
  const columns = elements.map((element) =>
    (element as { columns?: readonly Json[]; tag: string }).tag === 'table'
      ? (element as { columns: readonly Json[] }).columns.length
      : 0,
  );
  return Math.max(0, ...columns) > WIDE ? 'fill' : 'default';
};

/**
 * A card spec as Feishu's card JSON 2.0. Data lands as plain text unless its author asked for markdown, where it is
 * escaped. With an error among the problems the card is not whole and must not be sent. Images get their keys from
 * `keyOf`, which may throw.
 */
export const compileCard = (
  spec: CardSpec,
  scope: Scope,
  data: Readonly<Record<string, Dataset>>,
  keyOf: ImageKey,
): { readonly card: Json; readonly problems: readonly Problem[]; readonly shows: ReadonlyMap<Json, Shown> } => {
  const filling = fillingOf(scope);
  const elements = spec.body
    .map((block) => elementOf(block, data, filling, keyOf))
    .filter((element) => element !== null);
  const summary = spec.summary ?? spec.title;
  const card: Json = {
    schema: '2.0',
    config: {
      update_multi: true,
      width_mode: widthMode(elements),
      ...(summary === null ? {} : { summary: { content: filling.line(summary) } }),
    },
    ...(spec.title === null ? {} : { header: header(spec, spec.title, filling) }),
    body: { direction: 'vertical', elements },
  };
  return { card, problems: withoutRepeats(filling.problems), shows: filling.shows };
};

/** Title and summary are one template often: its problem is said once. */
const withoutRepeats = (problems: readonly Problem[]): readonly Problem[] => {
  const seen = new Set<string>();
  return problems.filter(({ code, message, at }) => {
    const key = JSON.stringify([code, message.en, at]);
    return seen.has(key) ? false : seen.add(key);
  });
};
