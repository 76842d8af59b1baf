import assert from 'node:assert/strict';
import { it } from 'node:test';
import { HOUR } from '../../src/model/time.ts';
import { botNamed, PEOPLE, REFUSED, setUpFailing } from '../support/failing-jobs.ts';

const notify = `notify: [ann@example.com, ou_far, ${botNamed('oncall')}]`;
const WITHOUT = '230013:recipient=ou_far';

it('whom the first way does not reach is tried by another app, exactly those', async (t) => {
  const at = await setUpFailing(t, { settings: `onFailure: { ${notify}, via: backup }\n` });
  at.fault(...REFUSED, `${WITHOUT},app=cli_test`);
  await at.due();
  await at.tick();
  const recipients = at.sandbox
    .messages()
    .filter(({ recipient }) => !PEOPLE.includes(recipient.id))
    .map(
      ({ app, recipient }) =>
        `${app === 'cli_backup' ? app : 'first'} ${recipient.idType === 'webhook' ? 'bot' : recipient.id.replace(/^ou_\w{32}$/, 'ou_')}`,
    );
  assert.deepEqual(recipients.toSorted(), ['cli_backup ou_far', 'first bot', 'first ou_']);
  const { incidents } = JSON.parse((await at.project.larkcron(['incidents', '--json'])).stdout);
  assert.equal(incidents[0].notice.state, 'told');
  assert.deepEqual(incidents[0].notice.told.toSorted(), ['ann@example.com', 'ou_far', 'webhook:oncall']);
  assert.deepEqual(incidents[0].notice.notTold, []);
});

it('whoever stays unreached is shown as not told, with the reason; the others as told', async (t) => {
  const at = await setUpFailing(t, { settings: `onFailure: { ${notify} }\n` });
  at.fault(...REFUSED, WITHOUT);
  await at.due();
  await at.tick();
  assert.deepEqual(await at.open(), [['job:sales', 'told', 1]]);
  const listed = await at.project.larkcron(['incidents']);
  assert.match(listed.stdout, /told ann@example\.com, webhook:oncall · failure/);
  assert.match(listed.stdout, /not told ou_far: .*availab.* \(code 230013\)/);
  const status = await at.project.larkcron(['status']);
  assert.equal(status.code, 1);
  assert.match(status.stdout, /✗ sales {2}not told ou_far: .*\(code 230013\)/);
  const chinese = await at.project.larkcron(['status'], { LARKCRON_LANG: 'zh' });
  assert.match(chinese.stdout, /✗ sales {2}没有通知到 ou_far:.*可用范围.*.错误码 230013./);
  const { unreachable } = JSON.parse((await at.project.larkcron(['status', '--json'])).stdout);
  assert.deepEqual(
    unreachable.map((each: { subject: string; to: string }) => [each.subject, each.to]),
    [['job:sales', 'ou_far']],
  );
});

it('a custom bot is told once of what the first way could not tell all, and hears of the recovery, too', async (t) => {
  const at = await setUpFailing(t, {
    settings: `onFailure: { notify: [ou_owner, ou_far], via: ${botNamed('ops')} }\n`,
  });
  const posted = (): string[] =>
    at.sandbox
      .messages()
      .filter(({ recipient }) => recipient.idType === 'webhook')
      .map(({ content }) => content);
  at.fault(...REFUSED, WITHOUT);
  await at.due();
  await at.due();
  assert.equal(posted().length, 1);
  assert.match(posted()[0] ?? '', /sales 推送失败/);
  at.fault();
  await at.due();
  await at.tick();
  assert.equal(posted().length, 2);
  assert.match(posted()[1] ?? '', /sales 恢复正常/);
  assert.equal(at.told('cli_test').filter((card) => card.includes('恢复正常')).length, 2);
  const { incidents } = JSON.parse((await at.project.larkcron(['incidents', '--json'])).stdout);
  assert.deepEqual(
    [incidents[0].notice.kind, incidents[0].notice.state, incidents[0].notice.ways],
    ['recovery', 'told', ['first', 'via']],
  );
  assert.deepEqual(incidents[0].notice.told.toSorted(), ['ou_far', 'ou_owner', 'webhook:ops']);
});

it('a custom bot that told nobody of the failure is not told of the recovery', async (t) => {
  const at = await setUpFailing(t, { settings: `onFailure: { via: ${botNamed('ops')} }\n` });
  at.fault(...REFUSED);
  await at.due();
  at.fault();
  await at.due();
  assert.deepEqual(
    at.sandbox.messages().filter(({ recipient }) => recipient.idType === 'webhook'),
    [],
  );
  assert.equal(at.told().length, 2);
});

