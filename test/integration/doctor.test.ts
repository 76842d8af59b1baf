import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { HOUR } from '../../src/model/time.ts';
import { ALL_SCOPES } from '../../src/sandbox/bot.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';
import { createShiftedClock } from '../support/shifted-clock.ts';

type Said = Omit<Finding, 'message' | 'hint'> & { readonly message: string; readonly hint: string | null };

const setUp = async (
  t: TestContext,
  {
    to = '[ou_a]',
    settings = SETTINGS,
    faults = [],
    ...options
  }: { to?: string; settings?: string; faults?: readonly string[] } & Partial<Omit<SandboxOptions, 'faults'>>,
) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    faults: faults.map(parseFault),
    ...options,
  });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'larkcron.yaml': settings, 'jobs/hello.yaml': `to: ${to}\ntext: hello\n` },
    sandbox.url,
  );
  const doctor = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await project.larkcron(['doctor', '--json', ...args]);
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: readonly Said[] };
    assert.equal(stderr, '');
    const brief = findings.map(
      (found) => `${found.check}${found.subject === null ? '' : ` ${found.subject}`}: ${found.status} ${found.code}`,
    );
    return { code, ok, findings, brief };
  };
  return { sandbox, project, doctor };
};

const WELL = ['proxy: ok no-proxy', 'token: ok token-given', 'call: ok call-answered', 'bot: ok bot-on'];
const READY = [...WELL, 'published: ok published', 'scopes: ok scopes-granted'];

it('all is well: one finding for each check, exit 0, and nothing is sent', async (t) => {
  const { sandbox, doctor } = await setUp(t, { to: '[ou_a, oc_g, ann@example.com, { department: od-sandbox }]' });
  const { code, ok, brief, findings } = await doctor();
  assert.deepEqual(brief, [
    ...READY,
    'recipient ou_a: ok person-available',
    'owner ou_owner: ok person-available',
    'recipient ann@example.com: ok person-available',
    'recipient oc_g: ok group-reachable',
    'recipient od-sandbox: ok department-reachable',
    'clock: ok clock-right',
  ]);
  assert.deepEqual([code, ok], [0, true]);
  assert.deepEqual(Object.keys(findings[0] ?? {}), [
    'check',
    'app',
    'subject',
    'jobs',
    'status',
    'code',
    'message',
    'hint',
    'link',
    'feishuCode',
    'logId',
  ]);
  assert.equal(sandbox.messages().length, 0);
});

it('every recipient that cannot be reached is a fault, with its job and what to do', async (t) => {
  const { doctor } = await setUp(t, {
    to: `[ou_a, ou_outside_1, ou_denied_1, ou_foreign_1, on_outside_2, oc_absent_1, oc_dissolved_1, oc_owners_1,
  oc_moderated_1, nobody@unknown.example, bob@left.example, { mobile: "+8613800000001" }, { department: od-none }]`,
    settings: SETTINGS.replace('ou_owner', 'ou_outside_owner'),
  });
  const { code, ok, brief, findings } = await doctor('hello');
  assert.deepEqual(brief.filter((each) => /^(recipient|owner)/.test(each)).sort(), [
    'owner ou_outside_owner: fault person-outside',
    'recipient +8613800000001: ok person-available',
    'recipient bob@left.example: fault person-left',
    'recipient nobody@unknown.example: fault person-unknown',
    'recipient oc_absent_1: fault not-in-group',
    'recipient oc_dissolved_1: fault group-dissolved',
    'recipient oc_moderated_1: warning perhaps-may-not-speak',
    'recipient oc_owners_1: fault may-not-speak',
    'recipient od-none: fault refused',
    'recipient on_outside_2: fault person-outside',
    'recipient ou_a: ok person-available',
    'recipient ou_denied_1: fault person-denied',
    'recipient ou_foreign_1: fault refused',
    'recipient ou_outside_1: fault person-outside',
  ]);
  assert.deepEqual([code, ok], [1, false]);
  const foreign = findings.find(({ subject }) => subject === 'ou_foreign_1');
  assert.deepEqual([foreign?.feishuCode, foreign?.jobs], [99992361, ['hello']]);
  assert.match(foreign?.hint ?? '', /open_id is per app/);
  assert.match(foreign?.logId ?? '', /^\w{20,}$/);
});

