import type { Json } from '../model/dataset.ts';

// A base, a spreadsheet and a wiki that hold the same at every start: what `bitable` and `sheet` are tried on.

export const BASE = 'bascnSandbox';
export const ORDERS = 'tblOrders';
export const VIEW = 'vewPaid';
export const BOOK = 'shtcnSandbox';
export const WIKI: Readonly<Record<string, { readonly type: string; readonly token: string }>> = {
  wikcnBase: { type: 'bitable', token: BASE },
  wikcnSheet: { type: 'sheet', token: BOOK },
  wikcnDoc: { type: 'docx', token: 'doxcnSandbox' },
};

type Fields = Readonly<Record<string, Json>>;

/** One field of each type (bitable-v1: field types). */
export const FIELDS: readonly { readonly name: string; readonly type: number; readonly property?: Fields }[] = [
  { name: '订单号', type: 1 },
  { name: '金额', type: 2, property: { formatter: '0.00' } },
  { name: '状态', type: 3 },
  { name: '标签', type: 4 },
  { name: '下单时间', type: 5, property: { date_formatter: 'yyyy/MM/dd HH:mm' } },
  { name: '日期', type: 5, property: { date_formatter: 'yyyy/MM/dd' } },
  { name: '加急', type: 7 },
  { name: '负责人', type: 11 },
  { name: '电话', type: 13 },
  { name: '链接', type: 15 },
  { name: '附件', type: 17 },
  { name: '关联', type: 18 },
  { name: '门店', type: 19 },
  { name: '含税', type: 20 },
  { name: '地点', type: 22 },
  { name: '群', type: 23 },
  { name: '编号', type: 1005 },
  { name: '创建时间', type: 1001 },
  { name: '创建人', type: 1003 },
];

const COUNT = 1_200;
const START = Date.UTC(2026, 0, 1, 4);
const STATES = ['已付款', '待付款', '已取消'] as const;

const segments = (text: string): Json => [{ type: 'text', text }];
const person = (n: number): Json => [
  { id: `ou_seller${n % 3}`, name: `销售${n % 3}`, en_name: `Seller ${n % 3}`, email: '', avatar_url: '' },
];

/** The n-th order; one in seven has nothing but its number. */
const order = (n: number): { readonly record_id: string; readonly fields: Fields } => {
  const at = START + n * 3_600_000;
  const amount = n % 100 === 0 ? 12345678901234 : n + 0.5;
  const full: Fields = {
    金额: amount,
    状态: STATES[n % 3] as string,
    标签: n % 2 === 0 ? ['急', '大单'] : ['普通'],
    下单时间: at,
    日期: at,
    加急: n % 2 === 0,
    负责人: person(n),
    电话: '13800000000',
    链接: { text: `订单 ${n}`, link: `https://example.com/orders/${n}` },
    附件: [{ file_token: `box${n}`, name: `${n}.pdf`, size: 100, type: 'application/pdf', url: '', tmp_url: '' }],
    关联: { link_record_ids: [`rec${n}`] },
    门店: { type: 1, value: segments(`门店 ${n % 5}`) },
    含税: { type: 2, value: [amount * 2] },
    地点: { full_address: '上海市黄浦区', name: '外滩', location: '121.5,31.2', cityname: '上海市', pname: '上海市' },
    群: [{ id: 'oc_group', name: '运营群', avatar_url: '' }],
    创建时间: at,
    创建人: person(0),
  };
  return {
    record_id: `rec${String(n).padStart(6, '0')}`,
    fields: { 订单号: segments(`A${n}`), 编号: String(n), ...(n % 7 === 6 ? {} : full) },
  };
};

export const TABLES = [
  { table_id: ORDERS, name: '订单', revision: 1 },
  { table_id: 'tblEmpty', name: '空表', revision: 1 },
] as const;

let made: readonly ReturnType<typeof order>[] | null = null;
export const recordsIn = (table: string): readonly ReturnType<typeof order>[] => {
  if (table !== ORDERS) return [];
  made ??= Array.from({ length: COUNT }, (_, i) => order(i + 1));
  return made;
};

/** A cell: what it shows, and where that differs its formula or its serial number. */
type Cell =
  | Json
  | { readonly formula: string; readonly value: Json }
  | { readonly serial: number; readonly text: string };

export const SHEETS: readonly {
  readonly id: string;
  readonly title: string;
  readonly hidden: boolean;
  readonly cells: readonly (readonly Cell[])[];
}[] = [
  { id: '0a00aa', title: '说明', hidden: true, cells: [['不要看']] },
  {
    id: '0b12bb',
    title: '目标',
    hidden: false,
    cells: [
      ['门店', '目标', '完成', '日期', '备注', null],
      [
        '一店',
        1000,
        { formula: '=B2*0.9', value: 900 },
        { serial: 46352, text: '2026/11/26' },
        [
          { type: 'text', text: '见' },
          { type: 'url', text: '看板', link: 'https://example.com' },
        ],
        null,
      ],
      [
        '二店',
        2000.5,
        { formula: '=B3*0.9', value: 1800.45 },
        { serial: 46353, text: '2026/11/27' },
        { type: 'mention', text: '@张三' },
        null,
      ],
      [null, null, null, null, null, null],
      ['三店', null, { formula: '=B5*0.9', value: 0 }, null, true, null],
    ],
  },
];
