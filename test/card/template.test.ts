import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTemplate } from '../../src/card/check-template.ts';
import { fill, fillValue, type Landing } from '../../src/card/template.ts';
import type { Value } from '../../src/model/dataset.ts';
import { LarkcronError } from '../../src/model/errors.ts';
import { scopeWith, template } from './fixture.ts';

const scope = scopeWith({
  stores: [
    {
      name: '国贸店',
      sales: 1234567.5,
      id: 1234567890123456789n,
      rate: '12.50',
      gone: null,
      day: '2026-01-05',
      ok: true,
    },
    { name: '天河店', sales: 0.1, id: 2n, rate: '0.2', gone: null, day: '2026-01-04 09:30', ok: false },
  ],
  none: [],
});
const NAMES = ['stores', 'none', 'due', 'now', 'job', 'run', 'last'];

const PRINTED: readonly [source: string, text: string][] = [
  ['{{ due }} {{ due | date: "%Y-%m-%d %A" }}', '2026-01-05T18:00:00+08:00 2026-01-05 星期一'],
  ['{{ now | date: "%H:%M:%S" }} {{ "now" | date: "%S" }}', '18:00:01 01'],
  ['{{ stores.first.day | date }} {{ stores.rows[1].day | date }}', '2026-01-05 2026-01-04 09:30'],
  ['{{ stores.first.id }} {{ stores.first.rate }} {{ 1000 }}', '1234567890123456789 12.50 1000'],
  ['{{ stores.first.gone }}|{{ none.first.name }}|{{ last.figures.x }}', '||'],
  ['{{ stores.first.sales | money }} {{ stores.first.sales | money: "USD", digits: 0 }}', '¥1,234,567.50 $1,234,568'],
  [
    '{{ stores.first.sales | number }} {{ 3.14159 | number: 2 }} {{ 0.123 | percent }} {{ 0.5 | percent: 0 }}',
    '1,234,567.5 3.14 12.3% 50%',
  ],
  ['{{ stores.first.name | money }}{{ stores.first.gone | money }}', '国贸店'],
  ['{{ stores.rows | map: "name" | join: "、" }} {{ stores.rows.size }}', '国贸店、天河店 2'],
  [
    '{{ stores.rows | sum: "sales" }} {{ 0.1 | plus: 0.2 }} {{ stores.first.id | plus: 1 }}',
    '1234567.6 0.3 1234567890123456790',
  ],
  ['{{ stores.first.rate | times: 2 | minus: 0.5 }} {{ 7 | divided_by: 2 }} {{ -7 | modulo: 3 }}', '24.5 3.5 2'],
  ['{{ 1.005 | round: 2 }} {{ -1.5 | floor }} {{ 1.2 | ceil }} {{ -3 | abs }}', '1.01 -2 2 3'],
  ['{% for s in stores.rows %}{{ forloop.index }}{{ s.name }};{% endfor %}', '1国贸店;2天河店;'],
  ['{% assign best = stores.rows | sort: "sales" | last %}{{ best.name }}', '国贸店'],
  ['{% if stores.first.id > "1234567890123456788" %}>{% endif %}{% if stores.first.rate == 12.5 %}={% endif %}', '>='],
  ['{% if stores.first.rate > "9" %}as numbers{% endif %}', 'as numbers'],
  ['{% if stores.first.gone < 1 %}<{% endif %}{% if stores.first.gone == nil %}nil{% endif %}', 'nil'],
  ['{% if stores.first.missing %}no{% endif %}{{ stores.first.missing | default: "无" }}', '无'],
  ['{{ stores.first.name | size }} {{ stores.first | json | size }}', '3 113'],
];
for (const [source, text] of PRINTED) {
  test(`${source} prints ${JSON.stringify(text)}`, () => assert.equal(fill(template(source), 'plain', scope), text));
}

const VALUES: readonly [source: string, value: Value][] = [
  ['{{ stores.first.id }}', 1234567890123456789n],
  [' {{ stores.rows.size }} ', 2],
  ['{{ stores.first.ok }}', true],
  ['{{ stores.first.gone }}', null],
  ["{{ due | date: '%Y-%m-%d' }}", '2026-01-05'],
  ['{{ due }}', '2026-01-05T18:00:00+08:00'],
  ['{{ 1 }}{{ 2 }}', '12'],
  ['#{{ 1 }}', '#1'],
];
for (const [source, value] of VALUES) {
  test(`${source} as a value is ${String(value)}`, () => assert.equal(fillValue(template(source), scope), value));
}