it('what doctor says of a recipient is what happens to a message', async (t) => {
  const reachable = 'ou_a, on_a, oc_g, ann@example.com';
  const not = 'ou_outside_1, ou_denied_1, ou_foreign_1, oc_absent_1, oc_dissolved_1, oc_owners_1, bob@left.example';
  const { project, doctor } = await setUp(t, { to: `[${reachable}, ${not}]` });
  const { findings } = await doctor();
  const { stdout } = await project.larkcron(['run', 'hello', '--json']);
  const { deliveries } = JSON.parse(stdout) as { deliveries: { recipient: string; state: string }[] };
  const arrived = new Map(deliveries.map(({ recipient, state }) => [recipient, state === 'delivered']));
  for (const { subject, status } of findings.filter(({ check }) => check === 'recipient'))
    assert.equal(arrived.get(subject ?? ''), status === 'ok', subject ?? '');
  assert.equal(arrived.size, 11);
});

describe('an app that cannot work', () => {
  const AFTER = 'skipped after-fault';
  for (const [what, options, expected, link] of [
    [
      'whose secret was changed',
      { faults: ['10014'] },
      ['proxy: ok no-proxy', 'token: fault refused', `call: ${AFTER}`],
      '/app/cli_test/baseinfo',
    ],
    [
      'that may not be used from this address',
      { faults: ['99991401'] },
      ['proxy: ok no-proxy', 'token: ok token-given', 'call: fault refused', `bot: ${AFTER}`],
      '/app/cli_test/safe',
    ],
    [
      'whose tenant has used up its month',
      { faults: ['99991403'] },
      ['proxy: ok no-proxy', 'token: ok token-given', 'call: fault quota-over', `bot: ${AFTER}`],
      null,
    ],
    [
      'whose bot is not enabled',
      { settings: SETTINGS.replace('cli_test', 'cli_botless_1') },
      [...READY.slice(0, 3), 'bot: fault bot-off', ...READY.slice(4)],
      '/app/cli_botless_1/bot',
    ],
    [
      'that was never published',
      { settings: SETTINGS.replace('cli_test', 'cli_unpublished_1') },
      [...WELL, 'published: fault not-published', 'scopes: ok scopes-granted'],
      '/app/cli_unpublished_1/version',
    ],
    [
      'behind something that answers instead of Feishu',
      { faults: ['502-html:path=bot/v3'] },
      ['proxy: ok no-proxy', 'token: ok token-given', 'call: fault no-answer', `bot: ${AFTER}`],
      null,
    ],
  ] as const)
    it(what, async (t) => {
      const { doctor } = await setUp(t, options);
      const { code, ok, brief, findings } = await doctor();
      assert.deepEqual(
        brief.filter((each) => !/^(recipient|owner|clock)/.test(each)),
        expected,
      );
      assert.deepEqual([code, ok], [1, false]);
      const fault = findings.find(({ status }) => status === 'fault');
      assert.equal(fault?.link ?? null, link === null ? null : `https://open.feishu.cn${link}`);
    });
});

it('a kept token does not hide a changed secret, and is left as it is', async (t) => {
  const { sandbox, project, doctor } = await setUp(t, {});
  assert.equal((await project.larkcron(['run', 'hello'])).code, 0);
  sandbox.addFault(parseFault('10014'));
  const { code, brief } = await doctor();
  assert.equal(code, 1);
  assert.ok(brief.includes('token: fault refused'), brief.join('\n'));
  // the kept one is good for its two hours
  assert.equal((await project.larkcron(['run', 'hello'])).code, 0);
});

