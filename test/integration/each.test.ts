import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { digest } from '../../src/base/ids.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

const setUp = async (t: TestContext, job: string, rows: Rows, faults: readonly string[] = []) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const project = createProject({ 'larkcron.yaml': SETTINGS, 'jobs/j.yaml': job }, sandbox.url);
  const write = (all: Rows): void => project.write('p.json', JSON.stringify(all));
  write(rows);
  /** what each of them got, the owner's notices aside */
  const got = (): string[] =>
    sandbox
      .messages()
      .filter(({ recipient, msgType }) => recipient.id !== 'ou_owner' && msgType === 'text')
      .map(({ recipient, content }) => `${recipient.id}: ${(JSON.parse(content) as { text: string }).text}`)
      .sort();
  const notices = () => sandbox.messages().filter(({ recipient }) => recipient.id === 'ou_owner');
  return { sandbox, project, write, got, notices };
};

const DATA = 'data:\n  stores: { file: { path: p.json } }\n';
const NAMES = 'text: "{% for r in mine.rows %}{{ r.name }} {% endfor %}of {{ stores.rows.size }}"\n';
const TO = 'to: { from: stores, column: who }\n';

const STORES: Rows = [
  { name: 'A', who: 'ou_1', sales: 1 },
  { name: 'B', who: 'ou_2', sales: 2 },
  { name: 'C', who: 'ou_1', sales: 3 },
];

