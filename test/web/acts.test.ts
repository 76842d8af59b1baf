import assert from 'node:assert/strict';
import { it } from 'node:test';
import { acts } from '../../src/web/routes/acts.ts';
import { openTestConsole } from './fixture.ts';

const post = (body: unknown = {}, headers: Record<string, string> = {}) => ({ method: 'POST', body, headers });

it('a run starts to everyone or to me, and the same key is the same run', async (t) => {
  const desk = await openTestConsole(t);
  const key = { 'idempotency-key': 'order-17' };
  const first = await desk.ask('/api/jobs/hello/runs', post({}, key));
  const second = await desk.ask('/api/jobs/hello/runs', post({}, key));
  assert.deepEqual([first.json.mine, second.json.mine], [true, false]);
  assert.equal(first.json.run.id, second.json.run.id);
  assert.deepEqual([first.json.run.trigger, first.json.run.ownAudience], ['api', true]);
  const other = await desk.ask('/api/jobs/hello/runs', post({}, { 'idempotency-key': 'order-18' }));
  assert.notEqual(other.json.run.id, first.json.run.id);
  const mine = await desk.ask('/api/jobs/store-dashboard/runs', post({ to: 'me' }));
  assert.deepEqual([mine.json.run.trigger, mine.json.run.ownAudience], ['test', false]);
  assert.equal(acts.startRun.answer.safeParse(mine.json).success, true);
  await desk.settle([first.json.run.id, other.json.run.id, mine.json.run.id]);
  const to = desk.sandbox.messages().map(({ recipient }) => recipient.id);
  assert.deepEqual([...to].sort(), ['ou_a', 'ou_a', 'ou_owner']);
  assert.equal((await desk.ask('/api/jobs/hello/runs', post({}, { 'idempotency-key': ' ' }))).status, 400);
});

it('a key that was used for something else is refused, and nothing is sent for it', async (t) => {
  const desk = await openTestConsole(t);
  const key = { 'idempotency-key': 'order-19' };
  const first = await desk.ask('/api/jobs/hello/runs', post({ to: 'me' }, key));
  assert.equal(first.status, 200);
  for (const other of [{}, { to: 'me', force: true }, { to: ['ou_b'] }]) {
    const { status, json } = await desk.ask('/api/jobs/hello/runs', post(other, key));
    assert.deepEqual([status, json.code], [422, 'key-reused'], JSON.stringify(other));
  }
  // written out or left to its default, it is the same
  const same = await desk.ask('/api/jobs/hello/runs', post({ to: 'me', dryRun: false, due: null }, key));
  assert.equal(same.json.run.id, first.json.run.id);
  const card = (title: string): object => ({ text: `card: { title: ${title}, body: [{ markdown: hi }] }` });
  const sent = await desk.ask('/api/workshop/send', post(card('a'), key));
  assert.equal((await desk.ask('/api/workshop/send', post(card('a'), key))).json.run.id, sent.json.run.id);
  assert.equal((await desk.ask('/api/workshop/send', post(card('b'), key))).json.code, 'key-reused');
  await desk.settle([first.json.run.id, sent.json.run.id]);
  assert.deepEqual(
    desk.sandbox.messages().map(({ recipient }) => recipient.id),
    ['ou_owner', 'ou_owner'],
  );
});

it('a due time that was sent already is that run, and a time that is none is refused', async (t) => {
  const desk = await openTestConsole(t);
  const due = { due: 'last' };
  const [one, two] = [
    await desk.ask('/api/jobs/store-dashboard/runs', post(due)),
    await desk.ask('/api/jobs/store-dashboard/runs', post(due)),
  ];
  assert.equal(one.json.run.id, two.json.run.id);
  assert.deepEqual([one.json.mine, two.json.mine], [true, false]);
  const wrong = await desk.ask('/api/jobs/store-dashboard/runs', post({ due: '2026-01-01T03:00' }));
  assert.deepEqual([wrong.status, wrong.json.code], [422, 'not-due']);
});

it('a dry run makes everything and leaves nothing', async (t) => {
  const desk = await openTestConsole(t);
  const { json, status } = await desk.ask('/api/jobs/store-dashboard/runs', post({ dryRun: true }));
  assert.equal(status, 200);
  assert.equal(acts.startRun.answer.safeParse(json).success, true);
  assert.equal(json.run, null);
  assert.deepEqual(json.dryRun.recipients, ['ou_a', 'oc_group', 'ou_b']);
  assert.match(json.dryRun.parts[0].html, /一店/);
  assert.deepEqual((await desk.ask('/api/runs')).json.items, []);
  assert.equal(desk.sandbox.messages().length, 0);
});

