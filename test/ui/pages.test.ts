import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildPages } from '../../scripts/build-pages.ts';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { until } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestConsole } from '../web/fixture.ts';
import { createNoonClock, NOON, seedYear } from './year.ts';

const program = findBrowser(process.env);
const skip = program === null && 'no Chromium or Chrome on this machine';
/** What every page is held to: the rules of WCAG 2.2 AA that axe knows. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe('the pages of the console in a browser, over a year of history', { skip }, () => {
  const ends: (() => unknown)[] = [];
  const asTest = { after: (end: () => unknown) => ends.push(end), diagnostic: console.error } as unknown as TestContext;
  let at: Awaited<ReturnType<typeof openTestConsole>>;
  let browser: Browser;
  let pages: string;

  before(async () => {
    pages = temporaryFolder();
    const clock = createNoonClock();
    await buildPages(pages);
    at = await openTestConsole(asTest, {
      ...{ jobs: {}, pages, clock, seed: seedYear(clock) },
      faults: ['230013:recipient=ou_left'],
    });
    browser = await chromium.launch({ executablePath: program as string, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    for (const end of ends.reverse()) await end();
  });

  /** A browser of its own, logged in; whatever fails in the page, or is asked of another host, is a fault. */
  const open = async (
    t: TestContext,
    {
      role = 'admin',
      path = '/',
      width = 1360,
      dark = false,
      timezone = 'Asia/Shanghai',
    }: {
      role?: 'viewer' | 'operator' | 'admin';
      path?: string;
      width?: number;
      dark?: boolean;
      timezone?: string;
    } = {},
  ): Promise<{ page: Page; faults: string[] }> => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      timezoneId: timezone,
    });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.clock.setFixedTime(NOON);
    page.setDefaultTimeout(6_000);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(at.url)) faults.push(`asks ${request.url()}`);
    });
    await page.goto(`${at.url}${path}#token=${at.tokens[role]}`);
    await page.locator('main h1').waitFor();
    return { page, faults };
  };
  const runOf = async (query: string): Promise<string> => (await at.ask(`/api/runs?${query}&limit=1`)).json.items[0].id;
  const serious = async (page: Page): Promise<readonly string[]> => {
    // as an extension would: the page's own policy keeps scripts out
    await page.evaluate(axe.source);
    const found = (await page.evaluate(
      `axe.run({ exclude: [['.picture']] }, { runOnly: ${JSON.stringify(RULES)} })`,
    )) as { violations: Violation[] };
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html, failureSummary }) => `${html} ${failureSummary}`)
            .join('\n')}`,
      );
  };

  const PAGES: readonly (readonly [name: string, path: () => Promise<string>, shows: RegExp])[] = [
    ['Today', async () => '/', /时间线.*stock-check/s],
    ['Jobs', async () => '/jobs', /store-dashboard.*每个工作日 18:00/s],
    ['Job', async () => '/jobs/store-dashboard', /门店销售数据看板/],
    ['Job with faults', async () => '/jobs/broken', /没有 boddy 这个键.*是不是想写 body/s],
    ['Runs', async () => '/runs?state=partial', /weekly-plan.*部分送达/s],
    ['Run', async () => `/runs/${await runOf('state=partial')}`, /经过.*230013.*重发 1|重发 1.*230013/s],
    ['Deliveries', async () => '/deliveries?code=230013', /ou_left.*被拒绝.*230013/s],
    ['Incidents', async () => '/incidents', /stock-check.*(没有数据|数据是空的).*已通知 ou_owner/s],
    ['Recipients', async () => '/recipients', /收不到的 1.*ou_left.*230013/s],
    ['Calendar', async () => '/calendar', /1 月.*12 月/s],
    ['Doctor', async () => '/doctor', /开始体检/],
    ['Card workshop', async () => '/workshop', /今日销售额/],
    ['Audit', async () => '/audit', /session\.begin/],
  ];
  for (const [name, path, shows] of PAGES)
    for (const [look, options] of [
      ['light', {}],
      ['dark, on a phone', { dark: true, width: 390 }],
    ] as const)
      it(`${name}, ${look}: shows what it should, and axe finds no serious fault`, async (t) => {
        const { page, faults } = await open(t, { ...options, path: await path() });
        await until(
          String(shows),
          async () => shows.test(String(await page.evaluate('document.body.textContent'))),
          6_000,
        );
        await page.waitForLoadState('networkidle', { timeout: 500 }).catch(() => {});
        assert.deepEqual(await serious(page), []);
        const tooWide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        assert.ok(tooWide <= 0, `${tooWide} px too wide`);
        assert.deepEqual(faults, []);
      });

  it('the first load is small, and what is only needed later comes later', () => {
    const index = readFileSync(join(pages, 'index.html'), 'utf8');
    const first = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file as string);
    const bytes = first.reduce((sum, file) => sum + statSync(join(pages, `${file}.gz`)).size, 0);
    assert.ok(first.length > 1 && bytes < 300_000, `${bytes} bytes of ${first.join(' ')}`);
    assert.ok(readdirSync(join(pages, 'assets')).some((file) => file.startsWith('workshop-')));
    assert.doesNotMatch(first.join(), /workshop|job-/);
  });

  it('the link of the first start logs in and leaves the address bar; a wrong token is told what to do', async (t) => {
    const { page } = await open(t);
    assert.equal(await page.evaluate('location.hash'), '');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('令牌').fill('lct_wrong');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').getByText('larkcron console token').waitFor();
    await page.getByLabel('令牌').fill(at.tokens.viewer);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '今天', exact: true }).waitFor();

    // a ready link in a window that shows the login already: only what follows the # is new there
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('令牌').waitFor();
    await page.goto(`${at.url}/#token=${at.tokens.admin}`);
    await page.getByRole('heading', { name: '今天', exact: true }).waitFor();
    assert.equal(await page.evaluate('location.hash'), '');
  });

  it('with Feishu one comes back to the page one wanted, logged in as oneself', async (t) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
      t.after(() => context.close());
      const page = await context.newPage();
      await page.goto(`${at.url}/runs?state=partial`);
      const way = page.getByRole('link', { name: '用飞书登录' });
      await way.waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('link', { name: 'Log in with Feishu' }).waitFor();
      await page.getByRole('button', { name: '中文' }).click();
      assert.deepEqual(await serious(page), []);
      await way.click();
      await page.getByRole('link', { name: '李四' }).click();
      await page.getByRole('heading', { name: '运行', exact: true }).waitFor();
      assert.equal(new URL(page.url()).search, '?state=partial');
      assert.equal(
        JSON.parse(String(await page.evaluate("fetch('/api/session').then((answer) => answer.text())"))).name,
        'feishu:李四 (ou_li)',
      );
    }
  });

  it('a filter stands in the address; what is typed counts when the typing rests; times are the project’s own', async (t) => {
    const { page, faults } = await open(t, { path: '/deliveries', timezone: 'America/New_York' });
    await page.getByLabel('收件人').fill('ou_left');
    await page.waitForURL(/recipient=ou_left/);
    await page.getByRole('cell', { name: '今天 09:30' }).waitFor();
    assert.equal(await page.getByRole('cell', { name: 'ou_wang' }).count(), 0);
    await page.getByLabel('从').fill('2026-11-27T09:31');
    await page.getByText('没有符合条件的').waitFor();
    await page.getByLabel('从').fill('2026-11-27T09:29');
    await page.getByRole('cell', { name: '今天 09:30' }).waitFor();
    await page.goto(page.url());
    await page.getByRole('cell', { name: '今天 09:30' }).waitFor();
    assert.deepEqual(faults, []);
  });

  it('light and dark, Chinese and English by a switch, and remembered', async (t) => {
    const { page } = await open(t);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Today', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Today', exact: true }).waitFor();
    assert.equal(await page.evaluate('document.documentElement.lang'), 'en');
    assert.equal(await page.evaluate('document.body.getAttribute("theme-mode")'), 'dark');
    await page.goto(`${at.url}/jobs`);
    await page.getByText('every 30 minutes').first().waitFor();
  });

  it('run now to everyone asks first; the run is followed to its end without a reload', async (t) => {
    const { page, faults } = await open(t, { role: 'operator', path: '/jobs/health-report' });
    const before = at.sandbox.messages().length;
    const act = async (): Promise<void> => {
      await page.getByRole('button', { name: '操作 health-report' }).click();
      await page.getByRole('menuitem', { name: '现在就发给所有人' }).click();
    };
    await act();
    await page.getByRole('button', { name: '算了' }).click();
    await act();
    await page.getByRole('button', { name: '发送' }).click();
    await page.waitForURL(/\/runs\//);
    assert.equal(at.sandbox.messages().length, before, 'the loops of start have not gone round yet');
    await at.settle([new URL(page.url()).pathname.split('/')[2] as string]);
    await page.locator('h1').getByText('已送达').waitFor();
    assert.ok(at.sandbox.messages().length > before);
    assert.deepEqual(faults, []);
  });

  it('a dry run shows the card and sends nothing', async (t) => {
    const { page } = await open(t, { role: 'operator', path: '/jobs/store-dashboard' });
    const before = at.sandbox.messages().length;
    await page.getByRole('button', { name: '操作 store-dashboard' }).click();
    await page.getByRole('menuitem', { name: '演练' }).click();
    await page.getByRole('dialog').getByText('会发给 3 个收件人').waitFor();
    await page.getByRole('dialog').locator('.lc-card').waitFor();
    assert.equal(at.sandbox.messages().length, before);
  });

  it('a job is paused with a reason and resumed', async (t) => {
    const { page } = await open(t, { role: 'operator', path: '/jobs/monthly-invoices' });
    const acts = page.getByRole('button', { name: '操作 monthly-invoices' });
    await acts.click();
    await page.getByRole('menuitem', { name: '暂停' }).click();
    await page.getByLabel('原因').fill('盘点');
    await page.getByRole('dialog').getByRole('button', { name: '暂停' }).click();
    await page.getByText(/暂停中.*盘点/).waitFor();
    assert.equal((await at.ask('/api/jobs/monthly-invoices')).json.job.paused.reason, '盘点');
    await acts.click();
    await page.getByRole('menuitem', { name: '恢复' }).click();
    await page.getByText('暂停中').waitFor({ state: 'detached' });
  });

  it('what was refused is sent again by a button, after a question', async (t) => {
    const run = await runOf('job=weekly-plan&state=partial');
    const { page } = await open(t, { role: 'operator', path: `/runs/${run}` });
    await page.getByRole('button', { name: '重发 1' }).click();
    await page.getByRole('button', { name: '就这样' }).click();
    await page.locator('.figure').filter({ hasText: '还在路上' }).getByText('1').waitFor();
    await at.settle([run]);
    await page.getByText('重发').first().waitFor();
    assert.equal((await at.ask(`/api/runs/${run}`)).json.counts.open, 0);
  });

  it('the workshop draws what is typed, marks faults at their lines, and sends to the owner', async (t) => {
    const { page, faults } = await open(t, { role: 'operator', path: '/workshop' });
    await page.locator('.lc-card').waitFor();
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('card:\n  title: 新标题\n  boddy: []\n');
    await page.getByText('没有 boddy 这个键').first().waitFor();
    await page.getByRole('button', { name: '3:3' }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('card:\n  title: 新标题\n  body:\n  - markdown: 你好\n');
    await page.locator('.lc-card').getByText('新标题').waitFor();
    await page.getByRole('button', { name: '发给我' }).click();
    await page.waitForURL(/\/runs\//);
    assert.deepEqual(faults, []);
  });

  it('long words and thousands of recipients: no page is wider than its screen, nor draws them all', async (t) => {
    const word = 'WordWithoutEnd'.repeat(30);
    const to = Array.from({ length: 1_000 }, (_, n) => `ou_of_many_${n}`).join(', ');
    at.project.write('jobs/a-long.yaml', `description: ${word}\nto: [${to}]\ntext: ${word}\n`);
    const before = at.app();
    at.setApp(at.open());
    t.after(() => at.setApp(before));
    const wide = ['/jobs', '/jobs/a-long', '/recipients'].map((path) => ({ path, width: 1360 }));
    for (const { path, width } of [...wide, ...wide.map((each) => ({ ...each, width: 390 }))]) {
      const { page } = await open(t, { path, width });
      await page
        .getByText('WordWithoutEnd')
        .or(page.getByText('ou_of_many_9', { exact: true }))
        .first()
        .waitFor();
      assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${path} ${width}`);
      assert.ok((await page.locator('.list > tbody > tr').count()) <= 250, path);
    }
    const key = 'oidc:long';
    const name = `oidc:Long (${word.slice(0, 255)})`;
    const { access, audit } = before.ledger();
    await access.person({ key, name, role: 'viewer' });
    await audit.note({ who: name, role: null, what: 'x', job: null, run: null, details: {}, outcome: 'ok' });
    for (const width of [1360, 390]) {
      const { page } = await open(t, { path: '/audit', width });
      await page.getByText('WordWithoutEnd').nth(1).waitFor();
      assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `audit ${width}`);
    }
    const { page } = await open(t, { path: '/recipients' });
    await page.getByLabel('找收件人').fill('ou_of_many_999');
    await page.getByText('ou_of_many_999', { exact: true }).waitFor();
  });

  it('a run that was taken back says so beside its outcome', async (t) => {
    const run = await runOf('job=store-dashboard&state=delivered');
    const { page } = await open(t, { role: 'operator', path: `/runs/${run}` });
    await page.getByRole('button', { name: /^撤回 \d/ }).click();
    await page.getByRole('button', { name: '就这样' }).click();
    await page.getByText(/^撤回 \d 条$/).waitFor();
    await page.locator('h1').getByText('已撤回').waitFor();
  });

  it('no address leaves an empty page, no time that is still being typed, and no part that does not load', async (t) => {
    const { page } = await open(t);
    const menu = page.getByRole('navigation');
    for (const [path, says] of [
      ['/jobs/%25', /没有名为 % 的任务/],
      ['/jobs/%F0', /没有名为 .* 的任务/],
      ['/deliveries?since=abc', /query\.since/],
    ] as const) {
      await page.goto(at.url + path);
      await page.getByText(says).first().waitFor();
    }
    await page.goto(`${at.url}/deliveries`);
    await page.getByLabel('从', { exact: true }).fill('0002-11-26T18:00');
    await page.getByText('weekly-plan').first().waitFor();
    // the daemon was renewed meanwhile, and has its parts by other names
    await page.route('**/assets/doctor*', (route) => route.abort());
    await menu.getByRole('link', { name: '体检' }).click();
    await page.getByRole('button', { name: '再试' }).waitFor();
    await menu.getByRole('link', { name: '任务' }).click();
    await page.getByRole('heading', { name: '任务', exact: true }).waitFor();
  });

  it('who may only look sees no acts, no workshop, no audit', async (t) => {
    const { page } = await open(t, { role: 'viewer', path: '/jobs/store-dashboard' });
    await page.locator('.lc-card').waitFor();
    assert.equal(await page.getByRole('button', { name: /^操作 / }).count(), 0);
    assert.equal(await page.getByRole('link', { name: /卡片工坊|操作记录/ }).count(), 0);
  });

  it('by keyboard alone: skip to the content, the menu of a phone opens and closes', async (t) => {
    const { page } = await open(t, { width: 390 });
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), '跳到内容');
    const menu = page.getByRole('button', { name: '菜单' });
    assert.equal(await page.getByRole('link', { name: '任务', exact: true }).isVisible(), false);
    await menu.press('Enter');
    await page.getByRole('link', { name: '任务', exact: true }).press('Enter');
    await page.getByRole('heading', { name: '任务', exact: true }).waitFor();
    await menu.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '任务', exact: true }).waitFor({ state: 'hidden' });
  });
});
