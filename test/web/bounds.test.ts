import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isDeeper } from '../../src/base/depth.ts';
import { within } from '../../src/web/bounded.ts';
import { openTestConsole } from './fixture.ts';

const post = (body: unknown, headers: Record<string, string> = {}) => ({ method: 'POST', body, headers });
const nested = (open: string, close: string, times: number, inside = ''): string =>
  open.repeat(times) + inside + close.repeat(times);

it('how deep values nest is told of any depth', () => {
  assert.deepEqual(
    [1, [], [[]], { a: [] }, { a: [{ b: {} }] }].map((each) => [0, 1, 2, 3].filter((most) => isDeeper(each, most))),
    [[], [0], [0, 1], [0, 1], [0, 1, 2, 3]],
  );
  assert.equal(isDeeper(JSON.parse(nested('[', ']', 200_000)), 64), true);
});

it('work that does not end is stopped, wherever it stands, and what it throws is thrown', () => {
  assert.deepEqual(
    within(1_000, () => 7),
    { is: 'done', value: 7 },
  );
  const at = performance.now();
  assert.deepEqual(
    within(50, () => {
      for (;;);
    }),
    { is: 'too-slow' },
  );
  const straying = `${'a'.repeat(40)}b`;
  assert.deepEqual(
    within(50, () => /^(a+)+$/.test(straying)),
    { is: 'too-slow' },
  );
  assert.ok(performance.now() - at < 2_000);
  const inward = (): number => 1 + inward();
  assert.deepEqual(within(1_000, inward), { is: 'too-deep' });
  assert.throws(
    () =>
      within(1_000, () => {
        throw new TypeError('x');
      }),
    TypeError,
  );
});

it('the workshop ends in time, whatever a card asks for, and nesting is a finding and no fault of ours', async (t) => {
  const desk = await openTestConsole(t);
  const codes = async (text: string, data = {}): Promise<string[]> => {
    const { status, json, text: said } = await desk.ask('/api/workshop', post({ text, data }));
    assert.equal(status, 200, said);
    return json.findings.map(({ code }: { code: string }) => code);
  };
  const choice = (red: string): string =>
    `card:\n  title: x\n  color: { red: ${JSON.stringify(red)}, else: green }\n  body: [{ markdown: hi }]\n`;
  const rows = Array.from({ length: 2_000 }, (_, i) => ({ i }));
  const at = performance.now();
  assert.deepEqual(await codes(choice(`'${'a'.repeat(40)}b'.matches('^(a+)+$')`)), ['workshop-too-slow']);
  assert.deepEqual(await codes(choice('a.rows.all(x, a.rows.all(y, a.rows.all(z, true)))'), { a: rows }), [
    'workshop-too-slow',
  ]);
  assert.ok(performance.now() - at < 10_000, `${performance.now() - at}`);
  const columns = nested('{"tag":"column_set","columns":[{"tag":"column","elements":[', ']}]}', 2_000);
  for (const text of [
    `{"schema":"2.0","body":{"elements":${nested('[', ']', 90_000)}}}`,
    nested('{"a":', '}', 30_000, '1'),
    `{"schema":"2.0","body":{"elements":[${columns}]}}`,
    `card: ${nested('{a: ', '}', 3_000, '1')}`,
  ])
    assert.ok((await codes(text)).includes('workshop-too-deep'), text.slice(0, 40));
  // of this one a second of reading tells how deep it is: a busy machine stops that first
  const deepest = await codes(`card: ${nested('{a: ', '}', 20_000, '1')}`);
  assert.match(deepest.join(), /^workshop-too-(deep|slow)$/);
  assert.deepEqual(desk.bugs, []);
});

it('a body that nests without end is refused, to whatever it is sent', async (t) => {
  const desk = await openTestConsole(t);
  const deep = `{"text":"card: { title: x }","data":{"a":[{"x":${nested('[', ']', 90_000)}}]}}`;
  for (const path of ['/api/workshop', '/api/workshop/send', '/api/jobs/hello/runs']) {
    const { status, json } = await desk.ask(path, { method: 'POST', raw: deep });
    assert.deepEqual([status, json.code], [400, 'body-too-deep'], path);
  }
  assert.deepEqual(desk.bugs, []);
});

it('years of days are counted before they are listed, and of the calendar few are worked out at once', async (t) => {
  const desk = await openTestConsole(t);
  const at = performance.now();
  const days = await desk.ask('/api/jobs/hello/days?since=0001-01-01&until=9999-12-31');
  assert.deepEqual([days.status, days.json.code], [400, 'too-many-days']);
  assert.ok(performance.now() - at < 1_000, `${performance.now() - at} ms`);
  const whole = await desk.ask('/api/jobs/hello/days?since=2025-01-01&until=2026-02-04');
  assert.equal(whole.json.days.length, 400);
  assert.equal((await desk.ask('/api/jobs/hello/days?since=2025-01-01&until=2026-02-05')).json.code, 'too-many-days');
  const years = await Promise.all(Array.from({ length: 12 }, (_, i) => desk.ask(`/api/calendar?year=${2030 + i}`)));
  const statuses = years.map(({ status }) => status);
  assert.ok(statuses.includes(200) && statuses.includes(429), statuses.join());
  // the same year is worked out once for all who ask
  const same = await Promise.all(Array.from({ length: 12 }, () => desk.ask('/api/calendar?year=2029')));
  assert.ok(same.every(({ status }) => status === 200));
});
