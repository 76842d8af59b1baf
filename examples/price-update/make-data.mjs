// Makes prices.csv: forty products, each with its salesperson. `node make-data.mjs --change` changes some of the prices,
// takes one product off and puts a new one on, as a price list does. The same figures on every machine.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('./prices.csv', import.meta.url));
const SALES = ['ou_sales_chen', 'ou_sales_li', 'ou_sales_wang'];
const KINDS = ['龙井', '普洱', '铁观音', '大红袍', '碧螺春', '白毫银针', '正山小种', '六安瓜片'];
const SIZES = ['50g', '100g', '250g', '500g 礼盒', '1kg'];
const HEAD = 'sku,name,price,salesperson';

const first = () =>
  KINDS.flatMap((kind, i) =>
    SIZES.map((size, j) => {
      const price = ((38 + i * 17) * [1, 1.9, 4.6, 9.8, 17.5][j]).toFixed(2);
      return `T${String(i * SIZES.length + j + 1).padStart(3, '0')},${kind} ${size},${price},${SALES[i % SALES.length]}`;
    }),
  );

const changed = (lines) => [
  ...lines.slice(1).map((line, i) => {
    const [sku, name, price, salesperson] = line.split(',');
    const factor = i % 9 === 0 ? 1.08 : i % 13 === 0 ? 0.95 : 1;
    return [sku, name, (Number(price) * factor).toFixed(2), salesperson].join(',');
  }),
  `T${String(Number(lines.at(-1).slice(1, 4)) + 1).padStart(3, '0')},桂花乌龙 100g,88.00,${SALES[0]}`,
];

const lines = process.argv.includes('--change')
  ? changed(readFileSync(file, 'utf8').trim().split('\n').slice(1))
  : first();
writeFileSync(file, `${[HEAD, ...lines].join('\n')}\n`);
