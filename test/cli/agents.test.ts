import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../../src/cli/commands.ts';
import { createProject } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const page = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../examples/_project/${name}`, import.meta.url)), 'utf8');

for (const name of ['AGENTS.md', 'AGENTS.zh-CN.md']) {
  it(`${name} names commands and options that there are`, () => {
    const calls = [...page(name).matchAll(/`larkcron ([a-z]+)([^`]*)`/g)];
    assert.ok(calls.length >= 6);
    for (const [, verb = '', rest = ''] of calls) {
      const command = COMMANDS.find((each) => each.name === verb);
      assert.ok(command, `larkcron ${verb}`);
      const known = ['--json', ...(command.options ?? []).map(({ flags }) => flags.split(/[ ,]/)[0])];
      for (const [option] of rest.matchAll(/--[a-z-]+/g))
        assert.ok(known.includes(option), `larkcron ${verb} ${option}`);
    }
  });
}

for (const example of ['store-dashboard', 'price-update', 'system-health']) {
  it(`init --example ${example}: a sound project with AGENTS.md, and schemas that its files name`, async () => {
    const folder = join(temporaryFolder(), 'p');
    const { larkcron } = createProject({});
    const made = await larkcron(['init', folder, '--yes', '--sandbox', '--example', example]);
    assert.equal(made.code, 0, made.stderr);
    assert.equal(readFileSync(join(folder, 'AGENTS.md'), 'utf8'), page('AGENTS.md'));
    const [, schema = ''] =
      /^# yaml-language-server: \$schema=(\S+)/.exec(readFileSync(join(folder, 'larkcron.yaml'), 'utf8')) ?? [];
    assert.ok(existsSync(join(folder, schema)), schema);
    const checked = await larkcron(['-C', folder, 'check', '--json']);
    assert.equal((JSON.parse(checked.stdout) as { ok: boolean }).ok, true);
    const next = made.stdout.match(/larkcron preview (\S+)/)?.[1] ?? '';
    assert.equal((await larkcron(['-C', folder, 'preview', next])).code, 0);
  });
}
