import assert from 'node:assert/strict';
import { it } from 'node:test';
import { appOf } from '../../src/cli/init/app-check.ts';
import {
  besideSteps,
  consoleHome,
  consoleSteps,
  type StepState,
  stepReports,
  verdictOf,
} from '../../src/cli/init/console-steps.ts';
import { type Finding, finding, refusal } from '../../src/doctor/finding.ts';
import { said } from '../doctor/fixture.ts';

const APP = appOf('cli_a', 's', 'feishu');
const ok = {
  token: finding({ check: 'token', app: APP }, 'ok', 'token-given', undefined),
  call: finding({ check: 'call', app: APP }, 'ok', 'call-answered', undefined),
  bot: finding({ check: 'bot', app: APP }, 'ok', 'bot-on', { name: 'b' }),
  scopes: finding({ check: 'scopes', app: APP }, 'ok', 'scopes-granted', { scopes: 'x' }),
  published: finding({ check: 'published', app: APP }, 'ok', 'published', undefined),
  owner: finding({ check: 'owner', app: APP }, 'ok', 'person-available', undefined),
};
const { token, call, bot, scopes, published, owner } = ok;
const left = finding({ check: 'bot', app: APP }, 'skipped', 'after-fault', { checks: { zh: '', en: '' } });
const refused = (check: 'token' | 'call', code: number): Finding =>
  refusal({ check, app: APP }, said(code, check === 'token' ? { operation: 'token' } : {}));
const lost: Finding = refusal({ check: 'token', app: APP }, { is: 'not-sent', why: 'ENOTFOUND' });

it('findings of doctor say how each of the five steps stands', () => {
  const waiting = finding({ check: 'published', app: APP }, 'warning', 'version-waiting', undefined);
  const unasked = finding({ check: 'published', app: APP }, 'skipped', 'needs-scope', { scope: 's' });
  const noScope = finding({ check: 'scopes', app: APP }, 'fault', 'scope-missing', {
    scope: 's',
    use: { zh: '', en: '' },
  });
  const lessScope = { ...noScope, status: 'warning' as const };
  const table: readonly (readonly [string, readonly Finding[], string, string])[] = [
    ['all is well', [token, call, bot, scopes, published, owner], 'ddddd', 'ready'],
    ['nobody is chosen yet', [token, call, bot, scopes, published], 'ddddo', 'ready'],
    ['a version waits', [token, call, bot, scopes, published, waiting, owner], 'ddddd', 'ready'],
    ['a scope for something less', [token, call, bot, lessScope, published, owner], 'ddddd', 'ready'],
    ['the app may not ask about itself', [token, call, bot, scopes, unasked], 'dddoo', 'ready'],
    ['a scope is missing', [token, call, bot, noScope, published, owner], 'ddmdd', 'missing'],
    ['the secret is wrong', [refused('token', 10014), left], 'moooo', 'refused'],
    ['nobody answers', [lost, left], 'ooooo', 'unreachable'],
    ['nothing was asked', [], 'ooooo', 'unreachable'],
    ['the app has no bot', [token, refused('call', 232025), left], 'dmooo', 'missing'],
    ['the address is not allowed', [token, refused('call', 99991401), left], 'moooo', 'missing'],
  ];
  const LETTER: Readonly<Record<StepState, string>> = { done: 'd', missing: 'm', open: 'o' };
  for (const [what, findings, states, verdict] of table) {
    const reports = stepReports(consoleSteps(APP, ['send']), findings);
    assert.equal(reports.map(({ state }) => LETTER[state]).join(''), states, what);
    assert.equal(verdictOf(findings), verdict, what);
  }
});

it('a proxy that does not answer belongs to no step, and is told', () => {
  const dead = { proxy: 'http://p', from: { zh: '', en: '' }, why: 'ECONNREFUSED' };
  const found = finding({ check: 'proxy', app: APP }, 'fault', 'proxy-unreachable', dead);
  assert.deepEqual(besideSteps([found, left]), [found]);
  assert.equal(verdictOf([found, left]), 'unreachable');
});

it('each step leads to its page in the console of this app, Lark having its own', () => {
  const pages = (endpoint: string): string[] =>
    consoleSteps(appOf('cli_x1', 's', endpoint), ['send']).map(({ link }) => link);
  const [home, bot, scopes, version, again] = pages('feishu');
  assert.equal(home, 'https://open.feishu.cn/app/cli_x1/baseinfo');
  assert.equal(bot, 'https://open.feishu.cn/app/cli_x1/bot');
  assert.match(
    scopes ?? '',
    /^https:\/\/open\.feishu\.cn\/page\/scope-apply\?clientID=cli_x1&scopes=im%3Amessage%3Asend_as_bot,/,
  );
  assert.equal(version, 'https://open.feishu.cn/app/cli_x1/version');
  assert.equal(again, version);
  for (const link of pages('lark')) assert.match(link, /^https:\/\/open\.larksuite\.com\//);
  assert.equal(consoleHome(appOf('', '', 'lark')), 'https://open.larksuite.com/app');
  assert.equal(consoleHome(appOf('', '', 'http://127.0.0.1:1')), 'https://open.feishu.cn/app');
});

it('the scopes that the jobs need are named as needed, those for looking people up as better', () => {
  const [, , step] = consoleSteps(APP, ['send', 'upload', 'look-in-chats']);
  assert.match(
    step?.words.en ?? '',
    /^grant the scopes im:message:send_as_bot, im:resource; better with contact:user\.id:readonly/,
  );
});
