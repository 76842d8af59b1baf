import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsonOf } from '../../src/config/node.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import type { Problem } from '../../src/model/errors.ts';

const read = (text: string) => {
  const problems: Problem[] = [];
  const node = parseYaml(text, 'job.yaml', problems);
  return { node, problems };
};

const TRAPS: readonly [name: string, line: string, corrected: string][] = [
  ['a cron that begins with a star', 'schedule: */5 * * * *', 'schedule: "*/5 * * * *"'],
  ['a nickname', 'schedule: @daily', 'schedule: "@daily"'],
  ['a colon and a space', 'title: 报价: 今日', 'title: "报价: 今日"'],
  ['bold text', '- markdown: **重点** 今天', '- markdown: "**重点** 今天"'],
  ['a template', 'title: {{ total.first.sales }}', 'title: "{{ total.first.sales }}"'],
  ['a template with words behind it', 'title: {{ x }} 今日', 'title: "{{ x }} 今日"'],
  [
    'a comma inside braces',
    'button: { text: 查看, 详情, url: "https://a.cn" }',
    'button: { text: "查看, 详情", url: "https://a.cn" }',
  ],
  [
    'a variable inside braces',
    'sql: { url: ${SALES_DB}, query: select 1 }',
    'sql: { url: "${SALES_DB}", query: select 1 }',
  ],
  ['a hash without a space', 'title: 报价 #1', 'title: "报价 #1"'],
  ['a colour', 'color: #ff0000', 'color: "#ff0000"'],
  ['a backtick', 'text: `code`', 'text: "`code`"'],
  ['a per cent sign', 'text: %d', 'text: "%d"'],
  ['an anchor', 'text: &all 人', 'text: "&all 人"'],
  ['a quote inside', 'title: 他说: "好"', 'title: "他说: \\"好\\""'],
];

describe('what YAML would read as something else', () => {
  for (const [name, line, corrected] of TRAPS) {
    it(`${name} is reported once, with the whole corrected line`, () => {
      const { problems } = read(`${line}\n`);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['yaml-quote'],
      );
      assert.equal(problems[0]?.hint?.en, `Write: ${corrected}`);
      assert.equal(problems[0]?.at?.line, 1);
      // the correction is right: it reads without a finding
      assert.deepEqual(read(`${corrected}\n`).problems, []);
    });
  }

  it('several lines are all reported at once', () => {
    const { problems } = read('a: 1\ntitle: 报价: 今日\nb: 2\n');
    assert.deepEqual(
      problems.map(({ at }) => at?.line),
      [2],
    );
  });

  it('a comment behind a value stays a comment', () => {
    const { node, problems } = read('endpoint: feishu   # feishu | lark\n');
    assert.deepEqual(problems, []);
    assert.deepEqual(node && jsonOf(node), { endpoint: 'feishu' });
  });

  it('a duplicate key is an error with its name', () => {
    const { problems } = read('to: [a]\nto: [b]\n');
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.line]),
      [['duplicate-key', 2]],
    );
  });

  it('other syntax errors have their place', () => {
    const { node, problems } = read('a: "unclosed\nb: 1\n');
    assert.equal(node, null);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['yaml-syntax'],
    );
  });
});

it('text keeps the digits its author wrote', () => {
  const { node } = read('a: 00123\nb: 6e8\nc: 1.10\nd: 1234567890123456789\n');
  assert.ok(node?.kind === 'map');
  assert.deepEqual(
    node.entries.map(({ value }) => value.kind === 'scalar' && value.text),
    ['00123', '6e8', '1.10', '1234567890123456789'],
  );
});

it('a block scalar begins where its first line does', () => {
  const { node } = read('card:\n  markdown: |\n    一\n    二\n');
  assert.ok(node?.kind === 'map');
  const card = node.entries[0]?.value;
  assert.ok(card?.kind === 'map');
  assert.deepEqual(card.entries[0]?.value.at, { file: 'job.yaml', line: 3, column: 5 });
});
