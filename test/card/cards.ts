// Cards to try the rules on, made of as little as possible.
import type { Json } from '../../src/model/dataset.ts';

export type Obj = { readonly [key: string]: Json };
export const v2 = (elements: readonly Json[], more: Obj = {}): Json => ({ schema: '2.0', body: { elements }, ...more });
export const v1 = (elements: readonly Json[], more: Obj = {}): Json => ({ elements, ...more });
export const titled = (more: Obj): Obj => ({ header: { title: { tag: 'plain_text', content: 't' }, ...more } });
export const md = (content: string): Obj => ({ tag: 'markdown', content });
export const button = (more: Obj): Obj => ({ tag: 'button', text: { tag: 'plain_text', content: 'b' }, ...more });
export const open = (url: string): Obj => button({ behaviors: [{ type: 'open_url', default_url: url }] });
export const table = (columns: readonly Json[], rows: readonly Json[], more: Obj = {}): Obj => ({
  tag: 'table',
  columns,
  rows,
  ...more,
});
export const TABLE = table([{ name: 'a' }], [{ a: 'x' }]);
export const box = (elements: readonly Json[]): Obj => ({ tag: 'column_set', columns: [{ tag: 'column', elements }] });
export const nested = (depth: number): Obj => (depth === 0 ? md('x') : box([nested(depth - 1)]));
export const form = (elements: readonly Json[], more: Obj = {}): Obj => ({ tag: 'form', name: 'f', elements, ...more });
export const SUBMIT = button({ name: 's', form_action_type: 'submit' });
export const mdTable = '|a|b|\n|---|---|\n|1|2|\n';
export const buttons = (count: number): Json[] => Array.from({ length: count }, () => open('https://a.b'));

export const chart = (spec: Obj, more: Obj = {}): Obj => ({
  tag: 'chart',
  chart_spec: { type: 'line', data: { values: [{ x: 'a', y: 1 }] }, xField: 'x', yField: 'y', ...spec },
  ...more,
});

export const text = (more: Obj): Obj => ({ tag: 'plain_text', content: 'x', ...more });
export const div = (more: Obj): Obj => ({ tag: 'div', text: text(more) });
export const panel = (header: Obj, more: Obj = {}): Obj => ({
  tag: 'collapsible_panel',
  header: { title: { tag: 'markdown', content: 'x' }, ...header },
  elements: [md('x')],
  ...more,
});
export const select = (more: Obj): Obj => ({
  tag: 'select_static',
  options: [{ text: text({}), value: 'a' }],
  ...more,
});
export const img = (more: Obj): Obj => ({ tag: 'img', img_key: 'img_v3_x', ...more });
