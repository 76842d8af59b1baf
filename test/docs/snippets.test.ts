import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkProject } from '../../src/check/check-project.ts';
import { loadProject } from '../../src/config/load.ts';
import { LarkcronError, type Problem } from '../../src/model/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = [
  'README.md',
  'README.zh-CN.md',
  'docs/guide/getting-started.md',
  'docs/guide/getting-started.zh-CN.md',
  'docs/reference/settings.md',
];

const SETTINGS = `apps:
  default: { id: cli_x, secret: s }
owner: ou_owner
`;

const blocksOf = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```yaml\n(.*?)^```/gms)].map((match) => match[1] as string);

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
    return checkProject(loadProject(join(folder, 'larkcron.yaml'), variables), []);
  } catch (error) {
    if (error instanceof LarkcronError) return error.problems;
    throw error;
  }
};

describe('every YAML block of README and docs goes through check', () => {
  for (const page of PAGES) {
    it(page, () => {
      const blocks = blocksOf(page);
      assert.ok(blocks.length > 0);
      const files = Object.fromEntries(
        blocks.map((block) => {
          const name = /^# (larkcron\.yaml|jobs\/[\w-]+\.yaml)/.exec(block)?.[1];
          assert.ok(name, `a block that does not say which file it is:\n${block}`);
          return [name, block];
        }),
      );
      // the data itself is not part of a page
      const faults = findings(files).filter(({ severity, code }) => severity === 'error' && code !== 'file-missing');
      assert.deepEqual(
        faults.map(({ code, at, message }) => `${at?.file}:${at?.line} ${code} ${message.en}`),
        [],
      );
    });
  }
});
