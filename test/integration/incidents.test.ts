import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { dueKey } from '../../src/model/run.ts';
import { HOUR, MINUTE, SECOND } from '../../src/model/time.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { botNamed, PEOPLE, REFUSED, setUpFailing, TWO_APPS } from '../support/failing-jobs.ts';
import { createProject, until } from '../support/project.ts';

it('the first failure is told once, with all that is needed; five more are counted in silence; the recovery is told', async (t) => {
  const at = await setUpFailing(t);
  at.fault(...REFUSED);
  const [first = ''] = await at.due();
  assert.equal(at.told().length, 1);
  const [card = ''] = at.told();
  assert.match(card, /sales 推送失败/);
  assert.match(card, /应发时间: \d{4}-/);
  assert.match(card, /原因: .*可用范围/);
  assert.match(card, /错误码: 230013/);
  assert.match(card, /飞书日志号: \w{10}/);
  assert.match(card, /怎么办: .*open\.feishu\.cn\/app\/cli_test/);
  assert.match(card, /没有收到的: ou_p\d+(, ou_p\d+){9} 等,另有 2 个/);
  assert.match(card, /已收到: 14 个中的 2 个/);
  assert.match(card, new RegExp(`larkcron resend ${first.slice(0, 8)}`));
  assert.doesNotMatch(card, /--unknown/);

  for (let i = 0; i < 5; i++) await at.due();
  assert.equal(at.told().length, 1);
  assert.deepEqual(await at.open(), [['job:sales', 'told', 6]]);

  at.clock.pass(2 * HOUR);
  at.fault();
  await at.due();
  assert.equal(at.told().length, 2);
  assert.match(at.told()[1] ?? '', /sales 恢复正常.*历时: 2 小时.*其间失败次数: 6/);
  assert.deepEqual(await at.open(), []);
  await at.due();
  assert.equal(at.told().length, 2);
});

it('an unknown end is told as one, with the command that says so', async (t) => {
  const at = await setUpFailing(t);
  at.fault('lost-answer:recipient=ou_p0');
  const due = at.clock.now() + SECOND;
  await at.ledger.runs.open({
    kind: 'job',
    job: 'sales',
    onceKey: dueKey(due),
    dueAt: due,
    notBefore: due,
    trigger: 'schedule',
    ownAudience: true,
    deliverUntil: due + MINUTE,
    priority: 2,
  });
  at.clock.pass(SECOND);
  await at.tick();
  at.fault('no-history');
  at.clock.pass(HOUR);
  await at.tick();
  const [card = ''] = at.told();
  assert.match(card, /不确定是否收到的: ou_p0/);
  assert.match(card, /larkcron resend \w{8} --unknown/);
});

it('reminders come at most once per interval, with the count and the latest cause', async (t) => {
  const at = await setUpFailing(t, { settings: 'onFailure: { remind: 2h }\n' });
  at.fault(...REFUSED);
  await at.due();
  at.clock.pass(HOUR);
  at.fault(...PEOPLE.slice(0, 3).map((id) => `230029:recipient=${id}`));
  await at.due();
  assert.equal(at.told().length, 1);
  at.clock.pass(HOUR);
  await at.tick();
  await at.tick();
  assert.equal(at.told().length, 2);
  assert.match(at.told()[1] ?? '', /sales 仍在失败.*失败从.*其间失败次数: 2.*最近一次的原因: .*离职.*错误码: 230029/);
  at.clock.pass(2 * HOUR);
  await at.tick();
  assert.equal(at.told().length, 3);
});

it('after: 3 tells of the third failure in a row, and of nothing that ended before', async (t) => {
  const at = await setUpFailing(t, { job: 'onFailure: { after: 3 }\n' });
  at.fault(...REFUSED);
  await at.due();
  await at.due();
  at.fault();
  await at.due();
  assert.deepEqual(at.told(), []);
  at.fault(...REFUSED);
  await at.due();
  await at.due();
  assert.deepEqual(at.told(), []);
  await at.due();
  await at.due();
  assert.equal(at.told().length, 1);
  at.fault();
  await at.due();
  assert.equal(at.told().length, 2);
});

