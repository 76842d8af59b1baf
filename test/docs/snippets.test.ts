import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkProject } from '../../src/check/check-project.ts';
import { loadProject } from '../../src/config/load.ts';
import { LarkcronError, type Problem } from '../../src/model/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The card reference is made of a project's jobs, which are read as one (scripts/reference/card-examples.ts). */
const isMade = (page: string): boolean => page.startsWith('docs/reference/cards/');

const PAGES = [
  'README.md',
  'README.zh-CN.md',
  ...globSync(['docs/**/*.md', 'examples/_project/*.md'], { cwd: root }).sort(),
].filter((page) => !isMade(page));

const SETTINGS = `apps:
  default: { id: cli_x, secret: s }
owner: ou_owner
onFailure: { via: { command: [tell] } }
`;

const blocksOf = (page: string): string[] => {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] as string);
  assert.equal(blocks.length, text.match(/^\s*(```|~~~)\s*ya?ml/gm)?.length ?? 0, 'a block fenced in another way');
  return blocks;
};

const findings = (files: Readonly<Record<string, string>>): readonly Problem[] => {
  const folder = temporaryFolder();
  for (const [file, text] of Object.entries({ 'larkcron.yaml': SETTINGS, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  try {
    const variables = Object.fromEntries(
      [
        ...Object.values(files)
          .join('')
          .matchAll(/\$\{(\w+)/g),
      ].map((match) => [match[1] as string, 'feishu']),
    );
    return checkProject(loadProject(join(folder, 'larkcron.yaml'), variables), [], Date.UTC(2026, 5, 1));
  } catch (error) {
    if (error instanceof LarkcronError && error.problems.length > 0) return error.problems;
    throw error;
  }
};

describe('every YAML block of README and docs goes through check', () => {
  it('and there are some', () => assert.ok(PAGES.flatMap(blocksOf).length >= 6));

  it('and a fault in one is found', () => {
    const codes = (files: Readonly<Record<string, string>>) => findings(files).map(({ code }) => code);
    assert.deepEqual(codes({ 'jobs/a.yaml': 'to: ou_a\ntext: x\nshedule: x\n' }), ['unknown-key']);
    assert.ok(codes({ 'larkcron.yaml': 'timezone: Mars\n' }).includes('unknown-timezone'));
  });

  for (const page of PAGES) {
    it(page, () => {
      const files: Record<string, string> = {};
      for (const block of blocksOf(page)) {
        const name = /^# (larkcron\.yaml|jobs\/[\w-]+\.yaml)/.exec(block)?.[1];
        assert.ok(name, `a block that does not say which file it is:\n${block}`);
        assert.equal(files[name], undefined, `${name} stands on this page twice`);
        files[name] = block;
      }
      // the data itself is not part of a page
      const faults = findings(files).filter(({ severity, code }) => severity === 'error' && code !== 'file-missing');
      assert.deepEqual(
        faults.map(({ code, at, message }) => `${at?.file}:${at?.line} ${code} ${message.en}`),
        [],
      );
    });
  }
});
