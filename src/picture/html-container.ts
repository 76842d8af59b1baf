import type { Json } from '../model/dataset.ts';
import { aligned, edges, isHorizontal, layout, length, margin, padding, pixels, spacing, styled } from './box.ts';
import type { Drawing } from './drawing.ts';
import { iconHtml, iconOf } from './html-icon.ts';
import { textHtml } from './html-text.ts';
import { colorOf, surfaceOf } from './palette.ts';
import * as card from './read-card.ts';
import { escapeHtml, linkHtml } from './safe-html.ts';

type Node = card.Node;
const { node, nodes, text } = card;

/** What lies above or beside each other: the class names the direction, the style what the container says itself. */
const stackClass = (container: Node, name: string): string =>
  `lc-stack ${name}${isHorizontal(container) ? ' lc-across' : ''}`;

/** A border; a bare `grey`, which is the usual one, is the pale grey of all lines. */
const lineColor = (json: Json | undefined, by: Drawing): string => {
  const name = text(json);
  return (name === 'grey' ? null : colorOf(name, by.colors)) ?? 'var(--lc-line)';
};

export const formHtml = (form: Node, by: Drawing): string =>
  `<div class="${stackClass(form, 'lc-form')}"${styled({ ...layout(form), padding: padding(form), margin: margin(form) })}>${by.elements(nodes(form['elements']))}</div>`;

const weightOf = (column: Node): number => Math.min(5, Math.max(1, Math.floor(Number(text(column['weight']))))) || 1;

const columnHtml = (column: Node, by: Drawing): string => {
  const px = pixels(column['width'], 16, 600);
  const grow = px !== null ? 'lc-fixed' : column['width'] === 'weighted' ? `lc-weight-${weightOf(column)}` : 'lc-auto';
  const background = surfaceOf(text(column['background_style']), by.colors);
  const style = styled({
    width: px === null ? null : `${px}px`,
    ...layout({ ...column, vertical_align: isHorizontal(column) ? (column['vertical_align'] ?? '') : '' }),
    'justify-content': isHorizontal(column) ? aligned(column['horizontal_align']) : aligned(column['vertical_align']),
    background,
    padding: padding(column),
    margin: margin(column),
  });
  const name = `${stackClass(column, 'lc-column')} ${grow}${background === null ? '' : ' lc-filled-box'}`;
  return `<div class="${name}"${style}>${by.elements(nodes(column['elements']))}</div>`;
};

/**
 * Columns in one row by their widths and weights; its flex_mode is for narrow screens (cards: C-column-set: "adaptive
 * mode for narrow screens"), so the style sheet applies it by the card's width.
 */
export const columnSetHtml = (set: Node, by: Drawing): string => {
  const flex = text(set['flex_mode']);
  const mode = ['stretch', 'flow', 'bisect', 'trisect'].includes(flex) ? flex : 'none';
  const background = surfaceOf(text(set['background_style']), by.colors);
  const gap = spacing(set['horizontal_spacing']);
  const style = styled({
    gap: gap === null ? null : `${gap}px`,
    '--lc-gap': gap === null ? null : `${gap}px`,
    'justify-content': aligned(set['horizontal_align']),
    background,
    margin: margin(set),
  });
  const columns = nodes(set['columns']).map((column) => columnHtml(column, by));
  return `<div class="lc-columns lc-flex-${mode}${background === null ? '' : ' lc-filled-box'}"${style}>${columns.join('')}</div>`;
};

export const interactiveContainerHtml = (box: Node, by: Drawing): string => {
  const width = box['width'] === 'auto' ? 'fit-content' : length(box['width'], 16, 999);
  const height = pixels(box['height'], 10, 999);
  const border = box['has_border'] === true;
  const tip = card.contentOf(box['disabled'] === true ? box['disabled_tips'] : box['hover_tips']);
  const style = styled({
    width,
    height: height === null ? null : `${height}px`,
    ...layout(box),
    background: surfaceOf(text(box['background_style']), by.colors),
    border: border ? `1px solid ${lineColor(box['border_color'], by)}` : null,
    'border-radius': length(box['corner_radius'], 0, 999),
    padding: padding(box),
    margin: margin(box),
  });
  const off = box['disabled'] === true ? ' lc-disabled' : '';
  const address = card.addressOf(box);
  const open = address === '' ? '' : linkHtml(address, '', 'lc-open');
  return `<div class="${stackClass(box, 'lc-container')}${off}"${tip === '' ? '' : ` title="${escapeHtml(tip)}"`}${style}>${by.elements(nodes(box['elements']))}${open}</div>`;
};

const ANGLES: readonly number[] = [-180, -90, 90, 180];

/** cards: 3.6, collapsible_panel: open or closed as the card says; a click turns it. */
export const panelHtml = (panel: Node, by: Drawing): string => {
  const header = node(panel['header']);
  const border = node(panel['border']);
  const color = lineColor(border['color'], by);
  const box = styled({
    background: surfaceOf(text(panel['background_color']), by.colors),
    border: 'border' in panel ? `1px solid ${color}` : null,
    'border-radius': 'border' in panel ? (length(border['corner_radius'], 0, 999) ?? '5px') : null,
    margin: margin(panel),
  });
  const position = text(header['icon_position']);
  const icon = iconHtml({ size: '10px 10px', ...iconOf(header) }, by, 'lc-turning');
  const angle = ANGLES.find((each) => String(each) === text(header['icon_expanded_angle'])) ?? 180;
  const head = styled({
    background: surfaceOf(text(header['background_color']), by.colors),
    padding: edges(header['padding'], -99, 99),
    'align-items': aligned(header['vertical_align']),
    width: header['width'] === 'auto' ? 'fit-content' : null,
    '--lc-turn': `${angle}deg`,
  });
  const title = `<span class="lc-panel-title${position === 'follow_text' ? '' : ' lc-grow'}">${textHtml(header['title'], by)}</span>`;
  const summary = position === 'left' ? icon + title : title + icon;
  const inner = styled({ ...layout(panel), padding: padding(panel) });
  return `<details class="lc-panel${'border' in panel || 'background_color' in panel ? ' lc-framed' : ''}"${panel['expanded'] === true ? ' open' : ''}${box}><summary${head}>${summary}</summary><div class="${stackClass(panel, 'lc-panel-body')}"${inner}>${by.elements(nodes(panel['elements']))}</div></details>`;
};
