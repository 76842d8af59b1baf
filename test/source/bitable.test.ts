import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Field, plainValue } from '../../src/source/bitable-values.ts';
import { isTransient } from '../../src/source/source.ts';
import { readDocuments } from './documents.ts';

const URL_OF = 'https://example.feishu.cn/base/bascnSandbox?table=tblOrders';

describe('a base', () => {
  it('is read whole, 500 records a page, in the order of its fields', async (t) => {
    const { read, calls } = await readDocuments(t);
    const { columns, rows } = await read('bitable', `url: ${URL_OF}`);
    assert.equal(rows.length, 1_200);
    assert.equal(calls.filter((call) => call.endsWith('/search')).length, 3);
    assert.deepEqual(columns.slice(0, 5), ['订单号', '金额', '状态', '标签', '下单时间']);
    assert.deepEqual(rows[0], {
      订单号: 'A1',
      金额: 1.5,
      状态: '待付款',
      标签: '普通',
      下单时间: '2026-01-01 13:00:00',
      日期: '2026-01-01',
      加急: false,
      负责人: '销售1',
      电话: '13800000000',
      链接: '订单 1',
      附件: '1.pdf',
      关联: 'rec1',
      门店: '门店 1',
      含税: 3,
      地点: '上海市黄浦区',
      群: '运营群',
      编号: '1',
      创建时间: '2026-01-01 13:00:00',
      创建人: '销售0',
    });
    assert.deepEqual(
      Object.values(rows[5] ?? {}).filter((value) => value !== null),
      ['A6', '6'],
    );
    assert.equal(rows[99]?.['标签'], '急, 大单');
    assert.equal(rows[99]?.['金额'], 12345678901234);
  });

  it('gives the fields that are named, and what stands beside them', async (t) => {
    const { read } = await readDocuments(t);
    const yaml = `{ url: "${URL_OF}", fields: [record_id, 负责人_open_id, 链接_link, 群_chat_id, 金额] }`;
    const { columns, rows } = await read('bitable', yaml);
    assert.deepEqual(columns, ['record_id', '负责人_open_id', '链接_link', '群_chat_id', '金额']);
    assert.deepEqual(Object.values(rows[0] ?? {}), [
      'rec000001',
      'ou_seller1',
      'https://example.com/orders/1',
      'oc_group',
      1.5,
    ]);
  });

  it('dates are on the wall clock of the job', async (t) => {
    const { read } = await readDocuments(t);
    const { rows } = await read('bitable', `{ url: "${URL_OF}", fields: [下单时间] }`, 'America/New_York');
    assert.equal(rows[0]?.['下单时间'], '2026-01-01 00:00:00');
  });

  for (const [name, yaml, count] of [
    ['all of its conditions', 'filter: { 状态: 已付款, 金额: { isGreater: 600 } }', 173],
    ['any of its conditions', 'anyOf: { 订单号: A1, 编号: "2" }', 2],
    ['emptiness', 'filter: { 状态: { isEmpty: true } }', 171],
    ['several words', 'filter: { 标签: { contains: [大单] } }', 514],
  ] as const)
    it(`is filtered by ${name}`, async (t) => {
      const { read } = await readDocuments(t);
      const { rows } = await read('bitable', `{ url: "${URL_OF}", fields: [订单号], ${yaml} }`);
      assert.equal(rows.length, count);
    });

  it('is sorted, and read by a view', async (t) => {
    const { read } = await readDocuments(t);
    const sorted = await read('bitable', `{ url: "${URL_OF}", fields: [订单号], sort: { 下单时间: desc } }`);
    assert.equal(sorted.rows[0]?.['订单号'], 'A1200');
    const viewed = await read('bitable', `{ url: "${URL_OF}&view=vewPaid", fields: [状态] }`);
    assert.deepEqual([...new Set(viewed.rows.map((row) => row['状态']))], ['已付款']);
  });

  it('is found by token and name, by its only table, and through a wiki', async (t) => {
    const { read, calls } = await readDocuments(t);
    const named = await read('bitable', '{ token: bascnSandbox, table: 空表 }');
    assert.deepEqual([named.rows.length, named.columns.length], [0, 19]);
    const wiki = await read('bitable', '{ url: "https://x.feishu.cn/wiki/wikcnBase?table=tblOrders", fields: [编号] }');
    assert.equal(wiki.rows.length, 1_200);
    assert.equal(calls.filter((call) => call.includes('get_node')).length, 1);
  });

  for (const [yaml, code, words] of [
    [`{ url: "${URL_OF}", fields: [金颜] }`, 'bitable-field', /金额/],
    [`{ url: "${URL_OF}", filter: { 金颜: 1 } }`, 'bitable-field', /金额/],
    [`{ url: "${URL_OF}", fields: [__proto__] }`, 'bitable-field', /__proto__/],
    ['{ token: bascnSandbox }', 'bitable-table', /订单.*空表/],
    ['{ token: bascnSandbox, table: 定单 }', 'bitable-table', /订单/],
    ['{ token: bascnOther, table: tblOrders }', 'document-refused', /91402/],
    ['{ token: bascnSandbox, table: tblNone }', 'document-refused', /1254041/],
    ['{ url: "https://x.feishu.cn/wiki/wikcnSheet?table=tblOrders" }', 'wiki-other', /sheet/],
    ['{ url: "https://x.feishu.cn/wiki/wikcnNone" }', 'document-refused', /131005/],
    ['{ token: bascnSandbox, table: tblOrders, app: other }', 'document-refused', /app/],
  ] as const)
    it(`says what is wrong: ${yaml}`, async (t) => {
      const { read } = await readDocuments(t);
      await assert.rejects(
        read('bitable', yaml),
        (error: { code: string; explanation: { message: { en: string }; hint?: { en: string } } }) => {
          assert.equal(error.code, code);
          assert.match(JSON.stringify(error.explanation), words);
          return true;
        },
      );
    });

  it('a document that the app was not given is explained, with what to do; so is a missing scope', async (t) => {
    const { read, fault } = await readDocuments(t);
    fault('91403:path=bitable');
    await assert.rejects(read('bitable', `url: ${URL_OF}`), (error: { code: string; explanation: object }) => {
      assert.equal(error.code, 'document-refused');
      assert.match(JSON.stringify(error.explanation), /添加文档应用/);
      return !isTransient(error);
    });
    const without = await readDocuments(t, { scopes: ['im:message'] });
    await assert.rejects(without.read('bitable', `url: ${URL_OF}`), /bitable:app|99991672/);
  });

  for (const kind of ['1254290', '1254607', '1255040', '429', '500', '502-html'])
    it(`${kind} is asked again, and is one for later if it stays so`, async (t) => {
      const { read, fault, waits } = await readDocuments(t);
      fault(`${kind}:path=search,times=2`);
      assert.equal((await read('bitable', `{ url: "${URL_OF}", fields: [编号] }`)).rows.length, 1_200);
      assert.deepEqual(waits, [1_000, 3_000]);
      fault(`${kind}:path=search`);
      await assert.rejects(read('bitable', `{ url: "${URL_OF}", fields: [编号] }`), (error: { code: string }) => {
        assert.equal(error.code, 'document-later');
        return isTransient(error);
      });
    });

  for (const kind of ['broken-list', 'endless-list'])
    it(`${kind}: a list that does not end well is no list`, async (t) => {
      const { read, fault } = await readDocuments(t);
      fault(`${kind}:path=search`);
      await assert.rejects(read('bitable', `{ url: "${URL_OF}", fields: [编号] }`), { code: 'document-broken-off' });
    });

  it('ends at its time-out', async (t) => {
    const { read, fault } = await readDocuments(t);
    fault('hang:path=search');
    await assert.rejects(read('bitable', `{ url: "${URL_OF}", timeout: 300ms }`), { code: 'timed-out' });
  });
});

