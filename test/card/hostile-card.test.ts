import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkCard } from '../../src/card/rules/check-card.ts';
import { cleaned } from '../../src/card/token.ts';
import type { Json } from '../../src/model/dataset.ts';
import { hostile } from '../support/hostile-text.ts';
import { decoded } from './fixture.ts';
import { compileYaml, elementsIn } from './from-yaml.ts';

/** Every place a value can land in. */
const CARD = `
title: { zh: "{{ d.first.v }}", en: "en {{ d.first.v }}" }
subtitle: "{{ d.first.v }}"
tags: ["{{ d.first.v }}"]
summary: "{{ d.first.v }}"
color: { red: first.v == "x", else: green }
body:
  - markdown: "a {{ d.first.v }} **b**"
  - text: "{{ d.first.v }}"
  - note: "{{ d.first.v }}"
  - fields: { 标签: "{{ d.first.v }}" }
  - metrics: [{ label: "{{ d.first.v }}", value: "{{ d.first.v }}", delta: { value: 1, label: "{{ d.first.v }}" } }]
  - table:
      rows: d
      columns:
        v: "{{ d.first.v }}"
        n: { format: money }
        c: { format: { link: v } }
        t: { format: tag }
        w: { color: { red: value == "x", else: green } }
        m: { format: markdown }
        p: { format: delta }
  - chart: { type: bar, rows: d, x: v, y: { n: "{{ d.first.v }}" }, title: "{{ d.first.v }}" }
  - chart: { type: pie, rows: d, x: v, y: n }
  - chart: { type: progress, rows: d, x: v, y: p }
  - chart: { rows: d, spec: { type: bar, xField: v, yField: n } }
  - columns: [{ body: [{ markdown: "{{ d.first.v }}" }] }]
  - panel: { title: "{{ d.first.v }}", body: [{ text: "{{ d.first.v }}" }] }
  - button: { text: "{{ d.first.v }}", url: "https://a.b/{{ d.first.v }}" }
`;

const rowOf = (v: string) => ({ v, n: 5, c: v, t: v, w: v, m: v, p: 0.5 });
const compiled = (v: string) => compileYaml(CARD, { d: [rowOf(v)] });

/** A card without its words: what is there, and how it is held together. */
const NAMES = new Set(['tag', 'type', 'data_type', 'template', 'width', 'text_size', 'text_color', 'xField', 'yField']);
const skeleton = (json: Json, key = ''): Json => {
  if (Array.isArray(json)) return json.map((item: Json) => skeleton(item, key));
  if (typeof json !== 'object' || json === null) return typeof json === 'string' && !NAMES.has(key) ? '' : json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, skeleton(value, name)]));
};

/** Words that Feishu interprets, wherever they stand. */
const interpreted = (json: Json): string[] => {
  if (Array.isArray(json)) return json.flatMap(interpreted);
  if (typeof json !== 'object' || json === null) return [];
  const node = json as { readonly [key: string]: Json };
  if (node['tag'] === 'table') {
    const marked = (node['columns'] as readonly { name: string; data_type: string }[]).filter(({ data_type }) =>
      /_md|markdown/.test(data_type),
    );
    return (node['rows'] as readonly Record<string, Json>[]).flatMap((row) =>
      marked.map(({ name }) => String(row[name] ?? '')),
    );
  }
  const own = /_md|markdown/.test(String(node['tag'])) ? [String(node['content'])] : [];
  return [...own, ...Object.values(node).flatMap(interpreted)];
};

test('whatever stands in the data, the card keeps its structure and breaks no rule', async () => {
  const harmless = skeleton((await compiled('harmless')).card);
  await fc.assert(
    fc.asyncProperty(hostile, async (data) => {
      const { card, problems } = await compiled(`y${data}`);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        checkCard(card).filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.deepEqual(skeleton(card), harmless);
    }),
    { numRuns: 150 },
  );
});

test('no data makes a tag: no mention, no picture, no colour but the author’s', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (data) => {
      const { card } = await compiled(`y${data}`);
      for (const words of interpreted(card)) {
        const tags = words.match(/<[^>]*>?/g) ?? [];
        for (const tag of tags) assert.match(tag, /^(<font color='(red|green|grey)'>|<\/font>|<br>)$/);
        assert.doesNotMatch(words, /!\[/);
      }
    }),
    { numRuns: 150 },
  );
});

interface Shown {
  readonly content?: string;
  readonly text?: { readonly content: string };
  readonly rows?: readonly Readonly<Record<string, Json>>[];
  readonly chart_spec?: { readonly data: { readonly values: readonly { readonly x: string }[] } };
}

test('what people read is what stands in the data', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (data) => {
      const value = `y${data}`;
      const { card } = await compiled(value);
      const elements = elementsIn(card) as unknown as readonly Shown[];
      const clean = cleaned(value);
      assert.equal(decoded(elements[0]?.content?.replaceAll('<br>', '\n') ?? ''), `a ${clean} **b**`);
      assert.equal(elements[1]?.text?.content, clean);
      const row = elements[5]?.rows?.[0];
      assert.equal(row?.['c1'], clean);
      assert.deepEqual(row?.['c4'], [{ text: clean, color: 'neutral' }]);
      assert.equal(decoded(String(row?.['c5']).replace(/^<font color='green'>|<\/font>$/g, '')), clean);
      assert.equal(elements[6]?.chart_spec?.data.values[0]?.x, clean.replace(/\s*\n\s*/g, ' '));
    }),
    { numRuns: 150 },
  );
});
