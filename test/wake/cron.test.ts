import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, until } from '../support/project.ts';

const missing = !existsSync('/usr/sbin/cron')
  ? "Debian's cron is not installed"
  : process.getuid?.() !== 0
    ? 'starting cron needs root'
    : process.env['CI'] === undefined
      ? 'takes up to a minute; set CI=true to run it'
      : false;

it('the real cron wakes larkcron, and the message arrives', { skip: missing, timeout: 150_000 }, async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  const project = createProject(
    {
      'jobs/often.yaml': 'schedule: "* * * * *"\nto: [ou_a]\ntext: hello\n',
      '.env': `FEISHU_ENDPOINT=${sandbox.url}\n`,
    },
    sandbox.url,
  );
  const before = spawnSync('crontab', ['-l'], { encoding: 'latin1' });

  // its own process group in the foreground, so that it ends with the test; one that runs already serves as well
  const cron = spawn('/usr/sbin/cron', ['-f'], { stdio: 'ignore' });
  t.after(() => cron.kill('SIGTERM'));
  const installed = await project.larkcron(['crontab', 'install', '--json'], { PATH: '/usr/bin:/bin' });
  t.after(() => project.larkcron(['crontab', 'remove'], { PATH: '/usr/bin:/bin' }));
  assert.equal(installed.code, 0, installed.stderr);
  assert.equal(JSON.parse(installed.stdout)['ticked'], true);
  await until('a message that cron had sent', () => sandbox.messages().length > 0, 70_000);

  assert.equal((await project.larkcron(['crontab', 'remove'], { PATH: '/usr/bin:/bin' })).code, 0);
  const after = spawnSync('crontab', ['-l'], { encoding: 'latin1' });
  assert.equal(after.status === 0 ? after.stdout : '', before.status === 0 ? before.stdout : '');
  assert.match(readFileSync(`${project.folder}/.larkcron/logs/push.log`, 'utf8'), /message_id=om_/);
});
