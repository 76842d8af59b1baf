import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS } from '../../src/cli/commands.ts';
import { LarkcronError } from '../../src/model/errors.ts';
import { FAULT_KINDS, type Fault, parseFault } from '../../src/sandbox/faults.ts';
import { sandboxFor } from './client.ts';

test('a fault in words', () => {
  const cases: readonly (readonly [string, Fault])[] = [
    ['lost-answer', { kind: 'lost-answer' }],
    ['230002:times=2,recipient=oc_x', { kind: '230002', times: 2, match: { recipient: 'oc_x' } }],
    ['230099:200550', { kind: '230099:200550' }],
    ['230099:200550:times=1', { kind: '230099:200550', times: 1 }],
    ['429:seconds=3, times=1', { kind: '429', seconds: 3, times: 1 }],
    ['slow:seconds=0.5,path=auth', { kind: 'slow', seconds: 0.5, match: { path: 'auth' } }],
    [' 502-html ', { kind: '502-html' }],
  ];
  for (const [text, fault] of cases) assert.deepEqual(parseFault(text), fault, text);
});

test('words that are no fault are refused with what there is, and the nearest', () => {
  const cases = [
    ['', 'fault-unknown'],
    ['lost-anser', 'fault-unknown'],
    ['12', 'fault-unknown'],
    ['230002:5', 'fault-unknown'],
    ['hang:tims=1', 'fault-option-unknown'],
    ['hang:times=0', 'fault-option-bad'],
    ['hang:times=1.5', 'fault-option-bad'],
    ['hang:times', 'fault-option-bad'],
    ['slow:seconds=soon', 'fault-option-bad'],
  ] as const;
  for (const [text, code] of cases) {
    assert.throws(
      () => parseFault(text),
      (error) => error instanceof LarkcronError && error.code === code && error.status === 2,
      text,
    );
  }
  assert.throws(
    () => parseFault('lost-anser'),
    (error) => {
      const { hint } = (error as LarkcronError).explanation;
      return /lost-answer\?/.test(hint?.zh ?? '') && /Did you mean lost-answer\?.*hang-before/.test(hint?.en ?? '');
    },
  );
});

const fails = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => false,
    () => true,
  );

test('lost-answer: the message is there, the answer is not, and a repeat finds it', async (t) => {
  const { send, sandbox, tokenOf } = await sandboxFor(t, { faults: [parseFault('lost-answer:times=1')] });
  const token = await tokenOf();
  assert.ok(await fails(send({ uuid: 'u' }, { token })));
  assert.equal(sandbox.messages().length, 1);
  const again = await send({ uuid: 'u' }, { token });
  assert.equal(again.body.data?.['message_id'], sandbox.messages()[0]?.messageId);
  assert.equal(sandbox.messages().length, 1);
});

for (const [kind, messages] of [
  ['hang', 1],
  ['hang-before', 0],
] as const) {
  test(`${kind}: no answer comes, and ${messages} message is there`, async (t) => {
    const { send, sandbox, tokenOf } = await sandboxFor(t, { faults: [{ kind, times: 1 }] });
    const giveUp = new AbortController();
    const asked = send({}, { token: await tokenOf(), signal: giveUp.signal });
    const outcome = fails(asked);
    while (sandbox.requests().at(-1)?.fault !== kind) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(sandbox.messages().length, messages);
    assert.equal(sandbox.requests().at(-1)?.http, null);
    giveUp.abort();
    assert.ok(await outcome);
  });
}

test('faults that answer: the status, the code, and nothing is sent', async (t) => {
  const { send, sandbox } = await sandboxFor(t);
  const cases = [
    ['500', 500, undefined],
    ['502-html', 502, undefined],
    ['429:seconds=7', 429, 99991400],
    ['99991663', 400, 99991663],
    ['230002', 400, 230002],
    ['230013', 400, 230013],
    ['230006', 400, 230006],
    ['230020', 400, 230020],
    ['99991672', 400, 99991672],
    ['2200', 500, 2200],
    ['230099:200550', 400, 230099],
    ['123456', 400, 123456],
  ] as const;
  for (const [spec, http, code] of cases) {
    sandbox.addFault(parseFault(spec));
    const answer = await send();
    assert.deepEqual([answer.http, answer.body.code], [http, code], spec);
    if (spec.startsWith('429')) assert.equal(answer.headers.get('x-ogw-ratelimit-reset'), '7');
    if (spec.includes(':2')) assert.match(answer.body.msg ?? '', /ErrCode: 200550;/);
    if (spec === '502-html') assert.match(answer.text, /<html>/);
    sandbox.clearFaults();
  }
  assert.equal(sandbox.messages().length, 0);
  assert.equal((await send()).body.code, 0);
});

