// 每天 18:00 把各门店当天的销售额发出去:对目标、对上周同日。卡片由函数做成,数据用 SQL 取
import { defineJob } from 'larkcron';

/** 绑定到 SQL 的 :day;写在任务里的文字是模板,和 YAML 一样 */
const params = { day: "{{ due | date: '%Y-%m-%d' }}" };
const sales = (query: string) => ({ sql: { url: 'sqlite:sales.db', query, params } });

/** 万元,一位小数 */
const tenThousands = { unit: '万', digits: 1 };
const salesAndTarget = {
  sales: { label: '销售额', format: tenThousands },
  target: { label: '目标', format: tenThousands },
};

const timeZone = 'Asia/Shanghai';
/** 2026-01-05 */
const date = new Intl.DateTimeFormat('sv-SE', { timeZone });
const weekday = new Intl.DateTimeFormat('zh-CN', { timeZone, weekday: 'long' });
const time = new Intl.DateTimeFormat('zh-CN', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const money = new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' });
const percent = new Intl.NumberFormat('zh-CN', { style: 'percent', minimumFractionDigits: 1 });

/** 换成自己的看板 */
const DASHBOARD = 'https://example.com/dashboard';

/** 完成率的颜色 */
const colorOf = (rate: number) => (rate < 0.9 ? 'red' : rate < 1 ? 'orange' : 'green');

export default defineJob({
  description: '门店销售数据看板',
  schedule: '0 18 * * *',
  to: ['store-managers'],
  data: {
    stores: sales(`
      select d.store, d.sales, d.target, d.orders, d.sales * 1.0 / d.target as rate, d.sales / w.sales - 1 as week
      from daily d left join daily w on w.store = d.store and w.day = date(d.day, '-7 days')
      where d.day = (select max(day) from daily where day <= :day)
      order by d.sales desc`),
    total: sales(`
      with today as (select max(day) as day from daily where day <= :day)
      select sum(d.sales) as sales, sum(d.sales) * 1.0 / sum(d.target) as rate, sum(d.orders) as orders,
             sum(d.sales >= d.target) as reached, count(*) as stores,
             sum(d.sales) / sum(w.sales) - 1 as sales_week, sum(d.orders) * 1.0 / sum(w.orders) - 1 as orders_week
      from daily d join today on d.day = today.day
      left join daily w on w.store = d.store and w.day = date(d.day, '-7 days')`),
    days: sales(`
      select substr(day, 6) as day, sum(sales) as sales, sum(target) as target from daily
      where day <= :day and day > date(:day, '-14 days') group by day order by day`),
  },
  empty: 'skip',
  card: ({ stores, total, days, due, now }) => {
    const figure = (name: string) => total.first?.[name] ?? null;
    const [year, month, day] = date.format(due).split('-');
    const rate = Number(figure('rate'));
    return {
      title: '📊 门店销售数据看板已更新',
      subtitle: `${year}年${month}月${day}日 ${weekday.format(due)}`,
      color: colorOf(rate),
      tags: [{ text: '日报', color: 'blue' }],
      summary: `今日销售额 ${money.format(Number(figure('sales')))},完成 ${percent.format(rate)}`,
      body: [
        {
          metrics: [
            {
              label: '销售额',
              value: figure('sales'),
              format: { money: 'CNY', unit: '万' },
              delta: { value: figure('sales_week'), label: '较上周' },
            },
            { label: '完成率', value: rate, format: 'percent', color: colorOf(rate) },
            { label: '订单数', value: figure('orders'), delta: { value: figure('orders_week'), label: '较上周' } },
            { label: '达标门店', value: `${figure('reached')} / ${figure('stores')}` },
          ],
        },
        {
          table: {
            rows: stores.rows,
            columns: {
              store: '门店',
              sales: { label: '销售额', format: 'money' },
              rate: { label: '完成率', format: 'percent', color: { red: 'rate < 0.9', green: 'rate >= 1' } },
              week: { label: '较上周', format: 'delta' },
              orders: { label: '订单数', format: 'number' },
            },
          },
        },
        {
          chart: {
            title: '各门店销售额与目标',
            type: 'bar',
            rows: stores.rows,
            x: 'store',
            y: salesAndTarget,
            horizontal: true,
            labels: false,
          },
        },
        { chart: { title: '近两周', type: 'line', rows: days.rows, x: 'day', y: salesAndTarget } },
        {
          button: {
            text: '查看详情',
            url: DASHBOARD,
            type: 'primary',
          },
        },
        { note: `数据来自 sales.db · 截至 ${time.format(now)}` },
      ],
    };
  },
});
