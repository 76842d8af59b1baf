import { pixels, styled } from './box.ts';
import type { Drawing } from './drawing.ts';
import { colorOf } from './palette.ts';
import { type Node, node, text } from './read-card.ts';
import { escapeHtml, pictureSource } from './safe-html.ts';

/** The icon of a component: `icon`, else `ud_icon` (cards: C-title, C-person-list); 1.0 headers have only its img_key. */
export const iconOf = (element: Node): Node => {
  const icon = node(element['icon']);
  if (Object.keys(icon).length > 0) return icon;
  const old = node(element['ud_icon']);
  return Object.keys(old).length === 0
    ? {}
    : { tag: 'standard_icon', color: node(old['style'])['color'] ?? '', ...old };
};

const ARROW = /^(?:arrow-)?(down|up|left|right)(?=[-_])/;

const sizeOf = (icon: Node): Record<string, string | null> => {
  const [width, height] = text(icon['size']).split(' ');
  const [w, h] = [pixels(width, 1, 64), pixels(height, 1, 64)];
  return { width: w === null ? null : `${w}px`, height: h === null ? null : `${h}px` };
};

/**
 * An icon. Of Feishu's own only the names are public, so these are a neutral mark with the name as its title; those that
 * are arrows by name are arrows.
 */
export const iconHtml = (icon: Node, by: Drawing, name = ''): string => {
  const token = text(icon['token']);
  const key = text(icon['img_key']);
  const classes = `lc-icon${name === '' ? '' : ` ${name}`}`;
  if (key !== '' && (icon['tag'] !== 'standard_icon' || token === '')) {
    const source = pictureSource(by.picture(key));
    return source === null
      ? `<span class="${classes} lc-mark" title="${escapeHtml(key)}"></span>`
      : `<img class="${classes}" src="${source}" alt=""${styled(sizeOf(icon))}>`;
  }
  if (token === '') return '';
  const arrow = ARROW.exec(token)?.[1];
  const look =
    arrow === undefined ? (token.endsWith('_filled') ? 'lc-mark lc-filled' : 'lc-mark') : `lc-arrow lc-${arrow}ward`;
  const style = styled({ color: colorOf(text(icon['color']), by.colors), ...sizeOf(icon) });
  return `<span class="${classes} ${look}" title="${escapeHtml(token)}"${style}></span>`;
};