it('without the scope that it needs, a check is skipped and says which; sending is not kept up', async (t) => {
  const scopes = ['im:message:send_as_bot', 'im:message:readonly'];
  const { doctor } = await setUp(t, { to: '[ou_a, ou_b, ann@example.com, oc_g]', scopes });
  const { code, brief, findings } = await doctor();
  assert.deepEqual(brief, [
    ...WELL,
    'published: skipped needs-scope',
    'scopes contact:user.id:readonly: warning scope-missing',
    'scopes im:message.group_msg: warning scope-missing',
    'owner ou_owner: skipped needs-scope',
    'recipient: skipped people-not-asked',
    'recipient ann@example.com: skipped refused',
    'recipient oc_g: skipped needs-scope',
    'clock: ok clock-right',
  ]);
  assert.equal(code, 0);
  const group = findings.find(({ subject }) => subject === 'oc_g');
  assert.match(group?.link ?? '', /scope-apply\?clientID=cli_test&scopes=im%3Achat%3Areadonly$/);
});

it('a scope without which nothing can be sent is a fault', async (t) => {
  const { doctor } = await setUp(t, {
    to: '[{ mobile: "+8613800000001" }, { department: od-sandbox }]',
    scopes: ALL_SCOPES.filter((scope) => !/^im:message(:send_as_bot)?$|^contact:/.test(scope)),
  });
  const { code, brief } = await doctor();
  assert.equal(code, 1);
  assert.deepEqual(
    brief.filter((each) => /^(scopes|recipient)/.test(each)),
    [
      'scopes im:message:send_as_bot: fault scope-missing',
      'scopes contact:user.id:readonly: fault scope-missing',
      'scopes contact:contact.base:readonly: fault scope-missing',
      'recipient +8613800000001: fault refused',
      'recipient od-sandbox: fault refused',
    ],
  );
});

it('a limit is waited for as told; one that stays is a warning', async (t) => {
  const { sandbox, doctor } = await setUp(t, { faults: ['429:path=bot/v3,times=1'] });
  assert.deepEqual((await doctor()).brief.slice(0, 6), READY);
  sandbox.addFault(parseFault('429:path=application/v6/scopes,seconds=0.1'));
  const { code, brief } = await doctor();
  assert.ok(brief.includes('scopes: warning limited'), brief.join('\n'));
  assert.equal(code, 0);
});

it('a clock an hour off is a fault, with the figures', async (t) => {
  const feishu = createShiftedClock();
  const { doctor } = await setUp(t, { clock: feishu });
  feishu.pass(HOUR + 90_000);
  const { code, findings } = await doctor();
  const clock = findings.find(({ check }) => check === 'clock');
  assert.deepEqual([code, clock?.status, clock?.code], [1, 'fault', 'clock-off']);
  assert.match(clock?.message ?? '', /−1 h 1 min (29|30|31) s/);
});

describe('the proxy', () => {
  it('that does not answer is a fault, shown without its password', async (t) => {
    const proxy = '\nnetwork: { proxy: "http://user:hunter22@127.0.0.1:9" }\n';
    const { project } = await setUp(t, { settings: SETTINGS + proxy });
    const { code, stdout } = await project.larkcron(['doctor']);
    assert.equal(code, 1);
    assert.match(stdout, /✗ default {2}The proxy http:\/\/\*\*\*@127\.0\.0\.1:9 \(from network\.proxy\).*ECONNREFUSED/);
    assert.match(stdout, /- default {2}Not asked: token, call, bot, published, scopes, recipient\./);
    assert.doesNotMatch(stdout, /hunter22/);
  });
  it('that answers is told, and used', async (t) => {
    const { sandbox, project } = await setUp(t, {});
    // the sandbox takes whole addresses as a proxy is given them
    project.write('larkcron.yaml', `${SETTINGS}\nnetwork: { proxy: "${sandbox.url}" }\n`);
    const { code, stdout } = await project.larkcron(['doctor']);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /✓ default {2}Through the proxy http:\/\/127\.0\.0\.1:\d+ \(from network\.proxy\)/);
  });
  it('of the environment that speaks no HTTP is said to be left out', async (t) => {
    const { project } = await setUp(t, {});
    project.write('larkcron.yaml', SETTINGS.replace('"${FEISHU_ENDPOINT}"', '"http://feishu.invalid"'));
    const { stdout } = await project.larkcron(['doctor'], { ALL_PROXY: 'socks5://127.0.0.1:1080' });
    assert.match(
      stdout,
      /! default {2}The proxy socks5:\/\/127\.0\.0\.1:1080 of the environment is no HTTP\(S\) proxy/,
    );
    assert.match(stdout, /✗ default {2}Feishu cannot be reached/);
  });
});

