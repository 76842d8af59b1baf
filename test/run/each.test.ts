import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Each } from '../../src/model/conditions.ts';
import { type Dataset, datasetOf, type Value } from '../../src/model/dataset.ts';
import { NO_MEMORY } from '../../src/model/memory.ts';
import { concerns, mineOf, type Their, theirsOf, together } from '../../src/run/each.ts';
import { fallbackMessages } from '../../src/run/fallback.ts';
import type { Preparation } from '../../src/run/gather.ts';
import { planDeliveries } from '../../src/run/plan.ts';
import { jobOf } from '../doctor/fixture.ts';

const EACH: Each = { at: null, from: 'stores', column: 'who', type: null };
const stores = (...who: readonly Value[]): Dataset => datasetOf(who.map((one, i) => ({ n: i + 1, who: one })));
const addresses = (each: Each, ...who: readonly Value[]): readonly (readonly [string, string | null])[] =>
  theirsOf(each, { stores: stores(...who) }).map(({ recipient, nowhere }) => [
    `${recipient.idType}:${recipient.id}`,
    nowhere?.code ?? null,
  ]);

const CASES: readonly [type: Each['type'], value: Value, found: string | null][] = [
  [null, 'ou_1', 'open_id:ou_1'],
  [null, ' on_1 ', 'union_id:on_1'],
  [null, 'oc_1', 'chat_id:oc_1'],
  [null, 'a@x.cn', 'email:a@x.cn'],
  [null, 'webhook:ops', null],
  [null, '张三', null],
  [null, true, null],
  [null, '', null],
  [null, null, null],
  ['open_id', 'on_1', null],
  ['user_id', 12345, 'user_id:12345'],
  ['mobile', 13800000000, 'mobile:13800000000'],
  ['mobile', 4915112345678n, 'mobile:4915112345678'],
  ['mobile', '138', null],
  ['email', 'ou_1', null],
];
for (const [type, value, found] of CASES)
  it(`an address of type ${type ?? 'any'}: ${String(value)} → ${found ?? 'nobody'}`, () => {
    const [[address, code] = ['', '']] = addresses({ ...EACH, type }, value);
    assert.equal(code === null ? address : null, found);
  });

it('each address once, in order; what is no address apart, with the rows it stands in', () => {
  const all = theirsOf(EACH, { stores: stores('ou_1', null, 'x', 'ou_1', '', 'A@x.cn', 'a@x.cn', 'x') });
  assert.deepEqual(
    all.map(({ recipient, nowhere, rows }) => [recipient.shown, nowhere?.code ?? null, rows.get('stores')]),
    [
      ['ou_1', null, [0, 3]],
      ['stores.who ∅', 'no-address', [1, 4]],
      ['stores.who: x', 'bad-address', [2, 7]],
      ['A@x.cn', null, [5, 6]],
    ],
  );
  assert.match(all[1]?.nowhere?.message.en ?? '', /row 2, 5/);
});

it('values that look alike are one, and never taken for a recipient', () => {
  const long = 'y'.repeat(100);
  const all = theirsOf(EACH, { stores: stores('ou_1', 'ou_1\u0007', 'stores.who', `${long}1`, `${long}2`, null) });
  const shown = all.map(({ recipient }) => recipient.shown);
  assert.equal(new Set(shown).size, shown.length);
  assert.equal(shown.length, 5);
});

it('a value that is no address is shown in one short line', () => {
  const [one] = theirsOf(EACH, { stores: stores(`<b>\n\u0007${'长'.repeat(500)}`) });
  assert.match(one?.recipient.shown ?? '', /^stores\.who: <b> 长{1,60}$/);
});