describe('a field’s value as a plain one', () => {
  const field = (type: number, dayOnly = false): Field => ({ name: 'x', type, dayOnly });
  for (const [name, type, value, expected] of [
    [
      'text in segments',
      1,
      [
        { type: 'text', text: 'a' },
        { type: 'mention', text: '@b' },
      ],
      'a@b',
    ],
    ['text as it is', 1, 'plain', 'plain'],
    ['no value', 2, null, null],
    ['an empty list', 4, [], null],
    ['a big integer', 2, 12345678901234567890n, 12345678901234567890n],
    ['options', 4, ['a', 'b'], 'a, b'],
    [
      'people',
      11,
      [
        { id: 'ou_1', name: 'A' },
        { id: 'ou_2', name: '', en_name: 'B' },
      ],
      'A, B',
    ],
    ['a lookup of numbers', 19, { type: 2, value: [1, 2] }, '1, 2'],
    ['a lookup of one date', 19, { type: 5, value: [1767240000000] }, '2026-01-01 12:00:00'],
    ['a formula that is text', 20, { type: 1, value: [{ type: 'text', text: 'x' }] }, 'x'],
    ['a formula that is a number', 20, 7.5, 7.5],
    ['linked records by id', 18, { link_record_ids: ['rec1', 'rec2'] }, 'rec1, rec2'],
    ['linked records in words', 21, [{ text: 'A', record_ids: ['rec1'] }, { text: 'B' }], 'A, B'],
    ['a date that is none', 5, 'soon', 'soon'],
    ['a date out of range', 5, 9e18, 9e18],
    ['something nobody knows', 99, { a: { b: 1 } }, null],
    ['a word inside', 1, [{ text: '<at id=all></at>' }], '<at id=all></at>'],
  ] as const)
    it(name, () => assert.deepEqual(plainValue(value, field(type), 'Asia/Shanghai'), expected));
});
