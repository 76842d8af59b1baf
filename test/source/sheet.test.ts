import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isTransient } from '../../src/source/source.ts';
import { readDocuments } from './documents.ts';

const ROWS = [
  { 门店: '一店', 目标: 1000, 完成: 900, 日期: '2026/11/26', 备注: '见看板', column6: null },
  { 门店: '二店', 目标: 2000.5, 完成: 1800.45, 日期: '2026/11/27', 备注: '@张三', column6: null },
  { 门店: '三店', 目标: null, 完成: 0, 日期: null, 备注: true, column6: null },
];

for (const [name, yaml] of [
  ['by the browser’s address', 'url: "https://example.feishu.cn/sheets/shtcnSandbox?sheet=0b12bb"'],
  ['by its title', '{ token: shtcnSandbox, sheet: 目标 }'],
  ['the first that is shown', 'token: shtcnSandbox'],
  ['through a wiki', 'url: "https://example.feishu.cn/wiki/wikcnSheet?sheet=0b12bb"'],
] as const)
  it(`a sheet, ${name}: values, not formulas; dates, not serial numbers; empty rows left out`, async (t) => {
    const { read } = await readDocuments(t);
    assert.deepEqual((await read('sheet', yaml)).rows, ROWS);
  });

it('a range of it', async (t) => {
  const { read } = await readDocuments(t);
  assert.deepEqual((await read('sheet', '{ token: shtcnSandbox, sheet: 目标, range: B1:C3 }')).rows, [
    { 目标: 1000, 完成: 900 },
    { 目标: 2000.5, 完成: 1800.45 },
  ]);
});

for (const [yaml, code] of [
  ['{ token: shtcnSandbox, sheet: 目杯 }', 'no-sheet'],
  ['token: shtcnOther', 'document-refused'],
  ['url: "https://example.feishu.cn/wiki/wikcnBase"', 'wiki-other'],
  ['url: "https://example.feishu.cn/wiki/wikcnDoc"', 'wiki-other'],
] as const)
  it(`says what is wrong: ${yaml}`, async (t) => {
    const { read } = await readDocuments(t);
    await assert.rejects(read('sheet', yaml), { code });
  });

it('90217 and 90235 are asked again, 91403 is explained', async (t) => {
  const { read, fault, waits } = await readDocuments(t);
  fault('90217:path=values,times=1');
  fault('90235:path=query,times=1');
  assert.equal((await read('sheet', 'token: shtcnSandbox')).rows.length, 3);
  assert.equal(waits.length, 2);
  fault('91403:path=sheets');
  await assert.rejects(read('sheet', 'token: shtcnSandbox'), (error: { code: string }) => {
    assert.equal(error.code, 'document-refused');
    return !isTransient(error);
  });
});