it('what did not arrive is resent, what arrived is taken back, and a recalled run is not resent', async (t) => {
  const desk = await openTestConsole(t, { faults: ['230013:recipient=ou_b,times=1'] });
  const { id } = (await desk.ask('/api/jobs/store-dashboard/runs', post())).json.run;
  await desk.settle([id]);
  assert.equal((await desk.ask(`/api/runs/${id}`)).json.run.state, 'partial');
  const again = await desk.ask(`/api/runs/${id}/resend`, post());
  assert.deepEqual([again.status, again.json.touched, again.json.run.state], [200, 1, 'delivering']);
  await desk.settle([id]);
  const story = (await desk.ask(`/api/runs/${id}`)).json;
  assert.equal(story.run.state, 'delivered');
  const ofB = story.deliveries.find(({ recipient }: { recipient: string }) => recipient === 'ou_b');
  assert.deepEqual([ofB.generation, ofB.tries.length], [2, 2]);
  assert.equal((await desk.ask(`/api/runs/${id}/resend`, post())).json.touched, 0);
  const back = await desk.ask(`/api/runs/${id}/recall`, { method: 'POST' });
  assert.deepEqual([back.json.touched, back.json.run.recalled], [3, true]);
  await desk.settle([id]);
  assert.ok(
    (await desk.ask(`/api/runs/${id}`)).json.deliveries.every(
      (each: { recalledAt: string | null }) => each.recalledAt !== null,
    ),
  );
  const refused = await desk.ask(`/api/runs/${id}/resend`, post());
  assert.deepEqual([refused.status, refused.json.code], [409, 'was-recalled']);
});

it('a run that has not begun is cancelled', async (t) => {
  const desk = await openTestConsole(t);
  const { id } = (await desk.ask('/api/jobs/hello/runs', post())).json.run;
  const { json } = await desk.ask(`/api/runs/${id}/cancel`, { method: 'POST' });
  assert.deepEqual([json.touched, json.run.state, json.run.reason.code], [1, 'skipped', 'cancelled']);
  await desk.settle([id]);
  assert.equal(desk.sandbox.messages().length, 0);
});

it('a job is paused with its reason and goes on again', async (t) => {
  const desk = await openTestConsole(t);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const paused = await desk.ask('/api/jobs/store-dashboard/pause', post({ until, reason: '盘点' }));
  assert.deepEqual([paused.json.paused.until, paused.json.paused.reason], [until, '盘点']);
  const [row] = (await desk.ask('/api/jobs')).json.jobs.filter(({ job }: { job: string }) => job === 'store-dashboard');
  assert.equal(row.paused.reason, '盘点');
  const past = await desk.ask('/api/jobs/store-dashboard/pause', post({ until: '2020-01-01' }));
  assert.deepEqual([past.status, past.json.code], [422, 'until-past']);
  assert.equal((await desk.ask('/api/jobs/store-dashboard/resume', { method: 'POST' })).json.paused, null);
  assert.equal((await desk.ask('/api/jobs/broken/pause', post())).json.code, 'bad-settings');
});

it('the audit says who did what, also what was refused', async (t) => {
  const desk = await openTestConsole(t);
  const { operator } = desk.tokens;
  await desk.ask('/api/jobs/hello/runs', { ...post({ to: 'me' }), token: operator });
  await desk.ask('/api/jobs/hello/pause', { ...post({ reason: 'x' }), token: operator });
  await desk.ask('/api/jobs/nothing/pause', { ...post(), token: operator });
  await desk.ask('/api/tokens', post({ name: 'new', role: 'viewer' }));
  const { json } = await desk.ask('/api/audit?limit=3');
  assert.equal(acts.audit.answer.safeParse(json).success, true);
  const rows = [...json.items, ...(await desk.ask(`/api/audit?cursor=${json.next}`)).json.items];
  assert.deepEqual(
    rows.map(({ who, role, what, job, outcome }: Record<string, string>) => [who, role, what, job, outcome]),
    [
      ['admin', 'admin', 'token.make', null, 'ok'],
      ['operator', 'operator', 'job.pause', 'nothing', 'unknown-job'],
      ['operator', 'operator', 'job.pause', 'hello', 'ok'],
      ['operator', 'operator', 'run.start', 'hello', 'ok'],
    ],
  );
  assert.equal(rows.at(-1).details.to, 'me');
  assert.equal(rows.at(-1).run, (await desk.ask('/api/runs')).json.items[0].id, 'the run that was started');
});

