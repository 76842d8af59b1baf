import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { larkcron } from './fixture.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const written = readdirSync(EXAMPLES).filter(
  (name) => !name.startsWith('_') && existsSync(join(EXAMPLES, name, 'typescript')),
);
assert.ok(written.length > 0);

for (const example of written) {
  it(`init --typescript --example ${example}: the same card as the YAML job makes, and a sound project`, async () => {
    const cwd = temporaryFolder();
    const init = ['init', '--yes', '--sandbox', '--example', example];
    assert.equal((await larkcron(cwd, [...init, 'yaml'])).code, 0);
    assert.equal((await larkcron(cwd, [...init, 'ts', '--typescript'])).code, 0);
    const card = async (project: string, job: string): Promise<string> => {
      const { code, stdout, stderr } = await larkcron(cwd, ['-C', project, 'preview', job, '--card', '--due', 'last']);
      assert.equal(code, 0, stderr);
      return stdout.replace(/\d\d:\d\d/g, 'HH:MM'); // the minute it was made in
    };
    for (const file of readdirSync(join(EXAMPLES, example, 'typescript'))) {
      const job = basename(file, '.ts');
      assert.deepEqual(
        readdirSync(join(cwd, 'ts/jobs')).filter((each) => each.startsWith(`${job}.`)),
        [file],
      );
      assert.deepEqual(JSON.parse(await card('ts', job)), JSON.parse(await card('yaml', job)));
    }
    const checked = await larkcron(cwd, ['-C', 'ts', 'check', '--json']);
    assert.equal((JSON.parse(checked.stdout) as { ok: boolean }).ok, true);
    for (const file of ['package.json', 'tsconfig.json']) JSON.parse(readFileSync(join(cwd, 'ts', file), 'utf8'));
    assert.match(readFileSync(join(cwd, 'ts/.gitignore'), 'utf8'), /^node_modules\/$/m);
  });
}
