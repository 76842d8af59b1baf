import type { Row, Value } from '../model/dataset.ts';
import type { Markdown } from './markdown.ts';

/** A text: a template where it stands in the job itself, data where a function returns it. In several languages: `{ zh, en }`. */
export type Text = string | number | bigint | Date | Markdown;
export type Said = Text | { readonly [locale in 'zh' | 'en' | 'ja_jp' | 'zh_hk' | 'zh_tw']?: Text };

export type HeaderColor =
  | 'blue'
  | 'wathet'
  | 'turquoise'
  | 'green'
  | 'yellow'
  | 'orange'
  | 'red'
  | 'carmine'
  | 'violet'
  | 'purple'
  | 'indigo'
  | 'grey'
  | 'default';

/** One of them, or conditions in CEL from the top, with `else`. */
export type Color<C extends string> = C | { readonly [color in C | 'else']?: C | string };

export type FormatName =
  | 'text'
  | 'markdown'
  | 'number'
  | 'money'
  | 'percent'
  | 'delta'
  | 'date'
  | 'duration'
  | 'bytes'
  | 'tag'
  | 'link'
  | 'person';

/** By name, or long: `{ money: 'CNY', unit: '万', digits: 1 }`. */
export type Format = FormatName | { readonly [key: string]: unknown };

export interface ColumnInput {
  readonly label?: Said;
  readonly format?: Format;
  readonly align?: 'left' | 'center' | 'right';
  readonly width?: string | number;
  readonly color?: Color<string>;
}

/** A dataset by its name, or, in what a function returns, rows themselves. */
export type RowsInput = string | readonly Row[];
export type ColumnsInput = readonly string[] | { readonly [column: string]: Said | ColumnInput };

export interface MetricInput {
  readonly label: Said;
  readonly value: Value | Text;
  readonly format?: Format;
  readonly delta?: Value | Text | { readonly value: Value | Text; readonly format?: Format; readonly label?: Said };
  readonly good?: 'up' | 'down' | 'neither';
  readonly color?: Color<string>;
}

export interface ChartInput {
  readonly type?:
    | 'bar'
    | 'line'
    | 'area'
    | 'pie'
    | 'donut'
    | 'combo'
    | 'funnel'
    | 'radar'
    | 'scatter'
    | 'progress'
    | 'gauge'
    | 'wordcloud';
  readonly rows?: RowsInput;
  readonly x?: string | ColumnsInput;
  readonly y?: string | ColumnsInput;
  readonly series?: string;
  readonly stacked?: boolean;
  readonly horizontal?: boolean;
  readonly labels?: boolean;
  readonly title?: Said;
  readonly spec?: object;
  readonly height?: string | number;
  readonly aspect?: '1:1' | '2:1' | '4:3' | '16:9';
  readonly theme?: 'brand' | 'rainbow' | 'complementary' | 'converse' | 'primary';
}

export interface ButtonInput {
  readonly text: Said;
  readonly url: Text;
  readonly [key: string]: unknown;
}

/** A block of a card, as in YAML; the reference has them all (docs/reference/cards). */
export type BlockInput =
  | 'divider'
  | { readonly markdown: Said }
  | { readonly text: Said }
  | { readonly note: Said }
  | { readonly fields: { readonly [label: string]: Said } | readonly object[] }
  | { readonly metrics: readonly MetricInput[] }
  | { readonly table: { readonly rows: RowsInput; readonly columns?: ColumnsInput; readonly [key: string]: unknown } }
  | { readonly chart: ChartInput }
  | {
      readonly image:
        | Text
        | { readonly src: Text; readonly alt?: Said; readonly [key: string]: unknown }
        /** the picture of a `screenshot`, by the dataset's name */
        | { readonly from: string; readonly alt?: Said; readonly [key: string]: unknown };
    }
  | { readonly button: ButtonInput }
  | { readonly buttons: readonly ButtonInput[] }
  | { readonly columns: readonly { readonly width?: string | number; readonly body: readonly BlockInput[] }[] }
  | { readonly panel: { readonly title: Said; readonly open?: boolean; readonly body: readonly BlockInput[] } }
  | { readonly people: unknown }
  | { readonly raw: object };

export interface CardInput {
  readonly title?: Said;
  readonly subtitle?: Said;
  readonly color?: Color<HeaderColor>;
  readonly tags?: readonly (Said | { readonly text: Said; readonly color?: string })[];
  readonly icon?: unknown;
  readonly summary?: Said;
  readonly body: readonly BlockInput[];
}