it("an app's fault is told once for its three jobs, by another app; and its recovery", async (t) => {
  const at = await setUpFailing(t, {
    settings: 'onFailure: { via: backup, notify: boss@example.com }\n',
    jobs: ['sales', 'prices', 'health'],
  });
  at.fault('10014:app=cli_test');
  await at.due();
  const [card = '', ...more] = at.told('cli_backup');
  assert.deepEqual(more, []);
  assert.deepEqual(at.told('cli_test'), []);
  assert.match(card, /应用 default 发不出消息/);
  assert.match(card, /错误码: 10014/);
  const [, concerned = ''] = /受影响的任务: ([\w, ]+)/.exec(card) ?? [];
  assert.deepEqual(concerned.split(', ').toSorted(), ['health', 'prices', 'sales']);
  await at.due();
  assert.equal(at.told().length, 1);
  assert.deepEqual((await at.open()).toSorted(), [
    ['app:default', 'told', 6],
    ['job:health', 'none', 2],
    ['job:prices', 'none', 2],
    ['job:sales', 'none', 2],
  ]);
  const { stdout } = await at.project.larkcron(['incidents']);
  assert.match(stdout, /app:default {2}failing since .*6 runs/);
  assert.match(stdout, /jobs: (sales|prices|health), (sales|prices|health), (sales|prices|health)\n/);
  assert.match(stdout, /told boss@example\.com · failure/);
  assert.match(stdout, /told with app:default/);

  at.fault();
  await at.due('sales');
  assert.equal(at.told().length, 2);
  assert.match(at.told()[1] ?? '', /应用 default 恢复正常/);
  await at.due('prices', 'health');
  assert.equal(at.told().length, 2);
  assert.deepEqual(await at.open(), []);
});

it('a notice that its recipient cannot get goes out once by the second way', async (t) => {
  const at = await setUpFailing(t, { settings: 'onFailure: { via: backup }\n' });
  at.fault(...REFUSED, '230013:recipient=ou_owner,app=cli_test');
  await at.due();
  assert.deepEqual(at.told('cli_test'), []);
  assert.equal(at.told('cli_backup').length, 1);
  assert.match(at.told('cli_backup')[0] ?? '', /sales 推送失败.*错误码: 230013/);
  await at.due();
  assert.equal(at.told().length, 1);
  assert.deepEqual(await at.open(), [['job:sales', 'told', 2]]);
});

it('a custom bot as the second way: the notice is a run to it, by its name', async (t) => {
  const at = await setUpFailing(t, { settings: `onFailure: { via: ${botNamed('ops')} }\n` });
  at.fault('10014:app=cli_test');
  await at.due();
  const runs = await at.ledger.history.runs({ job: null, states: null, since: null, limit: 20 });
  const notices = runs.filter(({ kind }) => kind === 'notice');
  const to = await Promise.all(notices.map(async ({ id }) => (await at.ledger.history.deliveries(id))[0]?.recipient));
  assert.ok(to.includes('webhook:ops'), to.join());
  const [incident] = (await at.ledger.history.openIncidents()).filter(({ subject }) => subject === 'app:default');
  assert.deepEqual([incident?.tried, incident?.tell], [['via'], 'told']);
  const posted = at.sandbox.messages().filter(({ recipient }) => recipient.idType === 'webhook');
  assert.equal(posted.length, 1);
  assert.match(posted[0]?.content ?? '', /default.*10014/s);
  at.fault();
  await at.due();
  await at.tick();
  const bots = at.sandbox.messages().filter(({ recipient }) => recipient.idType === 'webhook');
  assert.equal(bots.length, 2);
  assert.match(bots[1]?.content ?? '', /default 恢复正常/);
  assert.equal(at.told('cli_test').length, 1);
  at.log.flush();
  const everything =
    JSON.stringify(runs) + readFileSync(join(at.project.folder, '.larkcron', 'logs', 'push.log'), 'utf8');
  assert.doesNotMatch(everything, /0a1b2c3d/);
});

