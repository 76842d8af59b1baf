import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { PAGES } from '../../scripts/reference/pages.ts';

for (const [file, page] of Object.entries(PAGES)) {
  it(`${file} is what the code says (npm run docs)`, () => {
    assert.equal(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), page());
  });
}
