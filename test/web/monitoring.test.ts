import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { parse } from 'yaml';
import { openTestConsole } from './fixture.ts';

const textOf = (file: string): string => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}
interface Dashboard {
  readonly panels: readonly { readonly id: number; readonly targets: readonly { readonly expr: string }[] }[];
}

it('the alert rules, the dashboard and the guides name the metrics that there are, and the dashboard all of them', async (t) => {
  const desk = await openTestConsole(t);
  const { text } = await desk.ask('/metrics');
  const kinds = new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]));
  assert.ok(kinds.size > 10);
  const known = new Set(
    [...kinds].flatMap(([name, kind]) =>
      kind === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  const named = (words: string): readonly string[] => words.match(/\blarkcron_\w+/g) ?? [];
  const rules = (parse(textOf('monitoring/alerts.yaml')) as Rules).groups.flatMap((group) => group.rules);
  const { panels } = JSON.parse(textOf('monitoring/grafana.json')) as Dashboard;
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const expressions = [
    ...rules.map(({ expr }) => expr),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
  for (const expression of expressions) {
    assert.ok(named(expression).length > 0, expression);
    for (const name of named(expression)) assert.ok(known.has(name), name);
  }
  for (const guide of ['guide/console.md', 'guide/console.zh-CN.md'])
    assert.deepEqual(new Set(named(textOf(guide))), new Set(kinds.keys()), guide);
  const shown = new Set(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => named(expr))));
  for (const name of kinds.keys()) assert.ok(shown.has(name) || shown.has(`${name}_bucket`), `${name} is on no panel`);
});
