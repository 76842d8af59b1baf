import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { checkProject } from '../../src/check/check-project.ts';
import { loadProject } from '../../src/config/load.ts';
import { LarkcronError, type Problem } from '../../src/model/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SETTINGS = `timezone: Asia/Shanghai
apps:
  default: { id: cli_x, secret: s }
owner: ou_owner
recipients:
  managers: [ou_a, ou_b]
`;

const findings = (
  files: Readonly<Record<string, string>>,
  environment: Record<string, string> = {},
): readonly Problem[] => {
  const folder = temporaryFolder();
  for (const [file, text] of Object.entries({ 'larkcron.yaml': SETTINGS, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  try {
    return checkProject(loadProject(join(folder, 'larkcron.yaml'), environment), [], Date.UTC(2026, 5, 1));
  } catch (error) {
    if (error instanceof LarkcronError) return error.problems;
    throw error;
  }
};

const job = (text: string) => ({ 'jobs/sales.yaml': text });
const at = ({ at: place, code }: Problem): string => `${code} ${place?.line}:${place?.column}`;

/** What is wrong, where it is found, and what the hint must hold. */
const CASES: readonly [name: string, files: Record<string, string>, found: readonly string[], hint?: RegExp][] = [
  ['an unknown key', job('to: [ou_a]\ntext: hi\nshedule: "@daily"\n'), ['unknown-key 3:1'], /schedule/],
  ['a post beside a text', job('to: [ou_a]\ntext: hi\npost: x\n'), ['two-messages 3:1']],
  [
    'the old name of a job that is still there',
    { ...job('to: [ou_a]\ntext: hi\nwas: old\n'), 'jobs/old.yaml': 'to: [ou_a]\ntext: hi\n' },
    ['was-still-there 1:1'],
    /old file/,
  ],
  ['a wrong type', job('to: [ou_a]\ntext: hi\nattempts: many\n'), ['wrong-type 3:11']],
  ['a missing variable', job('to: [ou_a]\ntext: "${NOBODY}"\n'), ['missing-variable 2:8'], /NOBODY=/],
  ['a bad cron', job('to: [ou_a]\ntext: hi\nschedule: "0 25 * * *"\n'), ['bad-cron 3:12'], /0 18/],
  ['a cron of four fields', job('to: [ou_a]\ntext: hi\nschedule: "0 18 * *"\n'), ['bad-cron 3:12']],
  [
    'an unknown time zone',
    job('to: [ou_a]\ntext: hi\nschedule: { cron: "0 18 * * *", timezone: Asia/Shangai }\n'),
    ['unknown-timezone 3:43'],
    /Asia\/Shanghai/,
  ],
  ['an unknown recipient', job('to: [manager]\ntext: hi\n'), ['unknown-recipient 1:6'], /managers/],
  ['an id of another kind', job('to: [{ openId: oc_x }]\ntext: hi\n'), ['bad-recipient-id 1:6'], /ou_/],
  ['half a mobile number', job('to: [{ mobile: "138" }]\ntext: hi\n'), ['bad-recipient-id 1:6'], /138/],
  ['half an address', job('to: [{ email: ann }]\ntext: hi\n'), ['bad-recipient-id 1:6'], /example/],
  [
    'a custom bot without a name',
    job('to: [{ name: "", webhook: "https://open.feishu.cn/open-apis/bot/v2/hook/x-1" }]\ntext: hi\n'),
    ['bad-recipient-id 1:6'],
  ],
  [
    'a file of certificates that is none',
    { 'larkcron.yaml': `${SETTINGS}network: { ca: larkcron.yaml }\n`, ...job('to: [ou_a]\ntext: hi\n') },
    ['bad-ca 7:16'],
    /PEM/,
  ],
  ['no message', job('to: [ou_a]\n'), ['no-message 1:1']],
  ['two messages', job('to: [ou_a]\ntext: hi\nraw: { elements: [] }\n'), ['two-messages 3:1']],
  ['no recipients', job('to: []\ntext: hi\n'), ['no-recipients 1:1']],
  [
    'a duplicate job',
    { 'jobs/a.yaml': 'to: [ou_a]\ntext: hi\n', 'jobs/a.yml': 'to: [ou_a]\ntext: hi\n' },
    ['duplicate-job 1:1'],
  ],
  [
    'a missing data file',
    job('to: [ou_a]\ntext: hi\ndata:\n  d: { file: { path: gone.csv } }\n'),
    ['file-missing 4:14'],
  ],
  ['a template that is no Liquid', job('to: [ou_a]\ntext: "{{ due | }}{% if %}"\n'), ['template-syntax 2:24']],
  [
    'an unknown variable',
    job('to: [ou_a]\ntext: "{{ stores.first }}"\ndata:\n  store: { rows: [{ a: 1 }] }\n'),
    ['unknown-variable 2:11'],
    /store/,
  ],
  ['an unknown filter', job('to: [ou_a]\ntext: "{{ due | dat: \'%Y\' }}"\n'), ['unknown-filter 2:8'], /date/],
  [
    'a button without a link',
    job('to: [ou_a]\ncard:\n  title: t\n  body:\n    - button: { text: 看 }\n'),
    ['missing-key 5:15'],
  ],
  ['an unknown block', job('to: [ou_a]\ncard:\n  body:\n    - markdwon: x\n'), ['unknown-block 4:7'], /markdown/],
  [
    'an unknown dataset in a table',
    job('to: [ou_a]\ndata:\n  stores: { rows: [{ a: 1 }] }\ncard:\n  body:\n    - table: { rows: store }\n'),
    ['unknown-dataset 6:14'],
    /stores/,
  ],
  ['a reserved dataset name', job('to: [ou_a]\ntext: hi\ndata:\n  due: { rows: [{ a: 1 }] }\n'), ['reserved-name 4:3']],
  ['an unknown app', job('to: [ou_a]\ntext: hi\napp: defualt\n'), ['unknown-app 3:1'], /default/],
  ['a bare number for a duration', job('to: [ou_a]\ntext: hi\ndeliverWithin: 30\n'), ['bad-duration 3:16'], /30s/],
  [
    'a bad endpoint',
    { 'larkcron.yaml': 'apps:\n  default: { id: cli_x, secret: s, endpoint: feihsu }\n' },
    ['bad-endpoint 2:46'],
  ],
  [
    'a second way that nobody knows',
    job('to: [ou_a]\ntext: hi\nonFailure: { via: defualt }\n'),
    ['unknown-via 3:19'],
    /default/,
  ],
  [
    'a custom bot that nobody knows as the second way',
    job('to: [ou_a]\ntext: hi\nonFailure: { via: "webhook:ops" }\n'),
    ['unknown-webhook 3:20'],
  ],
  [
    'a key of onFailure that is not one',
    job('to: [ou_a]\ntext: hi\nonFailure: { remindEvery: 2h }\n'),
    ['unknown-key 3:14'],
    /notify, after, remind, via/,
  ],
  [
    'a program without a name as the second way',
    job('to: [ou_a]\ntext: hi\nonFailure: { via: { command: [] } }\n'),
    ['wrong-type 3:19'],
  ],
  ['no failures at all to wait for', job('to: [ou_a]\ntext: hi\nonFailure: { after: 0 }\n'), ['wrong-type 3:21']],
  [
    'runs that are kept too short',
    { 'larkcron.yaml': `${SETTINGS}retention: { runs: 2d, attempts: 1h }\n`, ...job('to: [ou_a]\ntext: hi\n') },
    ['kept-too-short 7:20', 'kept-too-short 7:34'],
    /8d/,
  ],
  [
    'a calendar of ten years of holidays',
    {
      'larkcron.yaml': `${SETTINGS}calendars: { c: { add: [2026-01-01..2036-01-01] } }\n`,
      ...job('to: [ou_a]\ntext: hi\n'),
    },
    ['bad-days 7:25'],
  ],
  ['settings without apps', { 'larkcron.yaml': 'timezone: Asia/Shanghai\n' }, ['missing-key 1:1']],
];

describe('what is wrong in settings', () => {
  for (const [name, files, found, hint] of CASES) {
    it(`${name}: file, line and column`, () => {
      const problems = findings(files).filter(({ severity }) => severity === 'error');
      assert.deepEqual(problems.map(at), found);
      assert.ok(problems[0]?.message.zh && problems[0].message.en);
      if (hint !== undefined) assert.match(problems[0]?.hint?.en ?? '', hint);
    });
  }

  it('all of it is told at once', () => {
    const all = findings(job('to: [nobody]\ntext: "${NOBODY}"\nschedule: "x"\nattempts: many\ncolour: red\n'));
    const problems = all.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      new Set(problems.map(({ code }) => code)),
      new Set(['unknown-key', 'bad-cron', 'missing-variable', 'wrong-type']),
    );
  });

  it('a broken job leaves the others alone', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'jobs'));
    writeFileSync(join(folder, 'larkcron.yaml'), SETTINGS);
    writeFileSync(join(folder, 'jobs', 'good.yaml'), 'to: [managers]\ntext: hi\n');
    writeFileSync(join(folder, 'jobs', 'bad.yaml'), 'to: [managers]\n');
    writeFileSync(join(folder, 'jobs', '_draft.yaml'), 'nonsense');
    const project = loadProject(join(folder, 'larkcron.yaml'), {});
    assert.deepEqual(
      project.jobs.map(({ name }) => name),
      ['good'],
    );
    assert.deepEqual(project.jobNames, ['bad', 'good']);
    assert.deepEqual(
      project.jobs[0]?.to.map(({ id }) => id),
      ['ou_a', 'ou_b'],
    );
  });

  it('.env is read, and the real environment wins', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'larkcron.yaml'), 'apps:\n  default: { id: "${ID}", secret: "${SECRET:-none}" }\n');
    writeFileSync(join(folder, '.env'), 'ID=cli_file\nSECRET=\n');
    assert.equal(loadProject(join(folder, 'larkcron.yaml'), {}).settings.apps['default']?.id, 'cli_file');
    const real = loadProject(join(folder, 'larkcron.yaml'), { ID: 'cli_real' }).settings.apps['default'];
    assert.deepEqual([real?.id, real?.secret], ['cli_real', 'none']);
  });
});

it('one open_id by two apps is a warning, at the job of the second', () => {
  const found = findings({
    'larkcron.yaml':
      'apps:\n  default: { id: cli_x, secret: s }\n  second: { id: cli_y, secret: s }\nowner: ou_owner\n',
    'jobs/a.yaml': 'to: [ou_a]\ntext: hi\n',
    'jobs/b.yaml': 'app: second\nto: [ops@example.com]\nowner: ops@example.com\ntext: hi\n',
    'jobs/c.yaml': 'app: second\nto: [oc_g]\ntext: hi\n',
  }).filter(({ code }) => code === 'open-id-two-apps');
  assert.deepEqual(
    found.map(({ message, severity, at }) => [
      /ou_\w+/.exec(message.en)?.[0],
      severity,
      /\w\.yaml/.exec(at?.file ?? '')?.[0],
    ]),
    [['ou_owner', 'warning', 'c.yaml']],
  );
});
