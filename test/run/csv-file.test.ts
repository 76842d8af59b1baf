import assert from 'node:assert/strict';
import { it } from 'node:test';
import { csvFile } from '../../src/run/csv-file.ts';

it('a dataset as CSV: Excel’s UTF-8, quotes, digits as they are, and nothing that is a formula', async () => {
  const rows = [
    { 名称: '一店, "A"', 数量: 12345678901234567890n, 备注: '=HYPERLINK("http://x")' },
    { 名称: '第二\n行', 数量: -1.5, 备注: '-3.20' },
    { 名称: null, 数量: true, 备注: '+86 10' },
    { 名称: '@cmd', 数量: '00123', 备注: '\tx' },
  ];
  const text = Buffer.from(await csvFile({ columns: ['名称', '数量', '备注'], rows })).toString('utf8');
  assert.equal(
    text,
    `\uFEFF名称,数量,备注\r\n"一店, ""A""",12345678901234567890,"'=HYPERLINK(""http://x"")"\r\n"第二\n行",-1.5,-3.20\r\n,true,'+86 10\r\n'@cmd,00123,'\tx\r\n`,
  );
});

it('column names are no formulas either', async () => {
  assert.equal(Buffer.from(await csvFile({ columns: ['=a'], rows: [] })).toString('utf8'), "\uFEFF'=a\r\n");
});
