import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it, type TestContext } from 'node:test';
import * as xlsx from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { systemClock } from '../../src/base/clock.ts';
import { checkCard } from '../../src/card/rules/check-card.ts';
import { cleaned } from '../../src/card/token.ts';
import { datasetOf } from '../../src/model/dataset.ts';
import { csvFile } from '../../src/run/csv-file.ts';
import { xlsxFile } from '../../src/run/xlsx-file.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

/** Names and values that break programs which paste: SQL, JSON, CSV, formulas, markup, templates, terminals. */
const NAMES = [
  `it's "quoted"`,
  '=1+1',
  '<at id=all></at>',
  'a|b](http://x)',
  '{{ due }}',
  '${HOME}',
  '__proto__',
  'constructor',
  'tab\tname',
  'new\nline',
  'bell\u0007',
] as const;
const VALUES = [
  `'; drop table t; --`,
  '=cmd|"/C calc"!A0',
  '+HYPERLINK("http://x")',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '<at id=all></at>**b**[x](http://x)',
  '{{ due }}{% raw %}',
  'a,b;"c"\r\nd',
  '\u0000\u0007\u001b[31m\u202e',
  '😀'.repeat(3),
] as const;

/** Control characters are no text, and a line break is one character. */
const shown = (text: string): string => cleaned(text);

