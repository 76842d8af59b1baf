import type { Json, Value } from './dataset.ts';
import type { Place } from './errors.ts';
import type { MadeText } from './job-code.ts';

/** Languages a card may speak (cards: S-I18N); each reader sees their own. */
export const LOCALES = [
  ...['zh_cn', 'en_us', 'zh_hk', 'zh_tw', 'ja_jp', 'ko_kr', 'id_id', 'vi_vn', 'th_th', 'pt_br', 'es_es', 'de_de'],
  ...['fr_fr', 'it_it', 'ru_ru', 'ms_my'],
] as const;

/** Text the author wrote, with Liquid in it, and where it stands (null: written in a program). */
export interface Template {
  readonly source: string;
  readonly at: Place | null;
  /** made by a function of a TypeScript job: its values are data, its literals the author's text, and no Liquid is read */
  readonly made?: MadeText<Value>;
  /** the same text in other languages, by locale */
  readonly translations?: Readonly<Record<string, Template>>;
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

export const FORMATS = [
  ...(['text', 'markdown', 'number', 'money', 'percent', 'delta', 'date', 'duration', 'bytes'] as const),
  ...(['tag', 'link', 'person'] as const),
] as const;
export type Format = (typeof FORMATS)[number];

/** Chinese units of ten thousand and of a hundred million; `auto` takes what suits the amount. */
export const UNITS = ['万', '亿', 'auto'] as const;
export type Unit = (typeof UNITS)[number];

/** Which way is good news: the colour of a change follows it. */
export const GOOD = ['up', 'down', 'neither'] as const;
export type Good = (typeof GOOD)[number];

/** Colours of words and of tags in a card; `neutral` and `grey` are one. */
export const WORD_COLORS = [...TAG_COLORS, 'grey'] as const;
export type WordColor = (typeof WORD_COLORS)[number];

/** What a colour may depend on: the first condition (CEL) that holds wins; null leaves it uncoloured. */
export interface Choice<C extends string> {
  readonly cases: readonly { readonly when: Template; readonly then: C }[];
  readonly otherwise: C | null;
}

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
  readonly unit?: Unit | null;
  /** of a date: strftime, as in templates */
  readonly pattern?: string | null;
  /** of a duration: what the number counts */
  readonly counts?: 's' | 'ms';
  /** of a delta: what changed, and which way is good */
  readonly change?: 'number' | 'money' | 'percent';
  readonly good?: Good;
  /** of a tag: its colour by the value */
  readonly colors?: Readonly<Record<string, TagColor>>;
  /** of a link: the column that has the address */
  readonly address?: string;
}

export interface TableColumn {
  readonly name: string;
  readonly label: Template;
  readonly format: ValueFormat | null;
  readonly align: 'left' | 'center' | 'right' | null;
  readonly width: string | null;
  readonly color?: WordColor | Choice<WordColor> | null;
}

/** One key figure. A `delta` that comes to nothing (null) is left out. */
export interface Metric {
  /** what later runs call it (`last.figures.sales`); null: as its label */
  readonly name: string | null;
  readonly label: Template;
  readonly value: Template;
  readonly format: ValueFormat | null;
  readonly delta: { readonly value: Template; readonly format: ValueFormat; readonly label: Template | null } | null;
  readonly color: WordColor | Choice<WordColor> | null;
}

export const CHART_TYPES = [
  ...(['bar', 'line', 'area', 'pie', 'donut', 'combo', 'funnel', 'radar', 'scatter', 'progress', 'gauge'] as const),
  ...(['wordcloud'] as const),
] as const;
export type ChartType = (typeof CHART_TYPES)[number];

export const ASPECTS = ['1:1', '2:1', '4:3', '16:9'] as const;
export const THEMES = ['brand', 'rainbow', 'complementary', 'converse', 'primary'] as const;

/** A chart of a dataset. Of several `y` each is a series; with `series` a column says which row belongs to which. */
export interface ChartPlan {
  readonly type: ChartType;
  readonly rows: string;
  readonly x: TableColumn;
  readonly y: readonly TableColumn[];
  readonly series: string | null;
  readonly stacked: boolean;
  readonly horizontal: boolean;
  /** values beside the points; null: where there is room for them */
  readonly labels: boolean | null;
  readonly title: Template | null;
}

/** A VChart spec by hand; with `rows` the dataset is its data, under the columns' own names. */
export interface ChartByHand {
  readonly spec: { readonly [key: string]: Json };
  readonly rows: string | null;
}

/** Who is shown: ids as written, and those in a column of a dataset. */
export interface People {
  readonly ids: readonly Template[];
  readonly from: { readonly rows: string; readonly column: string } | null;
  /** they are told of the message, not only shown; `all`: everyone in the group */
  readonly mention: boolean | 'all';
}

export interface Column {
  /** a share from 1 to 5, pixels (`120px`), or `auto` */
  readonly width: number | string;
  readonly body: readonly Block[];
}

/** An icon of Feishu's library, or a picture. */
export type Icon = { readonly token: Template; readonly color: string | null } | { readonly src: Template };

/** The picture of a dataset (`screenshot`), by the dataset's name. */
export interface FromDataset {
  readonly at: Place | null;
  readonly from: string;
}
/** A file's path, relative to larkcron.yaml, a web address, or a dataset's picture. */
export type ImageSource = Template | FromDataset;

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
      readonly src: ImageSource;
      /** said where it cannot be seen */
      readonly alt: Template | null;
      readonly size: string | null;
    }
  | { readonly block: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly block: 'metrics'; readonly metrics: readonly Metric[] }
  | {
      readonly block: 'chart';
      readonly chart: ChartPlan | ChartByHand;
      readonly height: string | null;
      readonly aspect: (typeof ASPECTS)[number] | null;
      readonly theme: (typeof THEMES)[number] | null;
    }
  | { readonly block: 'columns'; readonly columns: readonly Column[] }
  | { readonly block: 'panel'; readonly title: Template; readonly open: boolean; readonly body: readonly Block[] }
  | { readonly block: 'people'; readonly people: People }
  | { readonly block: 'raw'; readonly element: Json }
);

/** A card as its author described it: templates not yet filled in. */
export interface CardSpec {
  readonly at: Place | null;
  readonly title: Template | null;
  readonly subtitle: Template | null;
  readonly color: HeaderColor | Choice<HeaderColor>;
  readonly icon: Icon | null;
  readonly tags: readonly Tag[];
  readonly summary: Template | null;
  readonly body: readonly Block[];
}

/** Every block of a card, those inside columns and panels too, in reading order. */
export const blocksOf = (body: readonly Block[]): readonly Block[] =>
  body.flatMap((block) => [block, ...blocksOf(insideOf(block))]);

/** The blocks a block holds. */
export const insideOf = (block: Block): readonly Block[] => {
  if (block.block === 'panel') return block.body;
  return block.block === 'columns' ? block.columns.flatMap(({ body }) => body) : [];
};

/** The conditions that colours of a card depend on. */
export const choicesIn = ({ color, body }: CardSpec): readonly Template[] => {
  const inBlock = (block: Block): readonly (string | Choice<string> | null | undefined)[] => {
    if (block.block === 'table') return (block.columns ?? []).map((column) => column.color);
    return block.block === 'metrics' ? block.metrics.map((metric) => metric.color) : [];
  };
  return [color, ...blocksOf(body).flatMap(inBlock)].flatMap((one) =>
    typeof one === 'object' && one !== null ? one.cases.map(({ when }) => when) : [],
  );
};
