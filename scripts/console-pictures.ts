// Writes docs/guide/images/console/: each page of the console, light and dark, on a computer and on a phone, over a
// seeded year. `npm run pictures`
import { mkdirSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from '../src/browser/find-browser.ts';
import { createNoonClock, NOON, seedYear } from '../test/ui/year.ts';
import { openTestConsole } from '../test/web/fixture.ts';
import { buildPages } from './build-pages.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const images = `${root}docs/guide/images/console`;
const program = findBrowser(process.env);
if (program === null) throw new Error('no Chromium or Chrome on this machine');

await buildPages(`${root}ui/dist`);
const clock = createNoonClock();
const ends: (() => unknown)[] = [];
const asTest = { after: (end: () => unknown) => ends.push(end), diagnostic: console.error } as unknown as TestContext;
const at = await openTestConsole(asTest, {
  ...{ jobs: {}, name: 'store-reports', pages: `${root}ui/dist`, clock, seed: seedYear(clock) },
  faults: ['230013:recipient=ou_left'],
});
const firstRun = async (query: string): Promise<string> =>
  (await at.ask(`/api/runs?${query}&limit=1`)).json.items[0].id;
const PAGES = {
  today: '/',
  jobs: '/jobs',
  job: '/jobs/store-dashboard',
  runs: '/runs',
  run: `/runs/${await firstRun('job=store-dashboard&state=delivered')}`,
  refused: `/runs/${await firstRun('job=weekly-plan&state=partial')}`,
  deliveries: '/deliveries',
  incidents: '/incidents',
  recipients: '/recipients',
  calendar: '/calendar',
  doctor: '/doctor',
  workshop: '/workshop',
  audit: '/audit',
};
mkdirSync(images, { recursive: true });
// something to see on two pages
await at.ask('/api/doctor', { method: 'POST', body: {} });
await at.ask('/api/jobs/monthly-invoices/pause', { method: 'POST', body: { reason: '盘点' } });

const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
for (const light of ['light', 'dark'] as const)
  for (const [device, width, height] of [
    ['desktop', 1280, 820],
    ['phone', 390, 780],
  ] as const) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: light,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOON);
    const take = (name: string): Promise<unknown> =>
      page.screenshot({ path: `${images}/${name}-${device}-${light}.jpg`, type: 'jpeg', quality: 82 });
    await page.goto(at.url);
    await page.getByRole('link', { name: '用飞书登录' }).waitFor();
    await take('login');
    await page.goto(`${at.url}/#token=${at.tokens.admin}`);
    await page.locator('main h1').waitFor();
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(at.url + path);
      await page.locator('main h1').waitFor();
      await page.waitForTimeout(1_200);
      await take(name);
      if (name !== 'job') continue;
      await page.getByRole('tab', { name: '历史' }).click();
      await page.waitForTimeout(1_500);
      await take('history');
    }
    await context.close();
  }
await browser.close();
for (const end of ends.reverse()) await end();