it('an owner whom no way reaches is on record, shown as a fault, and tried again after an hour', async (t) => {
  const at = await setUpFailing(t, { settings: 'onFailure: { via: { command: [/bin/false] } }\n' });
  at.fault(...REFUSED, '230013:recipient=ou_owner');
  await at.due();
  await at.tick();
  assert.deepEqual(await at.open(), [['job:sales', 'unreachable', 1]]);
  const status = await at.project.larkcron(['status']);
  assert.equal(status.code, 1);
  assert.match(status.stdout, /✗ sales {2}could not be told by any way: ou_owner · failure/);
  assert.match(status.stdout, /✗ sales {2}not told ou_owner: .* \(code 230013\)/);
  assert.match(status.stdout, /✗ sales {2}not told \/bin\/false: \/bin\/false ended with 1\n/);
  const { incidents } = JSON.parse((await at.project.larkcron(['incidents', '--json'])).stdout);
  assert.deepEqual(incidents[0].notice.state, 'unreachable');
  assert.deepEqual(incidents[0].notice.ways, ['first', 'via']);
  assert.deepEqual(
    incidents[0].notice.notTold.map((each: Record<string, string>) => [each['to'], each['way'], each['code']]),
    [
      ['ou_owner', 'first', '230013'],
      ['/bin/false', 'via', 'command-failed'],
    ],
  );
  await at.tick();
  assert.deepEqual(at.told(), []);

  at.fault(...REFUSED);
  at.clock.pass(HOUR);
  await at.tick();
  assert.equal(at.told().length, 1);
  assert.deepEqual(await at.open(), [['job:sales', 'told', 1]]);
});

it('a program that is not there is a reason, too', async (t) => {
  const at = await setUpFailing(t, { settings: 'onFailure: { via: { command: [/no/such/program] } }\n' });
  at.fault(...REFUSED, '230013:recipient=ou_owner');
  await at.due();
  await at.tick();
  const { stdout } = await at.project.larkcron(['incidents'], { LARKCRON_LANG: 'zh' });
  assert.match(
    stdout,
    /没有通知到 ou_owner:.*.错误码 230013.\n {4}没有通知到 \/no\/such\/program:.*\/no\/such\/program/,
  );
});

it('a batch: reached and missed are people, and who is missed has a hint', async (t) => {
  const at = await setUpFailing(t, { to: 'ou_a, ou_b, ou_c, on_outside_x', job: 'batch: true\n' });
  await at.due();
  const [card = ''] = at.told().filter((text) => text.includes('推送失败'));
  assert.match(card, /没有收到的: on_outside_x"/);
  assert.match(card, /已收到: 4 个中的 3 个/);
  assert.match(card, /怎么办: .*可用范围/);
});

it('a department that cannot be looked up: card and incidents say its cause once', async (t) => {
  const at = await setUpFailing(t, { to: '{ department: od-sandbox-oncall }' });
  at.fault('99991672:path=departments', '99991672:path=find_by_department');
  await at.due();
  const [card = ''] = at.told();
  assert.match(card, /没有收到的: od-sandbox-oncall/);
  const words = /原因: ([^"]+)/.exec(card)?.[1] ?? '';
  assert.notEqual(words, '');
  assert.equal(card.split(words).length, 2, card);
  const { stdout } = await at.project.larkcron(['incidents'], { LARKCRON_LANG: 'zh' });
  assert.equal(stdout.split(words).length, 2, stdout);
});

it('Feishu that cannot be reached until it is too late is the cause, not a state of ours', async (t) => {
  const at = await setUpFailing(t, { to: 'ou_a', settings: 'onFailure: { via: { command: [/bin/true] } }\n' });
  at.sandbox.close();
  await at.due();
  await at.tick();
  for (const [lang, words] of [
    ['zh', /\n {4}对方拒绝连接.*ECONNREFUSED/],
    ['en', /\n {4}the connection was refused.*ECONNREFUSED/],
  ] as const)
    assert.match((await at.project.larkcron(['incidents'], { LARKCRON_LANG: lang })).stdout, words);
});

it('a program that fails after some were told: one command ends the telling, and who was told is told', async (t) => {
  const at = await setUpFailing(t, { settings: `onFailure: { ${notify}, via: { command: [/bin/false] } }\n` });
  at.fault(...REFUSED, WITHOUT);
  assert.equal((await at.project.larkcron(['run', 'sales', '--yes'])).code, 1);
  const { stdout } = await at.project.larkcron(['incidents']);
  assert.match(stdout, /\n {4}told ann@example\.com, webhook:oncall · failure/);
  assert.match(stdout, /not told ou_far: .*\(code 230013\)\n {4}not told \/bin\/false: \/bin\/false ended with 1/);
  const { incidents } = JSON.parse((await at.project.larkcron(['incidents', '--json'])).stdout);
  assert.equal(incidents[0].notice.state, 'told');
});