test('99991663 drops the token, and the next one is new', async (t) => {
  const { call, sandbox, tokenOf } = await sandboxFor(t);
  const token = await tokenOf();
  sandbox.addFault({ kind: '99991663', times: 1 });
  for (const _ of [1, 2]) assert.equal((await call('GET', 'bot/v3/info', undefined, { token })).body.code, 99991663);
  const young = await tokenOf();
  assert.notEqual(young, token);
  assert.equal((await call('GET', 'bot/v3/info', undefined, { token: young })).body.code, 0);
});

test('credential codes strike where tokens are made', async (t) => {
  const { askToken } = await sandboxFor(t, { faults: [{ kind: '10014' }] });
  assert.deepEqual([(await askToken()).http, (await askToken()).body.code], [200, 10014]);
});

test('a fault strikes whom it is meant for, as often as it says', async (t) => {
  const { send, call, sandbox } = await sandboxFor(t);
  sandbox.addFault(parseFault('230002:times=1,recipient=oc_x'));
  const to = async (id: string) => (await send({ to: id, idType: 'chat_id' })).body.code;
  assert.deepEqual([await to('oc_y'), await to('oc_x'), await to('oc_x')], [0, 230002, 0]);
  sandbox.addFault(parseFault('500:path=chats'));
  assert.equal(await to('oc_y'), 0);
  assert.equal((await call('GET', 'im/v1/chats')).http, 500);
});

test('an "ok" without what was asked for, and lists that are not whole', async (t) => {
  const { call, send, sandbox } = await sandboxFor(t);
  const children = 'contact/v3/departments/od-sandbox/children';
  const data = async (spec: string, path: string) => {
    sandbox.clearFaults();
    sandbox.addFault(parseFault(spec));
    assert.equal((await send()).body.code, 0);
    const { code, data: given } = (await call('GET', path)).body;
    return [code, given];
  };
  assert.deepEqual(await data('broken-list', children), [0, { items: [], has_more: true }]);
  assert.deepEqual(await data('endless-list', children), [0, { items: [], has_more: true, page_token: 'on' }]);
  assert.deepEqual(await data('no-data:path=children', children), [0, undefined]);
});

test('no-history strikes where a chat is read, and nowhere else, whatever path it names', async (t) => {
  const { send, call } = await sandboxFor(t, { faults: [parseFault('no-history:path=im/v1/messages')] });
  assert.equal((await send({ to: 'oc_x', idType: 'chat_id' })).body.code, 0);
  assert.equal((await call('GET', 'im/v1/messages?container_id_type=chat&container_id=oc_x')).body.code, 230027);
});

test('slow is answered, later', async (t) => {
  const { send, sandbox } = await sandboxFor(t, { faults: [parseFault('slow:seconds=0.05')] });
  const begun = performance.now();
  assert.equal((await send()).body.code, 0);
  assert.ok(performance.now() - begun >= 45);
  assert.equal(sandbox.requests().at(-1)?.fault, 'slow');
});

test('faults are switched by HTTP too', async (t) => {
  const { http, send } = await sandboxFor(t);
  const add = (body: unknown) => http('POST', '/sandbox/faults', { body: JSON.stringify(body) });
  assert.equal((await add({ fault: '230002:times=1' })).http, 200);
  await add({ kind: '230013', times: 1, match: { recipient: 'ou_lin' } });
  assert.deepEqual((await http('GET', '/sandbox/faults')).body['faults'], [
    { kind: '230002', times: 1 },
    { kind: '230013', times: 1, match: { recipient: 'ou_lin' } },
  ]);
  assert.deepEqual([(await send()).body.code, (await send()).body.code, (await send()).body.code], [230002, 230013, 0]);
  await add({ fault: '500' });
  await http('DELETE', '/sandbox/faults');
  assert.equal((await send()).body.code, 0);
  const bad = await add({ fault: 'lost-anser' });
  assert.deepEqual([bad.http, bad.body['code'] as unknown], [400, 'fault-unknown']);
});

test('a sandbox with hanging requests closes at once', async (t) => {
  const { send, sandbox, tokenOf } = await sandboxFor(t, { faults: [{ kind: 'hang-before' }], keep: null });
  const outcome = fails(send({}, { token: await tokenOf() }));
  while (sandbox.requests().at(-1)?.fault !== 'hang-before') await new Promise((resolve) => setImmediate(resolve));
  await sandbox.close();
  assert.ok(await outcome);
});

test('the help of `larkcron sandbox` names every kind of fault', () => assert.deepEqual(FAULTS, FAULT_KINDS));
