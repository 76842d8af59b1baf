import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { checkProject } from '../../src/check/check-project.ts';
import { loadProject } from '../../src/config/load.ts';
import { isError } from '../../src/model/errors.ts';
import { createProject, SETTINGS } from '../support/project.ts';

/** `code line:column` of each fault that check finds in a job. */
const faults = (job: string): readonly string[] => {
  const { folder } = createProject({ 'larkcron.yaml': SETTINGS, 'jobs/j.yaml': job });
  const project = loadProject(join(folder, 'larkcron.yaml'), { FEISHU_ENDPOINT: 'feishu' });
  return checkProject(project, ['j'], Date.UTC(2026, 5, 1))
    .filter(isError)
    .map(({ code, at }) => `${code} ${at?.line}:${at?.column}`);
};

const ROWS = 'data:\n  p: { rows: [{ sku: a, price: 1, who: ou_1 }] }\n';
const TWO = `${ROWS}  q: { rows: [{ n: 1 }] }\n`;

const CASES: readonly [what: string, job: string, found: readonly string[]][] = [
  ['a sound job', `to: ou_a\n${ROWS}changed: { key: sku }\ntext: "{{ changed.first.price_old }}"\n`, []],
  ['own rows', `to: { from: p, column: who }\n${ROWS}text: "{{ mine.p.rows.size }}"\nattach: [{ csv: mine }]\n`, []],
  ['type as Feishu calls it', `to: { from: p, column: who, type: open_id }\n${ROWS}text: x\n`, []],
  [
    'own changes',
    `to: [{ from: changed, column: who }]\n${ROWS}changed: { key: sku }\ntext: "{{ mine.rows.size }}"\n`,
    [],
  ],
  ['no key', `to: ou_a\n${ROWS}changed: { columns: price }\ntext: x\n`, ['missing-key 4:10']],
  ['no dataset', 'to: ou_a\nchanged: { key: sku }\ntext: x\n', ['changed-of 2:10']],
  ['which of two', `to: ou_a\n${TWO}changed: { key: sku }\ntext: x\n`, ['changed-of 5:10']],
  ['one of two', `to: ou_a\n${TWO}changed: { of: q, key: n }\ntext: x\n`, []],
  ['none of two', `to: ou_a\n${TWO}changed: { of: x, key: n }\ntext: x\n`, ['changed-of 5:10']],
  ['unknown column', `to: ou_a\n${ROWS}changed: { key: sku, columns: [prise] }\ntext: x\n`, ['changed-column 4:10']],
  ['tolerance', `to: ou_a\n${ROWS}changed: { key: sku, tolerance: 5% of it }\ntext: x\n`, ['bad-tolerance 4:33']],
  ['negative tolerance', `to: ou_a\n${ROWS}changed: { key: sku, tolerance: -1 }\ntext: x\n`, ['bad-tolerance 4:33']],
  ['changed without changed', `to: ou_a\n${ROWS}text: "{{ changed.rows.size }}"\n`, ['unknown-variable 4:11']],
  ['mine without from', `to: ou_a\n${ROWS}text: "{{ mine.rows.size }}"\n`, ['unknown-variable 4:11']],
  [
    'a table of mine',
    `to: ou_a\n${ROWS}card:\n  title: x\n  body:\n    - table: { rows: mine }\n`,
    ['unknown-dataset 7:14'],
  ],
  ['from nowhere', `to: { from: x, column: who }\n${ROWS}text: x\n`, ['unknown-dataset 1:5']],
  ['no such column', `to: { from: p, column: whom }\n${ROWS}text: x\n`, ['to-column 1:5']],
  ['not alone', `to: [ou_a, { from: p, column: who }]\n${ROWS}text: x\n`, ['each-alone 1:12']],
  ['no such type', `to: { from: p, column: who, type: phone }\n${ROWS}text: x\n`, ['one-of 1:35']],
  ['own rows to many at once', `to: { from: p, column: who }\nbatch: true\n${ROWS}text: x\n`, ['key-conflict 2:1']],
  ['whenRuns alone', `to: ou_a\nwhenRuns: [2]\ntext: x\n`, ['needs-when 2:1']],
  ['whenRuns with empty: skip', `to: ou_a\nempty: skip\nwhenRuns: 2\n${ROWS}text: x\n`, []],
  ['whenRuns 0', 'to: ou_a\nwhen: "true"\nwhenRuns: [0]\ntext: x\n', ['wrong-type 3:12']],
  ['no unit', 'to: ou_a\nrepeatAfter: 4\ntext: x\n', ['bad-duration 2:14']],
  ['empty: ignore', `to: ou_a\nempty: ignore\n${ROWS}text: x\n`, ['one-of 2:8']],
  [
    'comparing with a dataset that is not there yet',
    'to: ou_a\ndata:\n  p:\n    rows: [{ a: 1 }]\n    shape: [{ compare: { with: q, key: a, columns: a } }]\ntext: x\n',
    ['unknown-dataset 5:24'],
  ],
];

for (const [what, job, found] of CASES) it(`check: ${what}`, () => assert.deepEqual(faults(job), found));
