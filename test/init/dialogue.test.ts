import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ALL_SCOPES } from '../../src/sandbox/bot.ts';
import { STOP } from '../support/scripted-asking.ts';
import { initWith, sandboxOf } from './fixture.ts';

type Script = Parameters<typeof initWith>[0];

const SECRET = 'f00dsecret99';
const APP: Script = [
  ['begin', 'with my app'],
  ['App ID', 'cli_good'],
  ['App Secret', SECRET],
];
const DONE: Script = [['done?', 'done']];
const ANN: Script = [
  ['Who gets', 'a person'],
  ['Who?', 'ann@example.com'],
];
const settingsOf = (directory: string): string => readFileSync(join(directory, 'larkcron.yaml'), 'utf8');

describe('larkcron init with an app', () => {
  it('all five steps done, a person found by e-mail: they are the owner and get the first card, nobody else', async (t) => {
    const sandbox = await sandboxOf(t);
    const made = await initWith([...APP, ...DONE, ...ANN, ['first card', 'yes']], { endpoint: sandbox.url });
    assert.equal(made.status, 0, made.printed);
    assert.equal(made.unasked, 0);
    for (const page of ['baseinfo', 'bot', 'version'])
      assert.match(made.said, new RegExp(`https://open\\.feishu\\.cn/app/cli_good/${page}\\b`));
    assert.match(made.said, /scope-apply\?clientID=cli_good&scopes=im%3Amessage%3Asend_as_bot,/);
    const [message, ...others] = sandbox.messages();
    assert.deepEqual(others, []);
    const openId = message?.recipient.id ?? '';
    assert.match(openId, /^ou_/);
    assert.match(message?.content ?? '', /【测试】/);
    assert.match(settingsOf(made.directory), new RegExp(`^owner: ${openId}\\b`, 'm'));
    assert.match(settingsOf(made.directory), new RegExp(`store-managers: \\[${openId}\\]`));
    assert.match(made.printed, new RegExp(`✓ ${openId}`));
    assert.doesNotMatch(made.said + made.printed, new RegExp(SECRET));
    for (const file of ['.gitignore', 'AGENTS.md', 'sales.db', 'schemas/job.json'])
      assert.ok(existsSync(join(made.directory, file)), file);
  });

  it('a group gets the messages; who hears of failures is asked for, and the first card goes to them alone', async (t) => {
    const sandbox = await sandboxOf(t);
    const made = await initWith(
      [
        ...APP,
        ...DONE,
        ['Who gets', 'a group'],
        ['Which group', 'back'],
        ['Who gets', 'a group'],
        ['Which group', 'Prices'],
        ['Who is responsible', 'oc_sandbox_prices'], // a group hears of nothing: asked again
        ['Who is responsible', '138 0000 0000'],
        ['first card', 'yes'],
      ],
      { endpoint: sandbox.url, example: 'price-update' },
    );
    assert.equal(made.status, 0, made.printed);
    assert.equal(made.refusals.length, 1);
    assert.match(settingsOf(made.directory), /sales-group: \[oc_sandbox_prices\]/);
    assert.deepEqual(
      [...new Set(sandbox.messages().map(({ recipient }) => recipient.idType))],
      ['open_id'],
      'the group gets nothing yet',
    );
    assert.ok(sandbox.messages().length > 0);
  });

  it('what is not done is named with its page, and asked about again', async (t) => {
    const sandbox = await sandboxOf(t, { scopes: ALL_SCOPES.filter((scope) => !scope.startsWith('im:message')) });
    const made = await initWith(
      [
        APP[0] ?? ['', ''],
        ['App ID', 'cli_botless_1'],
        ['App Secret', SECRET],
        ...DONE,
        ['What next', 'check again'],
        ['What next', 'go on'],
        ['Who gets', 'a person'],
        ['Who?', 'ou_outside'],
        ['What next', 'somebody else'],
        ...ANN,
        ['first card', 'no'],
      ],
      { endpoint: sandbox.url },
    );
    assert.equal(made.status, 0, made.printed);
    assert.equal(made.said.match(/Not done yet: step 2, 3\./g)?.length, 2);
    assert.match(made.said, /✗ 2\. bot[\s\S]*cli_botless_1\/bot/);
    assert.match(made.said, /✗ 3\. scopes[\s\S]*scopes=im%3Amessage%3Asend_as_bot/);
    assert.match(made.said, /✓ 4\. published version/);
    assert.match(made.said, /Outside the app's availability/);
    assert.deepEqual(sandbox.messages(), []);
  });

  it('a wrong secret is entered again', async (t) => {
    const sandbox = await sandboxOf(t, { app: { id: 'cli_good', secret: SECRET } });
    const made = await initWith(
      [
        ['begin', 'with my app'],
        ['App ID', 'ID: x'],
        ['App ID', ' cli_good\n'],
        ['App Secret', ''],
        ['App Secret', 'wrong'],
        ...DONE,
        ['What next', 'enter'],
        ['App ID', 'cli_good'],
        ['App Secret', `${SECRET}\n`],
        ...DONE,
        ...ANN,
        ['first card', 'no'],
      ],
      { endpoint: sandbox.url },
    );
    assert.equal(made.status, 0, made.printed);
    assert.equal(made.refusals.length, 2);
    assert.match(made.said, /does not take this App ID and App Secret/);
    assert.match(readFileSync(join(made.directory, '.env'), 'utf8'), new RegExp(`^FEISHU_APP_SECRET=${SECRET}$`, 'm'));
  });

  it('without the scopes to find people and groups: it says which, and an e-mail address is used as it is', async (t) => {
    const sandbox = await sandboxOf(t, { scopes: ['im:message:send_as_bot'] });
    const made = await initWith(
      [
        ...APP,
        ...DONE,
        ['Who gets', 'a group'],
        ['Who gets', 'a person'],
        ['Who?', '13800000000'],
        ['Who?', 'ann@example.com'],
        ['What now', 'use ann@example.com as it is'],
        ['first card', 'yes'],
      ],
      { endpoint: sandbox.url },
    );
    assert.equal(made.status, 0, made.printed);
    assert.match(made.said, /no scope im:chat:readonly[\s\S]*clientID=cli_good&scopes=im%3Achat%3Areadonly/);
    assert.match(made.said, /no scope contact:user\.id:readonly/);
    assert.match(settingsOf(made.directory), /^owner: ann@example\.com\b/m);
    assert.equal(sandbox.messages()[0]?.recipient.id, 'ann@example.com');
  });

  it('nobody has the address, or they have left: asked again', async (t) => {
    const sandbox = await sandboxOf(t);
    const script: Script = [
      ...APP,
      ...DONE,
      ['Who gets', 'a person'],
      ['Who?', 'x@unknown.example'],
      ['Who?', 'x@left.example'],
      ['Who?', 'ou_ann'],
      ['first card', 'no'],
    ];
    const made = await initWith(script, { endpoint: sandbox.url });
    assert.equal(made.status, 0, made.printed);
    assert.match(made.said, /Nobody has x@unknown\.example/);
    assert.match(made.said, /x@left\.example has left the company/);
  });

  it('of 200 groups a part of the name is asked for', async (t) => {
    const sandbox = await sandboxOf(t);
    const token = await fetch(`${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ app_id: 'cli_good', app_secret: SECRET }),
    });
    const { tenant_access_token: bearer } = (await token.json()) as { tenant_access_token: string };
    for (let i = 0; i < 200; i++)
      await fetch(`${sandbox.url}/open-apis/im/v1/messages?receive_id_type=chat_id`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
        body: JSON.stringify({ receive_id: `oc_g${i}`, msg_type: 'text', content: '{"text":"hello"}' }),
      });
    const script: Script = [
      ...APP,
      ...DONE,
      ['Who gets', 'a group'],
      ['203 groups', 'no such group'],
      ['203 groups', 'G19'],
      ['Which group? (11)', 'oc_g199'],
      ['responsible', 'ou_ann'],
    ];
    const made = await initWith([...script, ['first card', 'no']], { endpoint: sandbox.url });
    assert.match(settingsOf(made.directory), /store-managers: \[oc_g199\]/);
  });

  it('no network: it says so, and goes on with what was written', async () => {
    const script: Script = [
      ...APP,
      ...DONE,
      ['What next', 'go on'],
      ...ANN,
      ['What now', 'use ann@example.com'],
      ['first card', 'no'],
    ];
    const made = await initWith(script, { endpoint: 'http://127.0.0.1:1' });
    assert.equal(made.status, 0, made.printed);
    assert.match(made.said, /cannot be reached/);
  });

  it('stopped at any question: exit 130, and nothing is written', async (t) => {
    const sandbox = await sandboxOf(t, { scopes: ['im:message:send_as_bot'] });
    const script: Script = [
      ...APP,
      ...DONE,
      ['Who gets', 'a person'],
      ['Who?', 'ann@example.com'],
      ['What now', 'as it is'],
    ];
    for (let i = 0; i < script.length; i++) {
      const stopped: Script = [...script.slice(0, i), [script[i]?.[0] ?? '', STOP]];
      const made = await initWith(stopped, { endpoint: sandbox.url });
      assert.equal(made.status, 130, stopped.join());
      assert.equal(existsSync(made.directory), false);
    }
  });

  it('interrupted while a server that never answers is asked: at once 130, nothing written, nothing asked', async (t) => {
    const abort = new AbortController();
    const silent = createServer(() => abort.abort('SIGINT')).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    t.after(() => silent.close());
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const made = await initWith([...APP, ...DONE], { endpoint, abort });
    assert.equal(made.status, 130);
    assert.match(made.said, /nothing was written/);
    assert.equal(existsSync(made.directory), false);
  });

  it('stopped where the first card is offered: the project is whole', async (t) => {
    const sandbox = await sandboxOf(t);
    const made = await initWith([...APP, ...DONE, ...ANN, ['first card', STOP]], { endpoint: sandbox.url });
    assert.equal(made.status, 130);
    assert.ok(readdirSync(made.directory).includes('.env'));
    assert.deepEqual(sandbox.messages(), []);
  });

  it('what the options say is not asked', async (t) => {
    const sandbox = await sandboxOf(t);
    const made = await initWith([['App Secret', SECRET], ...DONE, ['responsible', 'ou_ann'], ['first card', 'no']], {
      endpoint: sandbox.url,
      options: { appId: 'cli_given', recipient: 'oc_sandbox_stores' },
    });
    assert.equal(made.status, 0);
    assert.match(settingsOf(made.directory), /^owner: ou_ann\b[\s\S]*store-managers: \[oc_sandbox_stores\]/m);
  });

  it('without an app: no question but the first', async () => {
    const made = await initWith([['begin', 'without one']], { endpoint: 'http://127.0.0.1:1' });
    assert.equal(made.status, 0);
    assert.match(readFileSync(join(made.directory, '.env'), 'utf8'), /FEISHU_APP_ID=cli_sandbox/);
    assert.match(made.printed, /larkcron run store-dashboard --sandbox/);
  });
});
