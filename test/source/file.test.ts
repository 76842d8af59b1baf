import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Dataset, datasetOf, type Row } from '../../src/model/dataset.ts';
import type { FetchedSpec } from '../../src/model/job.ts';
import { xlsxFile } from '../../src/run/xlsx-file.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';
import { sourceContext } from '../support/source-context.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();

type FileSpec = Extract<FetchedSpec, { source: 'file' }>;
const file = (path: string, more: Partial<FileSpec> = {}): Promise<Dataset> =>
  fetchSource(
    {
      ...{ at: null, timeout: 5_000, source: 'file', path: { source: path, at: null } },
      ...{ format: null, encoding: null, select: null, sheet: null, range: null },
      ...more,
    } as FileSpec,
    sourceContext({ directory: folder }),
  );
const read = (name: string, text: string | Uint8Array, format: 'csv' | 'json', select: string | null = null) => {
  writeFileSync(join(folder, name), text);
  return file(name, { format, select });
};

describe('file', () => {
  it('reads CSV with a BOM, empty and doubled headings', async () => {
    const { columns, rows } = await read('a.csv', '\uFEFF商品,价格,价格,\nA,1.10,2,x\n', 'csv');
    assert.deepEqual(columns, ['商品', '价格', '价格_2', 'column4']);
    assert.deepEqual(rows, [{ 商品: 'A', 价格: '1.10', 价格_2: '2', column4: 'x' }]);
  });
  it('headings numbered by us never meet one that is there', async () => {
    const { columns } = await read('e.csv', 'a,a_2,a\n1,2,3\n', 'csv');
    assert.deepEqual(columns, ['a', 'a_2', 'a_3']);
  });
  it('a line with a cell too many is an error: which one is it?', () =>
    assert.rejects(read('f.csv', 'a,b\n1,2\n1,234,5\n', 'csv'), { code: 'not-csv' }));
  it('a line with a cell too few is filled up', async () =>
    assert.deepEqual((await read('g.csv', 'a,b\n1\n', 'csv')).rows, [{ a: '1', b: null }]));
  it('reads tabs in a .tsv', async () =>
    assert.deepEqual((await read('h.tsv', 'a\tb\n1,5\t2\n', 'csv')).rows, [{ a: '1,5', b: '2' }]));
  it('numbers that a double cannot hold stay text', async () => {
    const { rows } = await read('i.json', '[{"a":1e400,"b":0.1234567890123456789,"c":1.10,"d":-7}]', 'json');
    assert.deepEqual(rows, [{ a: '1e400', b: '0.1234567890123456789', c: 1.1, d: -7 }]);
  });
  it('reads JSON', async () =>
    assert.deepEqual((await read('a.json', '{"rows":[{"a":1}]}', 'json', 'rows')).rows, [{ a: 1 }]));
  it('a list of plain values has one column', async () =>
    assert.deepEqual((await read('b.json', '[1,"x"]', 'json')).rows, [{ value: 1 }, { value: 'x' }]));
  it('what is no UTF-8 is an error and no guess; GB18030 is read where it is said', async () => {
    const bytes = Buffer.from([0xc9, 0xcc, 0x2c, 0x31, 0x0a, 0xb5, 0xea, 0x2c, 0x32]);
    await assert.rejects(read('c.csv', bytes, 'csv'), { code: 'bad-encoding' });
    assert.deepEqual((await file('c.csv', { encoding: 'gb18030' })).rows, [{ 商: '店', 1: '2' }]);
  });
  it('reads the UTF-16 of “Unicode text”', async () => {
    const bytes = Buffer.from('\uFEFF商品,价格\nA,1\n', 'utf16le');
    assert.deepEqual((await read('u.csv', bytes, 'csv')).rows, [{ 商品: 'A', 价格: '1' }]);
  });
  it('of several that match it reads the newest', async () => {
    for (const [name, age] of [
      ['r-1.csv', 300],
      ['r-2.csv', 100],
      ['r-3.csv', 200],
    ] as const) {
      writeFileSync(join(folder, name), `n\n${name}\n`);
      utimesSync(join(folder, name), Date.now() / 1000 - age, Date.now() / 1000 - age);
    }
    assert.deepEqual((await file('r-*.csv')).rows, [{ n: 'r-2.csv' }]);
    await assert.rejects(file('none-*.csv'), { code: 'no-match' });
  });
  it('a missing file is an error', () => assert.rejects(file('gone.csv'), { code: 'file-missing' }));
});

