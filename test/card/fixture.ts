import { type Scope, scopeOf } from '../../src/card/scope.ts';
import type { Template } from '../../src/model/card.ts';
import { type Dataset, datasetOf, type Row } from '../../src/model/dataset.ts';
import type { Lang } from '../../src/model/text.ts';

/** 2026-01-05 18:00 in Shanghai, a Monday. */
export const DUE = Date.UTC(2026, 0, 5, 10);

export const template = (source: string): Template => ({ source, at: { file: 'jobs/a.yaml', line: 10, column: 5 } });

export const datasets = (data: Readonly<Record<string, readonly Row[]>>): Record<string, Dataset> =>
  Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, datasetOf(rows)]));

export const scopeWith = (
  data: Readonly<Record<string, readonly Row[]>> = {},
  { timezone = 'Asia/Shanghai', lang = 'zh' }: { timezone?: string; lang?: Lang } = {},
): Scope =>
  scopeOf({
    data: datasets(data),
    due: DUE,
    now: DUE + 1_000,
    job: { name: 'store-dashboard', description: null },
    run: { id: 'r1', trigger: 'schedule' },
    last: null,
    timezone,
    lang,
  });

/** A scope in which `d.first.v` is this value. */
export const holding = (value: Row[string]): Scope => scopeWith({ d: [{ v: value }] });

/** What a client that decodes numeric entities would show. */
export const decoded = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)));
