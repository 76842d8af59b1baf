import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SECOND } from '../../src/model/time.ts';
import { createVirtualPush, people } from '../support/virtual-push.ts';

it('1,500 messages are taken back by several processes, each once, and hold up no new ones', async (t) => {
  const { clock, feishu, ledger, ledgers, plan, drain } = createVirtualPush(t, { processes: 3 });
  const wrong = await plan('wrong', people(1_500));
  await clock.until(drain(ledger, wrong));
  await clock.until(clock.sleep(60 * SECOND)); // the minute's quota of messages is there again
  await ledger.runs.recall(wrong);
  const from = clock.monotonic();
  const right = await plan('right', ['ou_boss']);
  await clock.until(Promise.all(ledgers.map((each) => drain(each, right))));
  const [last] = feishu.arrived().slice(-1);
  assert.equal(last?.target, 'ou_boss');
  assert.ok((last?.at ?? 0) - from <= 2 * SECOND, `${(last?.at ?? 0) - from} ms`);
  const next = await plan('next', ['ou_next']);
  await clock.until(Promise.all(ledgers.map((each) => drain(each, next))));
  assert.equal(new Set(feishu.recalled()).size, feishu.recalled().length);
});

it('whoever is told to stop while it waits for its turn to take back goes at once', async (t) => {
  const { clock, ledger, plan, drain, loopsOf, feishu } = createVirtualPush(t, {});
  const wrong = await plan('wrong', people(1_500));
  await clock.until(drain(ledger, wrong));
  await clock.until(clock.sleep(60 * SECOND));
  await ledger.runs.recall(wrong);
  const stop = new AbortController();
  const from = clock.monotonic();
  const stopped = loopsOf(ledger, stop.signal).dispatcher.drainApp('default', { runs: null, signal: stop.signal });
  // the minute's quota is used up by then
  await clock.until(clock.sleep(30 * SECOND));
  const takenBack = feishu.recalled().length;
  assert.ok(takenBack < 1_500, `${takenBack}`);
  stop.abort();
  await clock.until(stopped);
  assert.ok(clock.monotonic() - from <= 31 * SECOND, `${clock.monotonic() - from} ms`);
  assert.ok(feishu.recalled().length - takenBack <= 10);
});