describe('a workbook', () => {
  const ROWS: readonly Row[] = [
    { 编号: '00123', 名称: '=1+1', 金额: '12.50', 数量: 12345678901234567890n, 比例: 0.1, 有: true },
    { 编号: '7', 名称: '换\n行 \u0001😀', 金额: '-0.005', 数量: 5n, 比例: null, 有: false },
  ];
  const written = async (name: string, datasets: Readonly<Record<string, Dataset>>): Promise<void> =>
    writeFileSync(join(folder, name), await xlsxFile(datasets));

  it('is written and read with numbers as numbers, codes and long digits as text, and no formula', async () => {
    await written('a.xlsx', { 商品: datasetOf(ROWS), other: datasetOf([{ a: 1 }]) });
    const { columns, rows } = await file('a.xlsx');
    assert.deepEqual(columns, ['编号', '名称', '金额', '数量', '比例', '有']);
    assert.deepEqual(rows, [
      { 编号: '00123', 名称: '=1+1', 金额: 12.5, 数量: '12345678901234567890', 比例: 0.1, 有: true },
      { 编号: '7', 名称: '换\n行 😀', 金额: -0.005, 数量: 5, 比例: null, 有: false },
    ]);
  });
  it('is read by sheet and by range', async () => {
    await written('b.xlsx', {
      x: datasetOf([{ a: 1, b: 2 }]),
      'y/z': datasetOf([
        { c: 3, d: 4 },
        { c: 5, d: 6 },
      ]),
    });
    assert.deepEqual((await file('b.xlsx', { sheet: 'y z' })).rows, [
      { c: 3, d: 4 },
      { c: 5, d: 6 },
    ]);
    assert.deepEqual((await file('b.xlsx', { sheet: 'y z', range: 'B1:B2' })).rows, [{ d: 4 }]);
    await assert.rejects(file('b.xlsx', { sheet: 'z' }), { code: 'no-sheet' });
  });
  it('dates are what the sheet shows', async () => {
    const { utils, write } = await import('@e965/xlsx');
    const sheet = utils.aoa_to_sheet([['at', 'day', 'sum', 'bad']]);
    sheet['A2'] = { t: 'n', v: 46027.770833333336, z: 'yyyy-mm-dd hh:mm' };
    sheet['B2'] = { t: 'n', v: 46027, z: 'yyyy/m/d' };
    sheet['C2'] = { t: 'n', v: 3, f: '1+2' };
    sheet['D2'] = { t: 'e', v: 42 };
    sheet['!ref'] = 'A1:D2';
    writeFileSync(join(folder, 'd.xlsx'), write({ SheetNames: ['s'], Sheets: { s: sheet } }, { type: 'buffer' }));
    assert.deepEqual((await file('d.xlsx')).rows, [
      { at: '2026-01-05 18:30:00', day: '2026-01-05', sum: 3, bad: null },
    ]);
  });
  it('of 50,000 rows is written and read whole', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => ({ id: i, name: `商品 ${i}`, price: '9.90' }));
    await written('many.xlsx', { many: datasetOf(rows) });
    const read = await file('many.xlsx');
    assert.equal(read.rows.length, 50_000);
    assert.deepEqual(read.rows.at(-1), { id: 49_999, name: '商品 49999', price: 9.9 });
  });
  it('what is none is an error', async () => {
    writeFileSync(join(folder, 'e.xlsx'), 'PK\u0003\u0004 but no workbook');
    await assert.rejects(file('e.xlsx'), { code: 'not-xlsx' });
  });
});
