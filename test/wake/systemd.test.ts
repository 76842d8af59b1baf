import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { unitName, unitText } from '../../src/wake/systemd.ts';
import { createProject, until } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PLACES = {
  node: '/usr/bin/node',
  program: '/opt/larkcron/larkcron.js',
  config: '/srv/门店 100%/larkcron.yaml',
  uid: 1000,
};
const isHere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

describe('the unit', () => {
  it('starts the project, by absolute paths that systemd reads as they are', () => {
    const unit = unitText({ ...PLACES, scope: 'system' });
    assert.match(
      unit,
      /^ExecStart="\/usr\/bin\/node" "\/opt\/larkcron\/larkcron\.js" "start" "--config" "\/srv\/门店 100%%\/larkcron\.yaml" "--quiet"$/m,
    );
    assert.match(unit, /^WorkingDirectory=\/srv\/门店 100%%$/m);
    assert.match(unit, /^ReadWritePaths="\/srv\/门店 100%%\/\.larkcron"$/m);
    assert.match(unit, /^User=1000$/m);
    assert.doesNotMatch(unitText({ ...PLACES, scope: 'user' }), /User=|ReadWritePaths/);
    assert.match(
      unitText({ ...PLACES, config: '/srv/a$b"c/larkcron.yaml', scope: 'user' }),
      /"\/srv\/a\$\$b\\"c\/larkcron\.yaml"/,
    );
  });
  it('has a name that systemd takes, another for another project', () => {
    assert.match(unitName(PLACES.config), /^larkcron-100-[0-9a-f]{8}\.service$/);
    assert.match(unitName('/srv/门店/larkcron.yaml'), /^larkcron-[0-9a-f]{8}\.service$/);
    assert.notEqual(unitName('/a/shop/larkcron.yaml'), unitName('/b/shop/larkcron.yaml'));
  });
  for (const scope of ['system', 'user'] as const)
    it(`is verified by systemd-analyze: ${scope}`, (t) => {
      if (!isHere('systemd-analyze')) return t.skip('there is no systemd-analyze here');
      const folder = temporaryFolder();
      const project = join(folder, '门店 100%');
      mkdirSync(project);
      const config = join(project, 'larkcron.yaml');
      const file = join(folder, unitName(config));
      writeFileSync(file, unitText({ node: process.execPath, program: config, config, scope, uid: 0 }));
      const checked = spawnSync('systemd-analyze', [...(scope === 'user' ? ['--user'] : []), 'verify', file], {
        encoding: 'utf8',
        env: { ...process.env, XDG_RUNTIME_DIR: folder },
      });
      const ours = checked.stderr.split('\n').filter((line) => line.includes(unitName(config)));
      assert.deepEqual(ours, [], checked.stderr);
    });
});

/** Programs of the test's own in the place of systemd's, which note what they were asked. */
const programs = (names: readonly string[], exit = 0) => {
  const folder = temporaryFolder();
  const log = join(folder, 'asked');
  for (const name of names) {
    const file = join(folder, name);
    writeFileSync(
      file,
      `#!/bin/sh\necho "${name} $*" >> '${log}'\n[ ${exit} = 0 ] || echo 'no systemd' >&2\nexit ${exit}\n`,
    );
    chmodSync(file, 0o755);
  }
  return {
    path: `${folder}:/usr/bin:/bin`,
    asked: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
};

const setUp = async (t: TestContext) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  return createProject({ 'jobs/often.yaml': 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hi\n' }, sandbox.url);
};

it('systemd install puts the unit in its place and starts it; remove takes all of it away', async (t) => {
  const project = await setUp(t);
  const { path, asked } = programs(['systemctl']);
  const env = { PATH: path, HOME: project.folder };
  const shown = JSON.parse((await project.larkcron(['systemd', 'show', '--user', '--json'], env)).stdout) as {
    file: string;
    name: string;
    unit: string;
  };
  const made = await project.larkcron(['systemd', 'install', '--user'], env);
  assert.equal(made.code, 0, made.stderr);
  assert.equal(readFileSync(shown.file, 'utf8'), shown.unit);
  assert.deepEqual(asked(), ['systemctl --user daemon-reload', `systemctl --user enable --now ${shown.name}`]);
  assert.equal((await project.larkcron(['systemd', 'remove', '--user'], env)).code, 0);
  assert.equal(existsSync(shown.file), false);
  assert.deepEqual(asked().slice(2), [
    `systemctl --user disable --now ${shown.name}`,
    'systemctl --user daemon-reload',
  ]);
  assert.match((await project.larkcron(['systemd', 'remove', '--user'], env)).stdout, /not installed/);
  assert.equal((await project.larkcron(['systemd', 'show', '--user', '--system'], env)).code, 2);
});

it('what systemd refuses leaves nothing behind, and says what else there is', async (t) => {
  const project = await setUp(t);
  const { path } = programs(['systemctl'], 1);
  const env = { PATH: path, HOME: project.folder };
  const ended = await project.larkcron(['systemd', 'install', '--user'], env);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /no systemd/);
  assert.match(ended.stderr, /crontab install/);
  const { file } = JSON.parse((await project.larkcron(['systemd', 'show', '--user', '--json'], env)).stdout) as {
    file: string;
  };
  assert.equal(existsSync(file), false);
});

it('start tells systemd when it is ready, that it goes round, and that it stops', async (t) => {
  const project = await setUp(t);
  const { path, asked } = programs(['systemd-notify']);
  const child = project.start(['start'], { PATH: path, NOTIFY_SOCKET: '/run/nowhere' });
  t.after(() => child.kill('SIGKILL'));
  const told = (what: string) => asked().some((line) => line.endsWith(what) && line.includes(`--pid=${child.pid}`));
  await until('it is ready', () => told('READY=1'));
  await until('it goes round', () => told('WATCHDOG=1'));
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGTERM');
  await until('it stops', () => told('STOPPING=1'));
  assert.equal(await ended, 143);
});