it('each app is asked about its own recipients', async (t) => {
  const settings = SETTINGS.replace(
    'apps:',
    'apps:\n  other: { id: cli_other, secret: top-secret-5678, endpoint: "${FEISHU_ENDPOINT}" }',
  );
  const { project, doctor } = await setUp(t, { settings });
  project.write('jobs/second.yaml', 'app: other\nto: [oc_absent_1]\ntext: hello\n');
  const { findings } = await doctor();
  assert.deepEqual(
    findings.filter(({ check }) => /recipient|owner/.test(check)).map(({ app, subject }) => [app, subject]),
    [
      ['other', 'ou_owner'],
      ['other', 'oc_absent_1'],
      ['default', 'ou_a'],
      ['default', 'ou_owner'],
    ],
  );
  assert.ok((await doctor('hello')).findings.every(({ app }) => app !== 'other'));
});

describe('--send', () => {
  it('sends the owner a test card, which is in the ledger', async (t) => {
    const { sandbox, project, doctor } = await setUp(t, {});
    const { code, findings } = await doctor('--send');
    assert.equal(code, 0);
    const sent = sandbox.messages();
    assert.deepEqual(
      sent.map(({ recipient, msgType }) => [recipient.id, msgType]),
      [['ou_owner', 'interactive']],
    );
    const finding = findings.find(({ check }) => check === 'send');
    assert.deepEqual([finding?.status, finding?.code], ['ok', 'test-card-arrived']);
    assert.ok(finding?.message.includes(sent[0]?.messageId ?? '?'));
    const { stdout } = await project.larkcron(['history', '--json']);
    assert.equal((JSON.parse(stdout) as { runs: { state: string }[] }).runs[0]?.state, 'delivered');
  });
  it('a refusal is a fault with its code', async (t) => {
    const { doctor } = await setUp(t, { faults: ['230053'] });
    const { code, findings } = await doctor('--send');
    const finding = findings.find(({ check }) => check === 'send');
    assert.deepEqual(
      [code, finding?.status, finding?.code, finding?.feishuCode],
      [1, 'fault', 'test-card-refused', 230053],
    );
    assert.match(finding?.hint ?? '', /allow them again/);
  });
  it('nothing is sent where the app cannot work, and nothing without an owner', async (t) => {
    const { sandbox, project, doctor } = await setUp(t, { faults: ['99991401'] });
    assert.ok((await doctor('--send')).brief.includes('send ou_owner: skipped after-fault'));
    project.write('larkcron.yaml', SETTINGS.replace('owner: ou_owner\n', ''));
    const without = await project.larkcron(['doctor', '--send']);
    assert.equal(without.code, 2);
    assert.match(without.stdout, /\[test-card-nobody\]/);
    assert.match(without.stdout, /✗ default {2}Feishu refused.*99991401/, 'what was found is not lost');
    assert.equal(sandbox.messages().length, 0);
    assert.ok((await doctor()).brief.includes('owner: warning no-owner'));
  });
});

it('broken settings are exit 2: named nothing is asked, else the others are', async (t) => {
  const { sandbox, project, doctor } = await setUp(t, {});
  project.write('jobs/broken.yaml', 'to: [ou_a]\nshedule: x\ntext: hello\n');
  const named = await project.larkcron(['doctor', 'broken', 'hello']);
  assert.equal(named.code, 2);
  assert.match(named.stderr, /broken\.yaml:2:1.*unknown-key/);
  assert.equal(sandbox.requests().length, 0);
  const { code, ok, brief } = await doctor();
  assert.deepEqual([code, ok], [2, false]);
  assert.deepEqual(brief.slice(0, 2), ['settings broken: fault bad-settings', 'proxy: ok no-proxy']);
  assert.ok(brief.includes('recipient ou_a: ok person-available'));
});