it('each gets one message about their own rows; one run', async (t) => {
  const { project, got, notices } = await setUp(t, TO + DATA + NAMES, STORES);
  const { code, stderr } = await project.larkcron(['run', 'j']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(got(), ['ou_1: A C of 3', 'ou_2: B of 3']);
  assert.equal((await lastRun(project)).run?.state, 'delivered');
  assert.equal(notices().length, 0);
});

it('a card, its table and what is attached show nobody else', async (t) => {
  const { sandbox, project } = await setUp(
    t,
    `${TO}${DATA}card:
  title: "{{ mine.rows.size }}"
  color: { red: mine.first.sales < 2, else: green }
  body:
    - table: { rows: mine, columns: [name] }
    - metrics: [{ name: sum, label: S, value: "{{ mine.first.sales }}" }]
attach: [{ csv: mine }]
`,
    STORES,
  );
  const { code, stderr, stdout } = await project.larkcron(['run', 'j']);
  assert.equal(code, 0, stderr + stdout);
  const cards = sandbox.messages().filter(({ msgType }) => msgType === 'interactive');
  const of = (who: string) => cards.find(({ recipient }) => recipient.id === who)?.content ?? '';
  assert.match(of('ou_1'), /"template":"red".*"c1":"A".*"c1":"C"/s);
  assert.doesNotMatch(of('ou_1'), /"c1":"B"/);
  assert.match(of('ou_2'), /"template":"green".*"c1":"B"/s);
  assert.equal(sandbox.messages().filter(({ msgType }) => msgType === 'file').length, 2);
});

it('addresses that are empty or none go to nobody and are listed to the owner; the others get theirs', async (t) => {
  const { project, got, notices } = await setUp(t, TO + DATA + NAMES, [
    ...STORES,
    { name: 'D', who: null },
    { name: 'E', who: ' ' },
    { name: 'F', who: 'nobody\n<at id=all></at>' },
  ]);
  const { code } = await project.larkcron(['run', 'j']);
  assert.equal(code, 1);
  assert.deepEqual(got(), ['ou_1: A C of 6', 'ou_2: B of 6']);
  const { run, deliveries } = await lastRun(project);
  assert.notEqual(run, null);
  assert.deepEqual(
    deliveries.map(({ reason }) => reason?.code).filter((code) => code !== undefined),
    [],
    'the newest run is the notice',
  );
  assert.equal(notices().length, 1);
  assert.match(notices()[0]?.content ?? '', /stores\.who/);
  assert.match(notices()[0]?.content ?? '', /nobody/);
  const shown = await project.larkcron(['history', '--json']);
  const { runs } = JSON.parse(shown.stdout) as { runs: { id: string; job: string | null; state: string }[] };
  const own = runs.find(({ job }) => job === 'j');
  assert.equal(own?.state, 'partial');
  const show = await project.larkcron(['show', own?.id ?? '']);
  assert.match(show.stdout, /who of stores is empty \(row 4, 5\)/);
  assert.match(show.stdout, /"nobody <at id=all><\/at>" in who of stores is no recipient \(row 6\)/);
  const again = await project.larkcron(['resend', own?.id ?? '']);
  assert.deepEqual(got().length, 2, again.stdout);
});

it('one person under an e-mail address and an id gets one message about all of their rows', async (t) => {
  // the same address has the same id whenever it is looked up
  const one = `ou_${digest(['open_id', 'cli_test', 'one@example.com'], 32)}`;
  const { project, got } = await setUp(t, TO + DATA + NAMES, [
    { name: 'A', who: one },
    { name: 'B', who: 'One@example.com' },
    { name: 'C', who: 'ou_2' },
    { name: 'D', who: one },
    { name: 'E', who: 'one@example.com' },
  ]);
  const { code, stderr } = await project.larkcron(['run', 'j']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(got(), [`${one}: A B D E of 5`, 'ou_2: C of 5'].sort());
});

it('more than maxRecipients, as after a wrong join: nothing is sent', async (t) => {
  const many = Array.from({ length: 11 }, (_, i) => ({ name: `s${i}`, who: `ou_${i}` }));
  const { project, got } = await setUp(t, `${TO}maxRecipients: 10\n${DATA}${NAMES}`, many);
  assert.equal((await project.larkcron(['run', 'j'])).code, 1);
  assert.deepEqual(got(), []);
});

it('without rows there is nobody to send to, and that is said', async (t) => {
  const { project, got } = await setUp(t, TO + DATA + NAMES, []);
  const { code } = await project.larkcron(['run', 'j']);
  assert.equal(code, 0);
  assert.equal((await lastRun(project)).run?.reason?.code, 'no-recipients');
  assert.deepEqual(got(), []);
});

it('preview shows one recipient and says how many; --for chooses; --to me sends one with somebody’s rows', async (t) => {
  const { sandbox, project, got } = await setUp(t, TO + DATA + NAMES, STORES);
  const first = await project.larkcron(['preview', 'j']);
  assert.match(first.stdout, /^A C of 3/);
  assert.match(first.stderr, /rows of ou_1, one of 2 recipients/);
  assert.match((await project.larkcron(['preview', 'j', '--for', 'ou_2'])).stdout, /^B of 3/);
  assert.equal((await project.larkcron(['preview', 'j', '--for', 'ou_9'])).code, 2);
  const dry = await project.larkcron(['run', 'j', '--dry-run', '--json']);
  assert.deepEqual((JSON.parse(dry.stdout) as { recipients: string[] }).recipients, ['ou_1', 'ou_2']);
  const test = await project.larkcron(['run', 'j', '--to', 'me']);
  assert.equal(test.code, 0, test.stderr);
  assert.match(test.stderr, /rows of ou_1/);
  await project.larkcron(['run', 'j', '--to', 'ou_2']);
  assert.deepEqual(
    sandbox.messages().map(({ recipient, content }) => [recipient.id, (JSON.parse(content) as { text: string }).text]),
    [
      ['ou_owner', '【测试】A C of 3'],
      ['ou_2', '【测试】B of 3'],
    ],
  );
  assert.equal(got().length, 1);
});

it('with changed, only those whose rows changed are written to, with their own changes', async (t) => {
  const { project, write, got } = await setUp(
    t,
    `${TO}${DATA}changed: { key: name, columns: [sales] }\ntext: "{% for r in mine.changed.rows %}{{ r.name }} {{ r.sales_old }}→{{ r.sales }} {% endfor %}+{{ mine.added.rows.size }}"\n`,
    STORES,
  );
  assert.equal((await project.larkcron(['run', 'j'])).code, 0);
  assert.deepEqual(got(), ['ou_1: +2', 'ou_2: +1']);
  write(STORES.map((row) => (row['name'] === 'C' ? { ...row, sales: 30 } : row)));
  assert.equal((await project.larkcron(['run', 'j'])).code, 0);
  assert.deepEqual(got(), ['ou_1: +2', 'ou_1: C 3→30 +0', 'ou_2: +1']);
});

it('last.figures are those of the recipient’s own card', async (t) => {
  const { sandbox, project } = await setUp(
    t,
    `${TO}${DATA}card:
  title: "before {{ last.figures.sales | default: 'nothing' }}"
  body:
    - metrics: [{ name: sales, label: S, value: "{{ mine.first.sales }}" }]
`,
    STORES,
  );
  for (const _ of [1, 2]) assert.equal((await project.larkcron(['run', 'j'])).code, 0);
  assert.deepEqual(
    sandbox
      .messages()
      .map(({ recipient, content }) => `${recipient.id} ${/before \w+/.exec(content)?.[0]}`)
      .sort(),
    ['ou_1 before 1', 'ou_1 before nothing', 'ou_2 before 2', 'ou_2 before nothing'],
  );
});

it('resend sends each the message of their own that did not arrive', async (t) => {
  const { project, got } = await setUp(t, TO + DATA + NAMES, STORES, ['230013:recipient=ou_2,times=1']);
  assert.equal((await project.larkcron(['run', 'j'])).code, 1);
  const { stdout } = await project.larkcron(['history', '--json']);
  const { runs } = JSON.parse(stdout) as { runs: { id: string; job: string | null }[] };
  const id = runs.find(({ job }) => job === 'j')?.id ?? '';
  assert.equal((await project.larkcron(['resend', id, '--render'])).code, 2);
  assert.equal((await project.larkcron(['resend', id])).code, 0);
  assert.deepEqual(got(), ['ou_1: A C of 3', 'ou_2: B of 3']);
});

it('a card that Feishu refuses: the plain one goes to who lacks it', async (t) => {
  const { sandbox, project } = await setUp(
    t,
    `${TO}${DATA}card:\n  title: T\n  body:\n    - table: { rows: mine, columns: [name] }\n`,
    STORES,
    ['230099:200621:recipient=ou_2,times=1'],
  );
  assert.equal((await project.larkcron(['run', 'j'])).code, 1);
  const files = sandbox.messages().filter(({ msgType }) => msgType === 'file');
  assert.deepEqual(
    files.map(({ recipient }) => recipient.id),
    ['ou_2'],
  );
});