it('mine: their rows of every dataset that has the column', () => {
  const data = {
    stores: stores('ou_1', 'ou_2'),
    sales: datasetOf([
      { who: 'ou_2', v: 1 },
      { who: 'ou_1', v: 2 },
      { who: 'ou_2', v: 3 },
    ]),
    totals: datasetOf([{ all: 6 }]),
  };
  const [, second] = theirsOf(EACH, data);
  const mine = mineOf(second as Their, EACH, data);
  assert.deepEqual(Object.keys(mine), ['mine', 'mine.stores', 'mine.sales']);
  assert.deepEqual(mine['mine']?.rows, [{ n: 2, who: 'ou_2' }]);
  assert.deepEqual(
    mine['mine.sales']?.rows.map(({ v }) => v),
    [1, 3],
  );
});

it('one person under two addresses has the rows of both, in the order of the data', () => {
  const data = { stores: stores('ou_1', 'a@x.cn', 'ou_1') };
  const one = together(theirsOf(EACH, data) as [Their, Their]);
  assert.deepEqual(
    mineOf(one, EACH, data)['mine']?.rows.map(({ n }) => n),
    [1, 2, 3],
  );
});

it('with changed, whoever has none of what changed is not meant; where it does not say whose it is, all are', () => {
  const none = datasetOf([], ['who']);
  const data = { stores: stores('ou_1', 'ou_2'), added: none, removed: none, changed: stores('ou_2') };
  assert.deepEqual(
    theirsOf(EACH, data).map((their) => concerns(their, EACH, data)),
    [false, true],
  );
  const others = { ...data, added: datasetOf([], ['n']), removed: datasetOf([]), changed: datasetOf([{ n: 1 }]) };
  assert.ok(theirsOf(EACH, others).every((their) => concerns(their, EACH, others)));
});

it('a column that is not there is a fault of the settings', () => {
  assert.throws(() => theirsOf({ ...EACH, column: 'whom' }, { stores: stores('ou_1') }), {
    code: 'to-column',
    status: 2,
  });
});

it('in place of a card that was refused, each gets a file of their own rows and nobody else’s', async () => {
  const rows = stores('ou_1', 'ou_2', 'ou_1').rows;
  const job = jobOf('j', [], {
    each: EACH,
    data: { stores: { source: 'rows', rows, at: null, timeout: 1 } },
  });
  const by = {
    fetchSource: async () => datasetOf(rows),
    sourceContext: {} as Preparation['sourceContext'],
    timezone: 'Asia/Shanghai',
    now: () => 0,
    memory: async () => NO_MEMORY,
    report: () => {},
  } satisfies Preparation;
  const to = [{ shown: 'ou_2', idType: 'open_id' as const, id: 'ou_2' }];
  const occasion = { due: 0, run: null, test: false, force: true };
  const messages = await fallbackMessages(job, occasion, { to, code: 230099 }, by);
  assert.ok('theirs' in messages);
  const meant = messages.theirs.filter(messages.concerns);
  assert.deepEqual(
    meant.map(({ recipient }) => recipient.id),
    ['ou_2'],
  );
  const { parts } = await messages.compose(meant[0] as Their);
  const files = parts.flatMap((part) =>
    part.files.map(({ name, bytes }) => `${name} ${Buffer.from(bytes).toString()}`),
  );
  assert.deepEqual(files, ['mine.stores.csv \uFEFFn,who\r\n2,ou_2\r\n']);
});

it('what has no address is one line of a run, however many files are attached; who may be found later keeps them all', () => {
  const part = { kind: 'card' as const, content: { msgType: 'text', body: '{}' } };
  const refused = { reason: { code: 'x', message: { zh: '', en: '' } }, code: null };
  const rowsOf = (id: string) =>
    planDeliveries({
      run: 'r',
      app: { name: 'default', id: 'cli_x' },
      addressees: [{ shown: id, target: { idType: 'nowhere', id }, refused }],
      parts: [part, part],
      deliverUntil: 0,
      maxTries: 1,
      anchor: null,
      urgent: null,
      own: true,
    }).length;
  assert.deepEqual([rowsOf('none:stores.who ∅'), rowsOf('email:b@x.cn')], [1, 2]);
});