const turned = (by: number): string[] => VALUES.map((_, i) => VALUES[(i + by) % VALUES.length] as string);
const ROWS = [0, 1, 2].map((by) => NAMES.map((name, i) => [name, turned(by)[i] as string] as const));
const JSON_TEXT = `[${ROWS.map((row) => `{${row.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`).join(',')}]`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const SOURCES: Readonly<Record<string, (folder: string, url: string) => string>> = {
  sql: (folder) => {
    const database = new DatabaseSync(join(folder, 'h.db'));
    database.exec(`create table t (${NAMES.map(quoted).join(', ')})`);
    const insert = database.prepare(`insert into t values (${NAMES.map(() => '?').join(', ')})`);
    for (const row of ROWS) insert.run(...row.map(([, value]) => value));
    database.close();
    return '{ sql: { url: "sqlite:h.db", query: select * from t } }';
  },
  http: (_folder, url) => `{ http: { url: "${url}" } }`,
  file: (folder) => {
    writeFileSync(join(folder, 'h.csv'), stringify([NAMES, ...ROWS.map((row) => row.map(([, value]) => value))]));
    return '{ file: { path: h.csv } }';
  },
  command: (folder) => {
    writeFileSync(join(folder, 'h.json'), JSON_TEXT);
    return '{ command: { argv: [cat, h.json], cwd: . } }';
  },
};

const serve = async (t: TestContext, body: string): Promise<string> => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const setUp = async (t: TestContext) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', '') }, sandbox.url);
  return { sandbox, project };
};

for (const [kind, source] of Object.entries(SOURCES)) {
  it(`${kind}: names and values made to break things arrive as what they are, in card, CSV and XLSX`, async (t) => {
    const { sandbox, project } = await setUp(t);
    const spec = source(project.folder, await serve(t, JSON_TEXT));
    project.write(
      'jobs/h.yaml',
      `to: [ou_a]\ndata: { d: ${spec} }\ncard:\n  title: "{{ d.rows[0]['=1+1'] }}"\n  body:\n    - table: { rows: d }\n` +
        `    - markdown: "{% for r in d.rows %}{{ r['=1+1'] }}{% endfor %}"\nattach: [{ csv: d, name: d.csv }, { xlsx: d, name: d.xlsx }]\n`,
    );
    const ended = await project.larkcron(['run', 'h']);
    assert.equal(ended.code, 0, ended.stderr + ended.stdout);
    const [card, csv, book] = sandbox.messages();
    assert.deepEqual([card?.msgType, csv?.msgType, book?.msgType], ['interactive', 'file', 'file']);
    const content = JSON.parse(card?.content ?? '') as {
      body: {
        elements: {
          tag: string;
          content?: string;
          columns?: { display_name: string }[];
          rows?: Record<string, unknown>[];
        }[];
      };
    };
    assert.deepEqual(
      checkCard(content as never).filter(({ severity }) => severity === 'error'),
      [],
    );
    const [table, markdown] = content.body.elements;
    assert.deepEqual(
      table?.columns?.map(({ display_name }) => display_name),
      NAMES.map(shown),
    );
    assert.deepEqual(
      table?.rows?.map((row) => Object.values(row)),
      ROWS.map((row) => row.map(([, value]) => shown(value))),
    );
    assert.doesNotMatch(markdown?.content ?? '', /[<*[{|]/);
  });
}

const DATASET = datasetOf(ROWS.map((row) => Object.fromEntries(row)));

it('a CSV file of it has every value, and no cell that a spreadsheet would run', async () => {
  const cells = parse(Buffer.from(await csvFile(DATASET)), { bom: true }) as string[][];
  assert.deepEqual(
    cells.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ''))),
    [[...NAMES], ...ROWS.map((row) => row.map(([, value]) => value))],
  );
  for (const cell of cells.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
});

it('a workbook of it has every value as text, no formula, and nothing that is no XML', async () => {
  const book = xlsx.read(await xlsxFile({ d: DATASET }), { dense: true, cellFormula: true });
  const cells = (book.Sheets['d'] as unknown as { '!data': xlsx.CellObject[][] })['!data'];
  const written = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  assert.deepEqual(
    cells.map((row) => row.map(({ t, v, f }) => [t, v, f])),
    [NAMES, ...ROWS.map((row) => row.map(([, value]) => value))].map((row) =>
      row.map((value) => ['s', written(value).replaceAll('\r\n', '\n'), undefined]),
    ),
  );
});

it('a cell of 10 MB is cut in the card, which goes out all the same and says so', async (t) => {
  const { sandbox, project } = await setUp(t);
  const url = await serve(t, JSON.stringify([{ name: 'a', text: '字'.repeat(3_500_000) }]));
  project.write(
    'jobs/h.yaml',
    `to: [ou_a]\ndata: { d: { http: { url: "${url}" } } }\ncard:\n  title: "{{ d.first.text }}"\n  body:\n    - text: "{{ d.first.text }}"\n    - markdown: "{{ d.first.text }}"\n    - fields: { x: "{{ d.first.text }}" }\n    - text: the end\n`,
  );
  const ended = await project.larkcron(['run', 'h']);
  assert.equal(ended.code, 0, ended.stderr + ended.stdout);
  const cards = sandbox.messages().map(({ content }) => content);
  assert.ok(cards.every((content) => Buffer.byteLength(content) <= 30_000));
  assert.match(cards.at(-1) ?? '', /the end/);
  assert.match(ended.stdout, /shows 120 of 3,500,000 characters/);
});

it('numbers that are none end no run: NaN and Infinity of a database are shown as what they are', async (t) => {
  const { sandbox, project } = await setUp(t);
  project.write(
    'jobs/h.yaml',
    'to: [ou_a]\ndata: { d: { sql: { url: "sqlite:h.db", query: "select 9e999 as much, -9e999 as little, null as none, 1 as one" } } }\n' +
      'card:\n  title: T\n  body:\n    - table: { rows: d, columns: { much: { format: money }, little: 少, none: 无, one: 一 } }\n' +
      '    - chart: { type: bar, rows: d, x: one, y: much }\n    - metrics: [{ label: m, value: "{{ d.first.much }}", format: percent }]\nattach: [{ xlsx: d, name: d.xlsx }, { csv: d, name: d.csv }]\n',
  );
  new DatabaseSync(join(project.folder, 'h.db')).close();
  const ended = await project.larkcron(['run', 'h']);
  assert.equal(ended.code, 0, ended.stderr + ended.stdout);
  const [card] = sandbox.messages();
  assert.deepEqual(checkCard(JSON.parse(card?.content ?? '') as never), []);
});
