// Makes sales.db: a chain of twelve stores, the last 60 days. Run it again for fresh data: node make-data.mjs
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

const STORES = [
  ['北京国贸店', 92_000],
  ['上海南京西路店', 88_000],
  ['广州天河城店', 71_000],
  ['深圳万象城店', 79_000],
  ['杭州湖滨银泰店', 58_000],
  ['成都太古里店', 66_000],
  ['南京新街口店', 52_000],
  ['武汉楚河汉街店', 47_000],
  ['西安大雁塔店', 41_000],
  ['重庆解放碑店', 49_000],
  ['苏州观前街店', 36_000],
  ['厦门中山路店', 33_000],
];
const DAYS = 60;

// the same figures on every machine (mulberry32)
let seed = 20_260_101;
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const file = fileURLToPath(new URL('./sales.db', import.meta.url));
rmSync(file, { force: true });
const db = new DatabaseSync(file);
db.exec(
  'create table daily (day text, store text, sales real, target integer, orders integer, primary key (day, store))',
);
const insert = db.prepare('insert into daily values (?, ?, ?, ?, ?)');
const today = new Date(Date.now() + 8 * 3_600_000);
db.exec('begin');
for (let back = DAYS - 1; back >= 0; back--) {
  const date = new Date(today.getTime() - back * 86_400_000);
  const weekend = [0, 6].includes(date.getUTCDay());
  for (const [store, usual] of STORES) {
    const sales = Math.round(usual * (weekend ? 1.25 : 1) * (0.82 + random() * 0.36) * 100) / 100;
    insert.run(date.toISOString().slice(0, 10), store, sales, usual, Math.round(sales / (58 + random() * 40)));
  }
}
db.exec('commit');
db.close();
