import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defineJob, markdown } from '../../src/index.ts';

const stores = async (): Promise<readonly { readonly name: string; readonly sales: number }[]> => [];

it('the types of the sources flow into the functions; the compiler is the test', () => {
  const job = defineJob({
    to: ['ou_a', { mobile: '13800000000' }],
    data: {
      stores,
      prices: { rows: [{ sku: 'a', price: 1 }] },
      sales: { sql: { url: 'sqlite:a.db', query: 'select 1' } },
    },
    changed: { of: 'prices', key: 'sku' },
    card: ({ stores, prices, sales, changed, last, due }) => {
      const name: string | undefined = stores.first?.name;
      const price: number | undefined = prices.rows[0]?.price;
      // @ts-expect-error a store has no such column
      assert.equal(stores.first?.nmae, undefined);
      // @ts-expect-error there is no such dataset
      assert.throws(() => stors.rows);
      return {
        title: `${name} ${price} ${due.getDay()} ${last?.deliveredAt}`,
        color: 'red',
        body: [
          { markdown: markdown`**${name ?? ''}**` },
          { table: { rows: changed.rows, columns: ['sku'] } },
          { metrics: [{ label: 'n', value: sales.rows.length }] },
        ],
      };
    },
  });
  assert.deepEqual(Object.keys(job), ['to', 'data', 'changed', 'card']);
  // @ts-expect-error `changed` is about one of the datasets
  defineJob({ to: 'ou_a', data: { stores }, changed: { of: 'store', key: 'name' }, text: 'x' });
  // @ts-expect-error no such colour
  defineJob({ to: 'ou_a', card: { color: 'pink', body: [] } });
});
