import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { larkcron, sandboxOf } from './fixture.ts';

const APP = ['--app-id', 'cli_good', '--secret-stdin', '--yes'];
const errorOf = (stdout: string): { code: string; message: string; hint: string | null } =>
  (JSON.parse(stdout) as { error: { code: string; message: string; hint: string | null } }).error;

interface Made {
  readonly directory: string;
  readonly sandbox: boolean;
  readonly app: { state: string; steps: { step: string; state: string; link: string }[] } | null;
  readonly next: readonly string[];
}

describe('larkcron init without a terminal', () => {
  it('asks Feishu once, tells each step, and makes a project that sends', async (t) => {
    const sandbox = await sandboxOf(t);
    const cwd = temporaryFolder();
    const args = ['init', 'p', ...APP, '--recipient', 'ou_ann', '--endpoint', sandbox.url];
    const made = await larkcron(cwd, [...args, '--json'], { input: ' s3cret99 \r\n' });
    assert.equal(made.code, 0, made.stderr);
    const { directory, app, next } = JSON.parse(made.stdout) as Made;
    assert.equal(directory, join(cwd, 'p'));
    assert.deepEqual(
      app?.steps.map(({ step, state }) => `${step}: ${state}`),
      ['app: done', 'bot: done', 'scopes: done', 'version: done', 'availability: done'],
    );
    assert.equal(app?.state, 'ready');
    assert.ok(next.includes('larkcron run store-dashboard --to me'));
    assert.match(readFileSync(join(directory, '.env'), 'utf8'), /^FEISHU_APP_SECRET=s3cret99$/m);
    assert.equal(statSync(join(directory, '.env')).mode & 0o777, 0o600);
    assert.deepEqual(sandbox.messages(), []);
    const ran = await larkcron(directory, ['run', 'store-dashboard', '--to', 'me']);
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(sandbox.messages()[0]?.recipient.id, 'ou_ann');
  });

  it('steps that are missing are told, and the project is made all the same', async (t) => {
    const sandbox = await sandboxOf(t, { scopes: ['im:message:send_as_bot'] });
    const cwd = temporaryFolder();
    const args = ['--app-id', 'cli_botless_1', '--secret-stdin', '--recipient', 'ou_a', '--endpoint', sandbox.url];
    const made = await larkcron(cwd, ['init', 'p', ...args, '--json'], { input: 's3cret99' });
    assert.equal(made.code, 0, made.stderr);
    const { app } = JSON.parse(made.stdout) as Made;
    assert.equal(app?.state, 'missing');
    assert.deepEqual(
      app?.steps.map(({ step, state }) => `${step}: ${state}`),
      ['app: done', 'bot: missing', 'scopes: done', 'version: open', 'availability: open'],
    );
    assert.equal(app?.steps[1]?.link, 'https://open.feishu.cn/app/cli_botless_1/bot');
  });

  it('refused credentials: exit 1, the reason and its page, nothing written, the secret not told', async (t) => {
    const sandbox = await sandboxOf(t, { app: { id: 'cli_good', secret: 'right999' } });
    const cwd = temporaryFolder();
    const args = ['init', 'p', ...APP, '--recipient', 'ou_a', '--endpoint', sandbox.url];
    const made = await larkcron(cwd, [...args, '--json'], { input: 'wrong-secret-1' });
    assert.equal(made.code, 1);
    assert.equal(errorOf(made.stdout).code, 'app-refused');
    assert.match(errorOf(made.stdout).hint ?? '', /https:\/\/open\.feishu\.cn\/app\/cli_good\/baseinfo/);
    assert.deepEqual(readdirSync(cwd), []);
    assert.doesNotMatch(made.stdout + made.stderr, /wrong-secret-1/);
  });

  it('no network: told, and the project is made', async () => {
    const cwd = temporaryFolder();
    const args = ['init', 'p', ...APP, '--recipient', 'ou_a', '--endpoint', 'http://127.0.0.1:1', '--json'];
    const made = await larkcron(cwd, args, { input: 's3cret99' });
    assert.equal(made.code, 0, made.stderr);
    assert.equal((JSON.parse(made.stdout) as Made).app?.state, 'unreachable');
    assert.ok(existsSync(join(cwd, 'p/larkcron.yaml')));
  });

  it('what is missing or wrong is named: exit 2, nothing written', async () => {
    const table: readonly (readonly [args: readonly string[], input: string, code: string, words: RegExp])[] = [
      [APP, 's3cret99', 'init-needs', /--recipient is missing/],
      [['--app-id', 'cli_a'], '', 'init-needs', /--secret-stdin, --recipient/],
      [['--secret-stdin', '--recipient', 'ou_a'], 's3cret99', 'init-needs', /--app-id/],
      [[...APP, '--recipient', 'ou_a'], '\n', 'init-needs', /--secret-stdin/],
      [[...APP, '--recipient', 'ou_a'], 'two\nlines', 'bad-secret', /line breaks/],
      [[...APP, '--recipient', 'somebody'], 's3cret99', 'unknown-recipient', /somebody/],
      [['--app-id', 'xyz', '--secret-stdin', '--recipient', 'ou_a'], 's3cret99', 'bad-app-id', /xyz/],
      [[...APP, '--recipient', 'ou_a', '--endpoint', 'fishu'], 's3cret99', 'bad-endpoint', /fishu/],
      [['--yes', '--example', 'store-dashbord'], '', 'unknown-example', /store-dashbord/],
      [['--yes', '--typescript', '--example', 'system-health'], '', 'no-typescript', /system-health/],
    ];
    for (const [args, input, code, words] of table) {
      const cwd = temporaryFolder();
      const made = await larkcron(cwd, ['init', 'p', ...args, '--json'], { input });
      assert.equal(made.code, 2, made.stdout);
      assert.equal(errorOf(made.stdout).code, code);
      assert.match(errorOf(made.stdout).message, words);
      assert.deepEqual(readdirSync(cwd), []);
    }
  });

  it('a group as the only recipient, and variables of the environment that win: both are warned of', async () => {
    const cwd = temporaryFolder();
    const args = ['init', ...APP, '--recipient', 'oc_group', '--endpoint', 'http://127.0.0.1:1'];
    const made = await larkcron(cwd, args, { input: 's3cret99', env: { FEISHU_APP_ID: 'cli_other' } });
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stderr, /The owner is the group oc_group/);
    assert.match(made.stderr, /FEISHU_APP_ID, which wins/);
  });
});

