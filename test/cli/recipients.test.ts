import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const setUp = async (
  t: TestContext,
  { faults = [], ...options }: Partial<Omit<SandboxOptions, 'faults'>> & { faults?: readonly string[] } = {},
) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    limits: 'off',
    faults: faults.map(parseFault),
    ...options,
  });
  t.after(() => sandbox.close());
  return createProject({}, sandbox.url);
};

describe('larkcron recipients', () => {
  it("lists the bot's groups with the ids that `to` takes", async (t) => {
    const { larkcron } = await setUp(t);
    const { code, stdout } = await larkcron(['recipients']);
    assert.equal(code, 0);
    assert.equal(
      stdout,
      'oc_sandbox_stores  门店经营群 Stores\noc_sandbox_prices  价格通知群 Prices\noc_sandbox_oncall  系统值班群 On call\n',
    );
    assert.deepEqual(JSON.parse((await larkcron(['recipients', '--json'])).stdout), {
      app: 'default',
      groups: [
        { id: 'oc_sandbox_stores', name: '门店经营群 Stores', external: false },
        { id: 'oc_sandbox_prices', name: '价格通知群 Prices', external: false },
        { id: 'oc_sandbox_oncall', name: '系统值班群 On call', external: false },
      ],
      people: [],
    });
  });

  it('finds groups by a part of their name in any case, or by their id', async (t) => {
    const { larkcron } = await setUp(t);
    for (const query of ['价格', 'PRICES', 'oc_sandbox_prices'])
      assert.equal((await larkcron(['recipients', query])).stdout, 'oc_sandbox_prices  价格通知群 Prices\n', query);
  });

  it('lists all groups, however many pages they take', async (t) => {
    const project = await setUp(t);
    const many = Array.from({ length: 120 }, (_, i) => `oc_g${i}`);
    project.write('jobs/all.yaml', `to: [${many.join(', ')}]\ntext: hello\n`);
    assert.equal((await project.larkcron(['run', 'all', '--yes'])).code, 0);
    const { stdout } = await project.larkcron(['recipients', '--json']);
    const { groups } = JSON.parse(stdout) as { groups: { id: string }[] };
    assert.equal(new Set(groups.map(({ id }) => id)).size, 123);
  });

  it('finds a person by e-mail address or mobile number', async (t) => {
    const { larkcron } = await setUp(t);
    const mail = JSON.parse((await larkcron(['recipients', 'ann@example.com', '--json'])).stdout) as {
      people: { id: string; email: string }[];
    };
    assert.match(mail.people[0]?.id ?? '', /^ou_\w+$/);
    assert.deepEqual(mail, {
      app: 'default',
      groups: [],
      people: [{ id: mail.people[0]?.id, email: 'ann@example.com' }],
    });
    const mobile = JSON.parse((await larkcron(['recipients', '+49 151 2345-6789', '--json'])).stdout) as typeof mail;
    assert.match(mobile.people[0]?.id ?? '', /^ou_\w+$/);
    assert.deepEqual(mobile.people, [{ id: mobile.people[0]?.id, mobile: '+4915123456789' }]);
  });

  it('what is not found, or may not be asked, is an error that says why and what to do: exit 1', async (t) => {
    const all = await setUp(t);
    const without = await setUp(t, { scopes: ['im:message:send_as_bot'] });
    const closed = createProject({});
    const table: readonly (readonly [typeof all, string[], string, RegExp])[] = [
      [all, ['x@unknown.example'], 'recipient-not-found', /contact range/],
      [all, ['x@left.example'], 'has-left', /somebody else/],
      [all, ['nothing like it'], 'no-group-found', /whole e-mail address/],
      [without, [], 'needs-scope', /clientID=cli_test&scopes=im%3Achat%3Areadonly/],
      [without, ['13800000000'], 'needs-scope', /clientID=cli_test&scopes=contact%3Auser\.id%3Areadonly/],
      [closed, [], 'cannot-ask', /network/],
    ];
    for (const [{ larkcron }, args, expected, hint] of table) {
      const { code, stdout } = await larkcron(['recipients', ...args, '--json']);
      const { error } = JSON.parse(stdout) as { error: { code: string; hint: string } };
      assert.deepEqual([code, error.code], [1, expected]);
      assert.match(error.hint, hint);
    }
  });

  it('a list that breaks off is no list', async (t) => {
    const { larkcron } = await setUp(t, { faults: ['broken-list'] });
    const { code, stdout } = await larkcron(['recipients', '--json']);
    assert.equal(code, 1);
    assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, 'cannot-ask');
  });

  it('--app says which app asks: ids of people differ between apps', async (t) => {
    const project = await setUp(t);
    project.write(
      'larkcron.yaml',
      `${SETTINGS.replace('owner:', '  other: { id: cli_other, secret: s2, endpoint: "${FEISHU_ENDPOINT}" }\nowner:')}`,
    );
    const find = async (...args: readonly string[]) =>
      (await project.larkcron(['recipients', 'ann@example.com', ...args])).stdout;
    assert.notEqual(await find(), await find('--app', 'other'));
    assert.equal((await project.larkcron(['recipients', '--app', 'otherr'])).code, 2);
  });
});
