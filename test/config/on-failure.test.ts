import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { checkProject } from '../../src/check/check-project.ts';
import { loadProject, type Project } from '../../src/config/load.ts';
import { HOUR, SECOND } from '../../src/model/time.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const APPS = 'apps:\n  default: { id: cli_x, secret: s }\n  backup: { id: cli_y, secret: s }\n';

const load = (settings: string, job: string): Project => {
  const folder = temporaryFolder();
  const files = { 'larkcron.yaml': APPS + settings, 'jobs/sales.yaml': `to: [ou_a]\ntext: hi\n${job}` };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return loadProject(join(folder, 'larkcron.yaml'), {});
};

const policyOf = (settings: string, job: string) => {
  const policy = load(settings, job).jobs[0]?.onFailure;
  const { via = null } = policy ?? {};
  return {
    notify: policy?.notify.map(({ shown }) => shown),
    after: policy?.after,
    remind: policy?.remind,
    via: via === null ? null : via.is === 'app' ? via.app : via.is === 'webhook' ? via.recipient.shown : via.argv,
  };
};

describe('what holds for a job', () => {
  it('nothing written: the owner, at once, no reminder', () => {
    assert.deepEqual(policyOf('owner: ou_o\n', ''), { notify: ['ou_o'], after: 1, remind: null, via: null });
  });

  it('the settings, key by key, unless the job says otherwise', () => {
    const settings = 'owner: ou_o\nonFailure: { notify: [ou_n, oc_n], after: 2, remind: 1h, via: backup }\n';
    assert.deepEqual(policyOf(settings, ''), { notify: ['ou_n', 'oc_n'], after: 2, remind: HOUR, via: 'backup' });
    assert.deepEqual(policyOf(settings, 'onFailure: { after: 5, remind: 30s, via: { command: [a, b] } }\n'), {
      notify: ['ou_n', 'oc_n'],
      after: 5,
      remind: 30 * SECOND,
      via: ['a', 'b'],
    });
    assert.deepEqual(policyOf(settings, 'onFailure: { notify: ou_j }\n').notify, ['ou_j']);
  });

  it("a job's own owner comes before whom the settings name", () => {
    assert.deepEqual(policyOf('onFailure: { notify: ou_n }\n', 'owner: ou_j\n').notify, ['ou_j']);
  });

  it('a custom bot by its name, or spelled out; its address is kept apart', () => {
    const bot = '{ name: ops, webhook: "https://open.feishu.cn/open-apis/bot/v2/hook/0a1b" }';
    assert.equal(policyOf(`recipients: { ops: [${bot}] }\n`, 'onFailure: { via: "webhook:ops" }\n').via, 'webhook:ops');
    const project = load('', `onFailure: { via: ${bot} }\n`);
    assert.doesNotMatch(JSON.stringify(project.jobs), /0a1b/);
    assert.equal(project.webhooks.get('ops')?.url.endsWith('0a1b'), true);
  });
});

describe('check warns, and no more', () => {
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['nobody and no way', '', '', ['no-owner', 'no-second-way', 'job-no-owner']],
    ['an owner of the job alone', '', 'owner: ou_j\n', ['no-owner', 'no-second-way']],
    ['a second way of one job', 'owner: ou_o\n', 'onFailure: { via: { command: [x] } }\n', []],
    ['no owner, but a program', 'onFailure: { via: { command: [x] } }\n', '', ['no-owner']],
    ['its own app', 'owner: ou_o\n', 'app: backup\nonFailure: { via: backup }\n', ['via-same-app']],
    ['its own app, from the settings', 'owner: ou_o\nonFailure: { via: default }\n', '', ['via-same-app']],
    ['an open_id by another app', 'owner: ou_o\nonFailure: { via: backup }\n', '', ['via-open-id']],
    ['an e-mail address by another app', 'owner: a@b.cn\nonFailure: { via: backup }\n', '', []],
  ];
  for (const [name, settings, job, found] of cases) {
    it(name, () => {
      const problems = checkProject(load(settings, job), [], Date.UTC(2026, 5, 1));
      assert.deepEqual(
        problems.map(({ code }) => code),
        found,
      );
      assert.ok(problems.every(({ severity, at, hint }) => severity === 'warning' && at !== null && hint?.zh));
    });
  }

  it('what the settings say wrong for several jobs is said once', () => {
    const project = load('owner: ou_o\nonFailure: { via: default }\n', '');
    const [job] = project.jobs;
    const twice = { ...project, jobNames: ['sales', 'more'], jobs: [job!, { ...job!, name: 'more' }] };
    assert.equal(checkProject(twice, [], Date.UTC(2026, 5, 1)).length, 1);
  });
});
