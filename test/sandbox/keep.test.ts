import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LarkcronError } from '../../src/model/errors.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { CARD, sandboxFor, standingClock } from './client.ts';

const keepFile = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'larkcron-sandbox-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'deep', 'sandbox.jsonl');
};

test('messages, changes, uuids and tokens survive a restart', async (t) => {
  const keep = keepFile(t);
  const first = await sandboxFor(t, { keep });
  const token = await first.tokenOf();
  const id = (await first.send({ type: 'interactive', content: CARD, uuid: 'u' })).body.data?.['message_id'];
  await first.send({ content: { text: '第二\n行' } });
  await first.call('DELETE', `im/v1/messages/${id}`);
  const before = first.sandbox.messages();
  await first.sandbox.close();
  const second = await sandboxFor(t, { keep });
  assert.deepEqual(second.sandbox.messages(), before);
  const again = await second.send({ type: 'interactive', content: CARD, uuid: 'u' }, { token });
  assert.equal(again.body.data?.['message_id'], id);
  assert.equal(second.sandbox.messages().length, 2);
});

test('two sandboxes on one file see each other’s messages, in one order', async (t) => {
  const keep = keepFile(t);
  const [one, two] = [await sandboxFor(t, { keep }), await sandboxFor(t, { keep })];
  await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).send({ to: `ou_${n}` })));
  const idsIn = ({ sandbox }: typeof one) => sandbox.messages().map(({ messageId }) => messageId);
  assert.equal(idsIn(one).length, 20);
  assert.deepEqual(idsIn(one), idsIn(two));
  const dropped = await one.send({ uuid: 'u' });
  assert.equal((await two.send({ uuid: 'u' })).body.data?.['message_id'], dropped.body.data?.['message_id']);
});

test('a line that a crash tore is passed over', async (t) => {
  const keep = keepFile(t);
  const first = await sandboxFor(t, { keep });
  await first.send();
  appendFileSync(keep, '{"event":"sent","message":{"mess');
  await first.send();
  assert.equal((await sandboxFor(t, { keep })).sandbox.messages().length, 2);
});

test('a file that cannot be written and a port that is taken are told', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const start = (port: number, keep: string | null) => startSandbox({ port, clock: standingClock(), keep });
  const code = (wanted: string) => (error: unknown) => error instanceof LarkcronError && error.code === wanted;
  await assert.rejects(start(0, '/dev/null/nowhere/x.jsonl'), code('keep-unusable'));
  await assert.rejects(start(sandbox.port, null), code('sandbox-port-taken'));
});
