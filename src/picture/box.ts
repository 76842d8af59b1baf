import type { Json } from '../model/dataset.ts';
import { lookUp, type Node, text } from './read-card.ts';

const SPACINGS: Readonly<Record<string, number>> = { small: 4, medium: 8, large: 12, extra_large: 16 };

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** `12px`, or a number of them; null for anything else. */
export const pixels = (json: Json | undefined, least: number, most: number): number | null => {
  const found = /^(-?\d{1,5}(?:\.\d{1,3})?)(?:px)?$/.exec(text(json).trim());
  return found === null ? null : within(Number(found[1]), least, most);
};

/** A length as Feishu gives corner radii and column widths: pixels or per cent. */
export const length = (json: Json | undefined, least: number, most: number): string | null => {
  const percent = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text(json).trim());
  if (percent !== null) return `${within(Number(percent[1]), 0, 100)}%`;
  const px = pixels(json, least, most);
  return px === null ? null : `${px}px`;
};

/** One, two or four pixel values: margin and padding. */
export const edges = (json: Json | undefined, least: number, most: number): string | null => {
  const written = text(json).trim();
  if (written === '') return null;
  const parts = written.split(/\s+/).map((part) => pixels(part, least, most));
  return parts.length > 4 || parts.includes(null) ? null : parts.map((px) => `${px}px`).join(' ');
};

export const spacing = (json: Json | undefined): number | null => lookUp(SPACINGS, json) ?? pixels(json, 0, 99);

/** A style attribute of those declarations that have a value; '' when none has. The values are made here, never copied. */
export const styled = (declarations: Readonly<Record<string, string | number | null>>): string => {
  const said = Object.entries(declarations).filter(([, value]) => value !== null && value !== '');
  return said.length === 0 ? '' : ` style="${said.map(([name, value]) => `${name}:${value}`).join(';')}"`;
};

const ALIGNED: Readonly<Record<string, string>> = {
  left: 'flex-start',
  top: 'flex-start',
  center: 'center',
  right: 'flex-end',
  bottom: 'flex-end',
};

export const aligned = (json: Json | undefined): string | null => lookUp(ALIGNED, json) ?? null;

export const isHorizontal = (container: Node): boolean => container['direction'] === 'horizontal';

/** How a container lays out what is in it: direction, spacing, alignment (cards: 3.6 Containers). */
export const layout = (container: Node): Record<string, string | number | null> => {
  const across = isHorizontal(container);
  const row = spacing(container['vertical_spacing']);
  const column = spacing(container['horizontal_spacing']);
  return {
    'row-gap': row === null ? null : `${row}px`,
    'column-gap': column === null ? null : `${column}px`,
    'align-items': aligned(container[across ? 'vertical_align' : 'horizontal_align']),
    'justify-content': aligned(container[across ? 'horizontal_align' : 'vertical_align']),
  };
};

export const margin = (element: Node): string | null => edges(element['margin'], -99, 99);
export const padding = (element: Node): string | null => edges(element['padding'], -99, 99);