const FAULTS: readonly [source: string, landing: Landing, code: string, place: string, hint: RegExp][] = [
  ['{{ stroes.first.name }}', 'plain', 'unknown-variable', '10:8', /stores/],
  ['a\nb {{ duu }}', 'plain', 'unknown-variable', '11:10', /due/],
  ['{% for s in stores.rows %}{% endfor %}{{ s }}', 'plain', 'unknown-variable', '10:46', /./],
  ['{{ due | dat }}', 'plain', 'unknown-filter', '10:5', /date/],
  ['{{ stores.first.name | raw }}', 'markdown', 'switched-off', '10:5', /escapes/],
  ['{{ due }}{% capture a %}{% endcapture %}', 'plain', 'switched-off', '10:14', /escapes/],
  ["{% include 'x' %}", 'plain', 'switched-off', '10:5', /other files/],
  ['{% fro s in stores.rows %}{% endfor %}', 'plain', 'unknown-tag', '10:5', /for/],
  ['{% if due && now %}{% endif %}', 'plain', 'template-syntax', '10:16', /and, not &&/],
  ['{{ due ? 1 : 2 }}', 'plain', 'template-syntax', '10:17', /if/],
  ['{{ due', 'plain', 'template-syntax', '10:5', /./],
  ["{{ due | date: 'yyyy-MM-dd' }}", 'plain', 'date-pattern', '10:12', /%Y/],
  ["{{ due | date: '%Y-%Q' }}", 'plain', 'date-pattern', '10:12', /%Y/],
  ['{% if due > 1234567890123456788 %}{% endif %}', 'plain', 'long-number', '10:17', /quotes/],
  ['<font color={{ due }}>x</font>', 'markdown', 'value-in-tag', '10:17', /fixed/],
  ['a `{{ due }}`', 'markdown', 'value-in-code', '10:8', /backtick/],
  ['{{ due }}/x', 'link', 'bad-link', '10:5', /http/],
  ['example.com', 'link', 'bad-link', '10:5', /http/],
  ['', 'link', 'bad-link', '10:5', /http/],
];
for (const [source, landing, code, place, hint] of FAULTS) {
  test(`checking ${JSON.stringify(source)} finds ${code} at ${place}`, () => {
    const [found, ...more] = checkTemplate(template(source), landing, NAMES);
    assert.deepEqual(more, []);
    assert.equal(found?.code, code);
    assert.equal(`${found?.at?.line}:${found?.at?.column}`, place);
    assert.match(found?.hint?.en ?? '-', hint);
    assert.ok(found?.message.zh !== '' && found?.at?.file === 'jobs/a.yaml');
  });
}

const SOUND: readonly [source: string, landing: Landing][] = [
  ['{% for s in stores.rows %}{{ s.name }} {{ forloop.index }}{% endfor %}', 'markdown'],
  ['{% assign x = 1 %}{{ x }} 1234567890123456788 {{ "1234567890123456788" }}', 'plain'],
  ['{% comment %}<{{ nobody }}>{% endcomment %}', 'markdown'],
  ['{% raw %}{{ nobody }}{% endraw %}', 'markdown'],
  ["{% if due %}<font color='red'>{% else %}<font color='green'>{% endif %}{{ due }}</font>", 'markdown'],
  ['a < b {{ due }} > c', 'markdown'],
  ['[x]({{ stores.first.url }}) ![y](img_v3_1)', 'markdown'],
  ['{{ stores.first.url }}', 'link'],
  ['{% if due %}https://a.b{% else %}https://c.d{% endif %}', 'link'],
  ['https://\uF8F0a.b', 'plain'],
];
for (const [source, landing] of SOUND) {
  test(`checking ${JSON.stringify(source)} finds nothing`, () =>
    assert.deepEqual(checkTemplate(template(source), landing, NAMES), []));
}

test('a column that is not there is named with the one that was meant, and where it stands', () => {
  const throws = (source: string, name: string, hint: RegExp): void =>
    assert.throws(
      () => fill(template(source), 'plain', scope),
      (error) =>
        error instanceof LarkcronError &&
        error.code === 'unknown-variable' &&
        error.message.includes(name) &&
        hint.test(error.explanation.hint?.en ?? '') &&
        error.problems[0]?.at?.line === 10,
    );
  throws('{{ stores.first.slaes }}', 'stores.first.slaes', /sales/);
  throws('{% for s in stores.rows %}{{ s.nmae }}{% endfor %}', 's.nmae', /name/);
});

test('a template that would never end or never fit is stopped', () => {
  for (const source of [
    '{% for i in (1..99999999) %}x{% endfor %}',
    '{% for i in (1..2000) %}{% for j in (1..2000) %}{{ j }}{% endfor %}{% endfor %}',
  ]) {
    assert.throws(
      () => fill(template(source), 'plain', scope),
      (error) => error instanceof LarkcronError && error.code === 'template-limit',
    );
  }
});

test('a prototype is no data', () => {
  for (const source of ['{{ stores.constructor.name }}', '{{ stores.first.__proto__ }}', '{{ constructor }}']) {
    assert.throws(() => fill(template(source), 'plain', scope), LarkcronError);
  }
});
