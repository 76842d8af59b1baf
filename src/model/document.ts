import type { Template } from './card.ts';

/** A document of Feishu's, by its own token or by a node of a wiki that leads to it. */
export interface DocumentRef {
  readonly is: 'base' | 'sheet' | 'wiki';
  readonly token: string;
}

/** Feishu's operators on a field of a base (bitable-v1: record filter guide). */
export const BASE_OPERATORS = [
  'is',
  'isNot',
  'contains',
  'doesNotContain',
  'isEmpty',
  'isNotEmpty',
  'isGreater',
  'isGreaterEqual',
  'isLess',
  'isLessEqual',
] as const;
export type BaseOperator = (typeof BASE_OPERATORS)[number];

export interface BaseCondition {
  readonly field: string;
  readonly operator: BaseOperator;
  readonly values: readonly Template[];
}

/** Records of a table of a base. */
export interface BitableSource {
  readonly document: DocumentRef;
  /** an id (`tbl…`) or a name; null: its only table */
  readonly table: string | null;
  readonly view: string | null;
  /** null: all of the table's fields */
  readonly fields: readonly string[] | null;
  readonly filter: { readonly conjunction: 'and' | 'or'; readonly conditions: readonly BaseCondition[] } | null;
  readonly sort: readonly { readonly field: string; readonly desc: boolean }[];
  /** null: the job's own */
  readonly app: string | null;
}

/** Cells of a spreadsheet. */
export interface SheetSource {
  readonly document: DocumentRef;
  /** an id or a title; null: the first one */
  readonly sheet: string | null;
  /** `A1:F100`; null: all of it */
  readonly range: string | null;
  readonly app: string | null;
}