it('a program as the second way is given the notice as text, without a secret', async (t) => {
  const script = 'cat > told.txt; echo "$LARKCRON_NOTICE $LARKCRON_NOTICE_SUBJECT" >> told.txt';
  const at = await setUpFailing(t, {
    settings: `onFailure: { via: { command: [/bin/sh, -c, '${script}'] } }\n`,
    job: 'data: { d: { command: { argv: [/bin/sh, -c, "echo password=hunter2222 >&2; exit 1"] } } }\n',
  });
  at.fault('230013:recipient=ou_owner');
  await at.due();
  await until('the program has ended', () => existsSync(join(at.project.folder, 'told.txt')));
  await at.tick();
  const text = readFileSync(join(at.project.folder, 'told.txt'), 'utf8');
  assert.match(text, /^❌ sales 推送失败\n任务: sales\n/);
  assert.match(text, /没有收到的: ou_p0,/);
  assert.match(text, /\nfailure job:sales\n$/);
  assert.doesNotMatch(text, /hunter2222/);
  assert.deepEqual(await at.open(), [['job:sales', 'told', 1]]);
});

it('nobody to tell: on record, and nothing else happens', async (t) => {
  const at = await setUpFailing(t);
  at.project.write('larkcron.yaml', TWO_APPS.replace('owner: ou_owner\n', ''));
  at.fault(...REFUSED);
  const run = await at.project.larkcron(['run', 'sales', '--yes']);
  assert.equal(run.code, 1);
  const { stdout } = await at.project.larkcron(['incidents']);
  assert.match(stdout, /could not be told by any way: \(there is no owner\)/);
});

it('a command that knows one job alone leaves the others’ notices to those that know them', async (t) => {
  const at = await setUpFailing(t, { jobs: ['sales', 'prices'], job: 'onFailure: { after: 2 }\n' });
  at.fault(...REFUSED);
  await at.due('prices');
  at.project.write('larkcron.yaml', TWO_APPS);
  await at.project.larkcron(['run', 'sales', '--yes']);
  assert.deepEqual(at.told(), []);
});

it('two ticks that cannot use the ledger are one message to the owner', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/hello.yaml': 'schedule: "* * * * *"\nto: [ou_a]\ntext: x\n' }, sandbox.url);
  mkdirSync(join(project.folder, '.larkcron'));
  mkdirSync(join(project.folder, '.larkcron', 'ledger.db'));
  const hour = (): number => Math.floor(Date.now() / HOUR);
  const [before, first, second, after] = [
    hour(),
    await project.larkcron(['tick']),
    await project.larkcron(['tick']),
    hour(),
  ];
  assert.equal(first.code, 1);
  assert.match(second.stderr, /ledger-unusable/);
  assert.equal(sandbox.requests().filter(({ path }) => path.endsWith('/im/v1/messages')).length, 2);
  assert.equal(sandbox.messages().length, 1 + after - before);
  const [message] = sandbox.messages();
  assert.equal(message?.recipient.id, 'ou_owner');
  assert.match(message?.content ?? '', /用不了账本,在能用之前 .* 不会再发/);
});

it('a ledger that fails and an owner who cannot be told: the command says what it would have said', async () => {
  const project = createProject({ 'jobs/hello.yaml': 'to: [ou_a]\ntext: x\n' });
  mkdirSync(join(project.folder, '.larkcron'));
  mkdirSync(join(project.folder, '.larkcron', 'ledger.db'));
  const { code, stderr } = await project.larkcron(['run', 'hello']);
  assert.equal(code, 1);
  assert.match(stderr, /ledger-unusable/);
  const log = readFileSync(join(project.folder, '.larkcron', 'logs', 'push.log'), 'utf8');
  assert.match(log, /账本用不了,也没能告诉 ou_owner/);
});

it('a job that has nothing to say once its data can be read again has recovered', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const job = 'to: [ou_a]\ndata: { d: { file: { path: "{{ job.name }}.csv" } } }\nwhen: size(d.rows) > 5\ntext: hi\n';
  const project = createProject({ 'jobs/quiet.yaml': job }, sandbox.url);
  assert.equal((await project.larkcron(['run', 'quiet'])).code, 1);
  project.write('quiet.csv', 'a\n1\n');
  const ended = await project.larkcron(['run', 'quiet', '--json']);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /condition-false/);
  const told = sandbox.messages().map(({ recipient, content }) => `${recipient.id} ${content}`);
  assert.equal(told.length, 2);
  assert.match(told[0] ?? '', /^ou_owner .*quiet 推送失败/);
  assert.match(told[1] ?? '', /^ou_owner .*quiet 恢复正常/);
});