it('the audit says which token was revoked, and what somebody set out to do who may not', async (t) => {
  const desk = await openTestConsole(t);
  const { viewer } = desk.tokens;
  assert.equal((await desk.ask('/api/jobs/hello/runs', { ...post(), token: viewer })).status, 403);
  const all = (await desk.ask('/api/tokens')).json.tokens as { id: string; name: string }[];
  const id = all.find(({ name }) => name === 'viewer')?.id;
  await desk.ask(`/api/tokens/${id}`, { method: 'DELETE' });
  const { items } = (await desk.ask('/api/audit')).json;
  assert.deepEqual(
    items.map(({ who, what, job, outcome, details }: Record<string, unknown>) => [who, what, job, outcome, details]),
    [
      ['admin', 'token.revoke', null, 'ok', { token: id }],
      ['viewer', 'run.start', 'hello', 'not-allowed', {}],
    ],
  );
  const { operator } = desk.tokens;
  for (let i = 0; i < 30; i++)
    await desk.ask('/api/tokens', { ...post({ name: 'x', role: 'admin' }), token: operator });
  const whole = (await desk.ask('/api/audit?limit=200')).json.items;
  assert.equal(whole.length, 12, 'who goes on does not write it full');
});

it('the workshop draws YAML and JSON, says what is wrong and where, and sends to me alone', async (t) => {
  const desk = await openTestConsole(t);
  const work = async (text: string, more: object = {}) => {
    const answer = await desk.ask('/api/workshop', post({ text, ...more }));
    assert.equal(answer.status, 200, answer.text);
    assert.equal(acts.workshop.answer.safeParse(answer.json).success, true);
    return answer.json;
  };
  const yaml = 'card:\n  title: 你好\n  body:\n    - table: { rows: a, columns: { n: 数 } }\n';
  const drawn = await work(yaml, { data: { a: [{ n: 1 }, { n: 2 }] } });
  assert.equal(drawn.ok, true, JSON.stringify(drawn.findings));
  assert.match(drawn.part.html, /你好/);
  const like = 'card:\n  title: x\n  body:\n    - table: { rows: stores, columns: { name: 门店 } }\n';
  assert.match((await work(like, { like: 'store-dashboard' })).part.html, /一店/);
  const faulty = await work('card:\n  title: x\n  boddy: []\n');
  assert.equal(faulty.ok, false);
  assert.ok(faulty.findings.some(({ line }: { line: number }) => line === 3));
  const json = await work('{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"hi"},{"tag":"nothing"}]}}');
  assert.equal(json.ok, false);
  assert.match(json.part.html, /hi/);
  const neither = await work('just words');
  assert.deepEqual([neither.ok, neither.part, neither.findings[0].code], [false, null, 'workshop-no-card']);
  const sent = await desk.ask('/api/workshop/send', post({ text: yaml, data: { a: [{ n: 1 }] } }));
  assert.equal(sent.status, 200, sent.text);
  await desk.settle([sent.json.run.id]);
  const [message, ...others] = desk.sandbox.messages();
  assert.deepEqual([message?.recipient.id, others.length], ['ou_owner', 0]);
  assert.match(JSON.stringify(message?.content), /测试/);
});

it('the workshop runs no command, reads no file and knows no secret', async (t) => {
  const desk = await openTestConsole(t);
  const work = async (text: string) => (await desk.ask('/api/workshop', post({ text }))).json;
  const command =
    'to: [ou_a]\ndata: { a: { command: { argv: [touch, made-by-workshop] } } }\ncard: { title: x, body: [{ markdown: "{{ a.rows }}" }] }\n';
  const ran = await work(command);
  assert.ok(ran.findings.some(({ code }: { code: string }) => code === 'workshop-keys'));
  const secret = await work('card: { title: x, body: [{ markdown: "${FEISHU_ENDPOINT}" }] }\n');
  assert.equal(secret.ok, false);
  assert.doesNotMatch(JSON.stringify(secret.part), /127\.0\.0\.1/);
  const picture = await work('card: { title: x, body: [{ image: "../../etc/passwd" }, { image: img_v3_abc }] }\n');
  assert.deepEqual(
    picture.findings.map(({ code }: { code: string }) => code).filter((code: string) => code === 'workshop-picture')
      .length,
    1,
  );
  assert.equal((await work('raw: { file: /etc/passwd }\n')).part, null);
  const { readdirSync } = await import('node:fs');
  assert.ok(!readdirSync(desk.project.folder).includes('made-by-workshop'));
  const loop = await desk.ask(
    '/api/workshop',
    post({ text: 'card: { title: x, body: [{ markdown: "{% for i in (1..100000000) %}x{% endfor %}" }] }' }),
  );
  assert.equal(loop.json.ok, false);
});
