import type { Json } from '../model/dataset.ts';
import type { Lang } from '../model/text.ts';
import { layout, margin, padding, styled } from './box.ts';
import { type Drawing, ownSizesOf } from './drawing.ts';
import { chartHtml } from './html-chart.ts';
import { columnSetHtml, formHtml, interactiveContainerHtml, panelHtml } from './html-container.ts';
import { iconHtml } from './html-icon.ts';
import { audioHtml, imageChoiceHtml, imageHtml, imagesHtml } from './html-image.ts';
import {
  buttonHtml,
  checkerHtml,
  inputHtml,
  multiSelectHtml,
  overflowHtml,
  pickerHtml,
  selectHtml,
} from './html-input.ts';
import { personHtml, personListHtml } from './html-people.ts';
import { tableHtml } from './html-table.ts';
import { divHtml, headerHtml, markdownHtml, noteHtml, textElementHtml } from './html-text.ts';
import { inLanguage } from './in-language.ts';
import { ownColorsOf } from './palette.ts';
import * as card from './read-card.ts';
import { escapeHtml } from './safe-html.ts';

type Node = card.Node;
const { node, nodes, text } = card;

const actionHtml = (action: Node, by: Drawing): string => {
  const layoutName = text(action['layout']);
  const name = ['bisect', 'bisected', 'trisect', 'trisection'].includes(layoutName)
    ? ` lc-in-${layoutName.slice(0, 6)}`
    : '';
  return `<div class="lc-buttons${name}">${nodes(action['actions'])
    .map((one) => (one['tag'] === 'button' ? buttonHtml(one, by) : elementHtml(one, by)))
    .join('')}</div>`;
};

const columnAlone = (element: Node, by: Drawing): string => columnSetHtml({ columns: [element] }, by);

/** How each component of a card 1.0 or 2.0 is drawn (cards: sections 1 and 3). */
const DRAWN: ReadonlyMap<string, (element: Node, by: Drawing) => string> = new Map([
  ['markdown', markdownHtml],
  ['plain_text', textElementHtml],
  ['lark_md', textElementHtml],
  ['div', divHtml],
  ['note', noteHtml],
  ['hr', (element: Node) => `<hr class="lc-hr"${styled({ margin: margin(element) })}>`],
  ['table', tableHtml],
  ['img', imageHtml],
  ['img_combination', imagesHtml],
  ['chart', chartHtml],
  ['person', personHtml],
  ['person_list', personListHtml],
  ['audio', audioHtml],
  [
    'button',
    (element: Node, by: Drawing) =>
      `<div class="lc-button-place${element['width'] === 'fill' ? '' : ' lc-fit'}">${buttonHtml(element, by)}</div>`,
  ],
  ['action', actionHtml],
  ['overflow', overflowHtml],
  ['select_static', selectHtml],
  ['select_person', selectHtml],
  ['multi_select_static', multiSelectHtml],
  ['multi_select_person', multiSelectHtml],
  ['select_img', imageChoiceHtml],
  ['date_picker', pickerHtml],
  ['picker_time', pickerHtml],
  ['picker_datetime', pickerHtml],
  ['input', inputHtml],
  ['checker', checkerHtml],
  ['standard_icon', iconHtml],
  ['custom_icon', iconHtml],
  ['column_set', columnSetHtml],
  ['column', columnAlone],
  ['form', formHtml],
  ['interactive_container', interactiveContainerHtml],
  ['collapsible_panel', panelHtml],
]);

/** The components that are drawn; any other shows its tag. */
export const DRAWN_TAGS: readonly string[] = [...DRAWN.keys()];

const elementHtml = (element: Node, by: Drawing): string => {
  const tag = text(element['tag']);
  const draw = DRAWN.get(tag);
  return draw === undefined ? `<div class="lc-unknown">‹${escapeHtml(tag || '?')}›</div>` : draw(element, by);
};

export interface DrawOptions {
  /** whose texts of a card in several languages */
  readonly lang?: Lang;
  /** where the bytes of an uploaded picture are: a data: URL, or a path of the page the card is drawn into */
  readonly picture?: (key: string) => string | null;
  readonly person?: (id: string) => string | null;
}

const bodyHtml = (root: Node, by: Drawing): string => {
  const body = node(root['body']);
  const name = `lc-body lc-stack${body['direction'] === 'horizontal' ? ' lc-across' : ''}`;
  return `<div class="${name}"${styled({ ...layout(body), padding: padding(body) })}>${by.elements(card.elementsOfCard(root))}</div>`;
};

/** A card 1.0 or 2.0 as a safe HTML fragment, looked after by CARD_CSS. Unknown elements show their tag. */
export const cardToHtml = (json: Json, { lang, picture, person }: DrawOptions = {}): string => {
  const root = inLanguage(json, lang ?? null);
  const by: Drawing = {
    picture: picture ?? (() => null),
    person: person ?? (() => null),
    colors: ownColorsOf(root),
    sizes: ownSizesOf(root),
    lang: lang ?? 'zh',
    elements: (elements) => elements.map((element) => elementHtml(element, by)).join(''),
  };
  const old = root['schema'] === '2.0' || 'body' in root ? '' : ' lc-1';
  const width = text(node(root['config'])['width_mode']);
  const mode = width === 'compact' || width === 'fill' ? ` lc-mode-${width}` : '';
  return `<article class="lc-card${old}${mode}">${headerHtml(node(root['header']), by)}${bodyHtml(root, by)}</article>`;
};
