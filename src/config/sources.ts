import { isAbsolute, resolve } from 'node:path';
import type { Template } from '../model/card.ts';
import type { Row, Value } from '../model/dataset.ts';
import { problem } from '../model/errors.ts';
import type { Param, SourceSpec } from '../model/job.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { DEFAULT_TIMEOUT } from '../model/settings.ts';
import { bitable, sheet } from './documents.ts';
import { healthChecks } from './health.ts';
import { httpSource } from './http-source.ts';
import { entryOf, jsonOf, type Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { screenshotSource } from './screenshot.ts';
import {
  boolean,
  duration,
  list,
  made,
  oneOf,
  type Reading,
  record,
  type Shape,
  sourceText,
  template,
  text,
  wrongType,
} from './shape.ts';
import { shapingSteps } from './shaping.ts';
import { configWords } from './words.ts';

const param: Shape<Param> = {
  read: (node, reading, path) =>
    node.kind === 'scalar' && typeof node.value === 'string' ? template.read(node, reading, path) : jsonOf(node),
  schema: {},
};

const common = { timeout: optional(duration, DEFAULT_TIMEOUT) };
const select = optional(text(), null);
const templates = optional(record(template), {} as Record<string, Template>);

const cell = (node: Node): Value => {
  if (node.kind !== 'scalar') return JSON.stringify(jsonOf(node));
  // a constant keeps the digits its author wrote: 00123 and 19-digit ids are names, not numbers
  const asWritten = typeof node.value === 'number' && String(node.value) !== node.text;
  return asWritten ? node.text : node.value;
};

const rows: Shape<readonly Row[]> = {
  read: (node, reading, path) => {
    const maps = list<Row>({
      read: (item, inner, at) => {
        if (item.kind === 'map') return Object.fromEntries(item.entries.map((entry) => [entry.key, cell(entry.value)]));
        inner.problems.push(
          problem(
            configWords,
            'wrong-type',
            { expected: { zh: '一行「列: 值」', en: 'a row of column: value' } },
            { at: item.at, path: at },
          ),
        );
        return null;
      },
      schema: { type: 'object' },
    });
    return maps.read(node, reading, path);
  },
  schema: { type: 'array', items: { type: 'object' } },
};

/** `B3:F100`, as in a spreadsheet. */
const cellRange: Shape<string> = made(text(), (range, node, reading, path) => {
  if (/^[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}$/.test(range)) return range;
  return wrongType(node, reading, path, { zh: '形如 B3:F100 的区域', en: 'a range of cells such as B3:F100' });
});

/** A path beside larkcron.yaml becomes absolute; `sqlite:sales.db` too. */
const sqlUrl = (url: string, directory: string): string => {
  const file = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  return file === undefined || isAbsolute(file) ? url : `sqlite:${resolve(directory, file)}`;
};

const kinds = (directory: string): Readonly<Record<string, Shape<SourceSpec>>> => ({
  use: made(text(), (name, node) => ({ at: node.at, timeout: DEFAULT_TIMEOUT, source: 'use' as const, name })),
  rows: made(rows, (value, node) => ({ at: node.at, timeout: DEFAULT_TIMEOUT, source: 'rows' as const, rows: value })),
  sql: made(
    object({
      url: required(text()),
      query: required(sourceText),
      params: optional(record(param), {} as Record<string, Param>),
      allowWrites: optional(boolean, false),
      ...common,
    }),
    ({ url, ...value }, node) => ({ at: node.at, source: 'sql' as const, url: sqlUrl(url, directory), ...value }),
  ),
  http: made(httpSource, (value, node) => ({ at: node.at, source: 'http' as const, ...value })),
  bitable: made(bitable, (value, node) => ({ at: node.at, source: 'bitable' as const, ...value })),
  sheet: made(sheet(cellRange), (value, node) => ({ at: node.at, source: 'sheet' as const, ...value })),
  screenshot: made(screenshotSource, (value, node) => ({ at: node.at, source: 'screenshot' as const, ...value })),
  health: made(healthChecks, (checks, node) => ({
    at: node.at,
    timeout: DEFAULT_TIMEOUT,
    source: 'health' as const,
    checks,
  })),
  command: made(
    object({
      argv: required(list(template)),
      cwd: optional(text(), null),
      env: templates,
      format: optional(oneOf('json', 'csv'), 'json' as const),
      select,
      ...common,
    }),
    (value, node) => ({
      at: node.at,
      source: 'command' as const,
      ...value,
      cwd: value.cwd === null ? null : resolve(directory, value.cwd),
    }),
  ),
  file: made(
    object({
      path: required(template),
      format: optional(oneOf('json', 'ndjson', 'csv', 'xlsx'), null),
      encoding: optional(oneOf('utf-8', 'gb18030', 'utf-16le'), null),
      select,
      sheet: optional(text(), null),
      range: optional(cellRange, null),
      ...common,
    }),
    ({ format, ...value }, node) => ({
      at: node.at,
      source: 'file' as const,
      ...value,
      // JSON is read line by line anyway where it has one value a line
      format: format === 'ndjson' ? ('json' as const) : format,
    }),
  ),
});

/** `sql: …`, `http: …` and so on: exactly one kind of source. */
export const sourceSpec = (directory: string): Shape<SourceSpec> => {
  const shapes = kinds(directory);
  const names = Object.keys(shapes);
  return {
    read: (node, reading, path) => {
      if (node.kind === 'code') return { source: 'function', at: node.at, timeout: DEFAULT_TIMEOUT, call: node.call };
      const entries = node.kind === 'map' ? node.entries.filter(({ key }) => key !== 'shape') : [];
      const [only] = entries;
      const steps = node.kind === 'map' ? entryOf(node, 'shape') : undefined;
      if (only === undefined || entries.length > 1) {
        reading.problems.push(problem(configWords, 'no-source', { kinds: names }, { at: node.at, path }));
        return null;
      }
      const shape = own(shapes, only.key);
      if (shape !== undefined) {
        const spec = shape.read(only.value, reading, `${path}.${only.key}`);
        if (steps === undefined) return spec;
        const done = shapingSteps.read(steps.value, reading, `${path}.shape`);
        return spec === null || done === null ? null : { ...spec, shape: done };
      }
      reading.problems.push(
        problem(
          configWords,
          'unknown-key',
          { key: only.key, known: names, suggestion: nearest(only.key, names) },
          { at: only.at, path },
        ),
      );
      return null;
    },
    schema: {
      type: 'object',
      properties: {
        ...Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, shape.schema])),
        shape: shapingSteps.schema,
      },
      oneOf: names.map((name) => ({ required: [name] })),
      additionalProperties: false,
    },
  };
};

/**
 * The sources of a job with those of larkcron.yaml put in the place of their names; a dataset above comes first. The
 * steps of the job come after those of the source it uses.
 */
export const withDeclared = (
  data: Readonly<Record<string, SourceSpec>>,
  declared: Readonly<Record<string, SourceSpec>>,
  reading: Reading,
): Readonly<Record<string, SourceSpec>> => {
  const seen: string[] = [];
  return Object.fromEntries(
    Object.entries(data).map(([name, spec]) => {
      const earlier = [...seen];
      seen.push(name);
      if (spec.source !== 'use' || earlier.includes(spec.name)) return [name, spec];
      const found = own(declared, spec.name);
      if (found !== undefined) return [name, { ...found, shape: [...(found.shape ?? []), ...(spec.shape ?? [])] }];
      const known = [...earlier, ...Object.keys(declared)];
      const suggestion = nearest(spec.name, known);
      reading.problems.push(
        problem(configWords, 'unknown-source', { name: spec.name, known, suggestion }, { at: spec.at }),
      );
      return [name, spec];
    }),
  );
};