describe('the folder of a new project', () => {
  const make = (cwd: string, args: readonly string[] = []) =>
    larkcron(cwd, ['init', '--yes', '--sandbox', '--json', ...args]);

  it('may have blanks, Chinese and % in its name, in which the project works', async () => {
    for (const name of ['my reports', '日报 推送', 'a%20b', "it's"]) {
      const cwd = temporaryFolder();
      const made = await make(cwd, [name]);
      assert.equal(made.code, 0, made.stdout);
      assert.ok(existsSync(join(cwd, name, 'larkcron.yaml')));
      const [cd = ''] = (JSON.parse(made.stdout) as Made).next;
      assert.equal((await larkcron(cwd, ['-C', name, 'preview', 'store-dashboard'])).code, 0);
      assert.match(cd, /^cd /);
    }
  });

  it('nothing that is there is overwritten: it is named, and nothing is written', async () => {
    const table: readonly (readonly [file: string, named: string])[] = [
      ['.env', '.env'],
      ['larkcron.yaml', 'larkcron.yaml'],
      ['AGENTS.md', 'AGENTS.md'],
      ['sales.db', 'sales.db'],
      ['jobs/store-dashboard.yaml', 'store-dashboard.yaml'],
      ['jobs/store-dashboard.ts', 'store-dashboard.yaml'],
    ];
    for (const [file, named] of table) {
      const cwd = temporaryFolder();
      mkdirSync(join(cwd, 'jobs'));
      writeFileSync(join(cwd, file), 'mine');
      const made = await make(cwd);
      assert.equal(made.code, 2, file);
      assert.equal(errorOf(made.stdout).code, 'folder-not-empty');
      assert.match(errorOf(made.stdout).message, new RegExp(named.replaceAll('.', '\\.')));
      assert.equal(readFileSync(join(cwd, file), 'utf8'), 'mine');
      assert.deepEqual(
        readdirSync(cwd, { recursive: true }).filter((each) => each !== 'jobs'),
        [file],
      );
    }
  });

  it('other jobs and files stay, and a .gitignore gets the lines it lacks', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'jobs'));
    writeFileSync(join(cwd, 'jobs/mine.yaml'), 'to: [ou_a]\ntext: mine\n');
    writeFileSync(join(cwd, '.gitignore'), 'dist\n.env');
    assert.equal((await make(cwd)).code, 0);
    assert.equal(readFileSync(join(cwd, 'jobs/mine.yaml'), 'utf8'), 'to: [ou_a]\ntext: mine\n');
    assert.equal(readFileSync(join(cwd, '.gitignore'), 'utf8'), 'dist\n.env\n.larkcron/\nsales.db\n');
  });

  it('that cannot be made is an error with its reason, and leaves nothing', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'file'), 'mine');
    const made = await make(cwd, ['file/p']);
    assert.equal(made.code, 1, made.stdout);
    assert.equal(errorOf(made.stdout).code, 'folder-unwritable');
    assert.deepEqual(readdirSync(cwd), ['file']);
  });

  it('that fails half way is cleared of what was begun', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'schemas'), 'a file where a folder is to be');
    const made = await make(cwd);
    assert.equal(made.code, 1, made.stdout);
    assert.equal(errorOf(made.stdout).code, 'folder-unwritable');
    assert.deepEqual(readdirSync(cwd), ['schemas']);
  });
});
