import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { pages } from '../../scripts/reference/pages.ts';
import { settingsPage } from '../../scripts/reference/settings-page.ts';

const PAGES = await pages();

for (const [file, page] of Object.entries(PAGES)) {
  it(`${file} is what the code says (npm run docs)`, () => {
    assert.equal(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), page);
  });
}

it('the reference has a word for everything: no parameter shows as undefined or NaN', () => {
  for (const [file, page] of Object.entries(PAGES)) assert.doesNotMatch(page, /undefined|NaN|\[object|=>/, file);
});

it('settings.md has the keys under each key, also where another key has the same ones', () => {
  const under = (key: string, { until }: { until: string }): readonly string[] => {
    const page = settingsPage();
    const [last] = [...page.matchAll(new RegExp(`^ *- \`${key}\` .*\\{…\\}`, 'gm'))].slice(-1);
    const from = (last?.index ?? 0) + (last?.[0].length ?? 0);
    return [...page.slice(from, page.indexOf(until, from)).matchAll(/^ *- `(\w+)`/gm)].map(
      (match) => match[1] as string,
    );
  };
  assert.deepEqual(under('command', { until: '- `file`' }), ['argv', 'cwd', 'env', 'format', 'select', 'timeout']);
  assert.deepEqual(under('owner', { until: '消息' }), [
    'openId',
    'unionId',
    'userId',
    'chatId',
    'email',
    'mobile',
    'department',
    'name',
    'webhook',
    'secret',
  ]);
});
