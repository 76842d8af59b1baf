import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkProject } from '../../src/check/check-project.ts';
import { loadProject } from '../../src/config/load.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SETTINGS = 'timezone: Asia/Shanghai\napps: { default: { id: cli_x, secret: s } }\nowner: ou_owner\n';

const findings = (files: Readonly<Record<string, string>>): readonly string[] => {
  const folder = temporaryFolder();
  for (const [file, text] of Object.entries({ 'larkcron.yaml': SETTINGS, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return checkProject(loadProject(join(folder, 'larkcron.yaml'), {}), ['a'], Date.UTC(2026, 5, 1)).map(
    ({ code, at }) => `${code} ${basename(at?.file ?? '')}:${at?.line}:${at?.column}`,
  );
};

const fromFile = (card: string) => ({ 'jobs/a.yaml': 'to: [ou_a]\nraw: { file: a.json }\n', 'a.json': card });

const CASES: readonly [name: string, files: Record<string, string>, found: readonly string[]][] = [
  [
    'a card in the YAML, at the line of the fault',
    {
      'jobs/a.yaml':
        'to: [ou_a]\nraw:\n  schema: "2.0"\n  body:\n    elements:\n      - tag: markdown\n        content: x\n        text_algin: left\n',
    },
    ['card-property a.yaml:8:9'],
  ],
  ['a sound card in a file', fromFile('{"elements":[{"tag":"hr"}]}'), []],
  [
    'a card in a file, at the line of that file',
    fromFile('{\n"elements": [\n  {"tag": "hr"},\n  {"tag": "hrr"}]}'),
    ['card-unknown-tag a.json:4:3'],
  ],
  ['a file that is no JSON', fromFile('{"elements": [,]}'), ['json-syntax a.json:1:15']],
  ['a file that is not there', { 'jobs/a.yaml': 'to: [ou_a]\nraw: { file: a.json }\n' }, ['file-missing a.yaml:2:6']],
  [
    'of a card of blocks, what no data changes',
    {
      'jobs/a.yaml': [
        'to: [ou_a]',
        'data: { d: { rows: [{ v: 1 }] } }',
        'card:',
        '  title: "{{ d.first.v }}"',
        '  tags: [a, b, "{{ d.first.v }}", d]',
        '  body:',
        '    - markdown: "{{ d.first.v }} [x](javascript:1)"',
        '    - table: { rows: d }',
        '    - panel: { title: "{{ d.first.v }}", body: [{ raw: { tag: div, elemnts: 1 } }] }',
        '    - people: [张三]',
        '    - chart: { spec: { type: bar, axes: null, data: [] } }',
        '    - markdown: "[x](javascript:1)"',
        '    - image: { src: "https://a.b/c.png", size: huge }',
        '',
      ].join('\n'),
    },
    [
      'no-person a.yaml:10:16',
      'card-property a.yaml:9:56',
      'card-value a.yaml:13:14',
      'card-tags-many a.yaml:4:3',
      'card-chart-null a.yaml:11:14',
      'card-link-scheme a.yaml:12:18',
    ],
  ],
  ['a whole request', fromFile('{"msg_type":"interactive","card":{"elements":[]}}'), ['card-is-message a.json:1:1']],
];
for (const [name, files, found] of CASES)
  test(`check: ${name}`, () => {
    assert.deepEqual(findings(files), found);
  });
