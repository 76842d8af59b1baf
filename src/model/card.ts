import type { Json } from './dataset.ts';
import type { Place } from './errors.ts';

/** Text the author wrote, with Liquid in it, and where it stands (null: written in a program). */
export interface Template {
  readonly source: string;
  readonly at: Place | null;
}

/** Feishu's header templates (cards: C-title). */
export const HEADER_COLORS = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
] as const;
export type HeaderColor = (typeof HEADER_COLORS)[number];

/** Colours of header tags (cards: C-title, text_tag). */
export const TAG_COLORS = [
  'neutral',
  'blue',
  'turquoise',
  'lime',
  'orange',
  'violet',
  'indigo',
  'wathet',
  'green',
  'yellow',
  'red',
  'purple',
  'carmine',
] as const;
export type TagColor = (typeof TAG_COLORS)[number];

export const BUTTON_TYPES = [
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
] as const;
export type ButtonType = (typeof BUTTON_TYPES)[number];

export const FORMATS = ['text', 'markdown', 'number', 'money', 'percent', 'date'] as const;
export type Format = (typeof FORMATS)[number];

export interface Tag {
  readonly text: Template;
  readonly color: TagColor;
}

export interface Button {
  readonly text: Template;
  readonly url: Template;
  readonly type: ButtonType;
}

/** How a value is written. `digits` after the point; `currency` an ISO 4217 code, with money only. */
export interface ValueFormat {
  readonly as: Format;
  readonly digits: number | null;
  readonly currency: string | null;
}

export interface TableColumn {
  readonly name: string;
  readonly label: Template;
  readonly format: ValueFormat | null;
  readonly align: 'left' | 'center' | 'right' | null;
  readonly width: string | null;
}

export type Block = { readonly at: Place | null } & (
  | { readonly block: 'markdown' | 'text' | 'note'; readonly text: Template }
  | { readonly block: 'divider' }
  | { readonly block: 'fields'; readonly fields: readonly { readonly label: Template; readonly value: Template }[] }
  | {
      readonly block: 'table';
      /** the dataset's name */
      readonly rows: string;
      /** null: every column of the dataset, under its own name */
      readonly columns: readonly TableColumn[] | null;
      /** rows a page shows, 1–10 (cards: C-table) */
      readonly pageSize: number | null;
    }
  | {
      readonly block: 'image';
      /** a file's path, relative to larkcron.yaml; `alt` is said where it cannot be seen */
      readonly src: Template;
      readonly alt: Template | null;
      readonly size: string | null;
    }
  | { readonly block: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly block: 'raw'; readonly element: Json }
);

/** A card as its author described it: templates not yet filled in. */
export interface CardSpec {
  readonly at: Place | null;
  readonly title: Template | null;
  readonly subtitle: Template | null;
  readonly color: HeaderColor;
  readonly tags: readonly Tag[];
  readonly summary: Template | null;
  readonly body: readonly Block[];
}
