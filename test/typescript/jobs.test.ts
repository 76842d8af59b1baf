import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const setUp = async (t: TestContext, files: Readonly<Record<string, string>>) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), ...files }, sandbox.url);
  const content = (): string => sandbox.messages().at(-1)?.content ?? '';
  return { sandbox, project, content };
};

const job = (keys: string): string => `import { defineJob, markdown } from 'larkcron';
export default defineJob({
  to: 'ou_a',
${keys}
});
`;

describe('a job in TypeScript', () => {
  it('runs, its sources and its card being functions, whatever a package.json says', async (t) => {
    const { project, content } = await setUp(t, {
      'package.json': '{ "type": "commonjs" }',
      'jobs/_stores.ts': 'export const stores = async () => [{ name: "A", sales: 10n ** 20n, at: new Date(0) }];\n',
      'jobs/day.ts': `import { stores } from './_stores.ts';\n${job(`  data: { stores, best: ({ stores }) => stores.rows[0] },
  when: ({ best }) => best.rows.length === 1,
  card: ({ stores, best, due }) => ({
    title: \`Day \${due instanceof Date}\`,
    body: [
      { markdown: markdown\`**\${best.first.name}** \${stores.first.sales} \${stores.first.at}\` },
      { table: { rows: stores.rows.map(({ name }) => ({ name })) } },
    ],
  }),`)}`,
    });
    const ran = await project.larkcron(['run', 'day']);
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(content(), /Day true/);
    assert.match(content(), /\*\*A\*\* 100000000000000000000 1970/);
    assert.match(content(), /"rows":\[\{"c1":"A"\}\]/);
  });

  it('runs in a project that is reached by a link', async (t) => {
    const { project, content } = await setUp(t, {
      'jobs/_word.ts': "import { markdown } from 'larkcron';\nexport const word = typeof markdown;\n",
      'jobs/day.ts': `import { word } from './_word.ts';\n${job('  text: () => `a ${word}`,')}`,
    });
    const link = `${temporaryFolder()}/current`;
    symlinkSync(project.folder, link);
    const ran = await project.larkcron(['-C', link, 'run', 'day']);
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    assert.match(content(), /a function/);
  });

  it('what a function returns is data: no template, no variable, no markup, no mention', async (t) => {
    const hostile = '<at id=all></at> {{ due }} ${HOME} [x](https://a.b) **b**';
    const { project, content } = await setUp(t, {
      'jobs/day.ts': job(`  card: () => {
    const v = ${JSON.stringify(hostile)};
    return {
      title: v,
      body: [{ markdown: v }, { markdown: markdown\`**\${v}**\` }, { text: v }, { fields: { [v]: v } },
        { table: { rows: [{ [v]: v }] } }, { button: { text: v, url: 'https://example.com' } }],
    };
  },`),
    });
    const ran = await project.larkcron(['run', 'day']);
    assert.equal(ran.code, 0, ran.stderr);
    assert.doesNotMatch(content(), /nonexistent/);
    const card = JSON.parse(content()) as { header: { title: { content: string } }; body: { elements: object[] } };
    assert.equal(card.header.title.content, hostile);
    for (const { tag, content: text } of card.body.elements as { tag: string; content: string }[])
      if (tag === 'markdown') assert.doesNotMatch(text, /<at|\]\(https|\{\{ due \}\}.*2026/);
  });

  it('strings of the job itself are templates, as in YAML', async (t) => {
    const { project, content } = await setUp(t, {
      'jobs/day.ts': job("  data: { d: { rows: [{ v: 7 }] } },\n  text: 'v is {{ d.first.v }}',"),
    });
    assert.equal((await project.larkcron(['run', 'day'])).code, 0);
    assert.match(content(), /v is 7/);
  });

  it('a when that says false is a skipped run', async (t) => {
    const { project } = await setUp(t, { 'jobs/day.ts': job("  when: () => false,\n  text: 'x',") });
    assert.equal((await project.larkcron(['run', 'day'])).code, 0);
    const { run } = await lastRun(project);
    assert.deepEqual([run?.state, run?.reason?.code], ['skipped', 'condition-false']);
  });
});

describe('what is wrong in a TypeScript job is said with its line', () => {
  const FAULTS: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'an unknown key',
      job("  shedule: '0 9 * * *',\n  text: 'x',"),
      'check',
      /day\.ts:4:3: .*no key shedule here[\s\S]*schedule/,
    ],
    ['a wrong value', job("  attempts: 99,\n  text: 'x',"), 'check', /day\.ts:4:3: .*1 to 50/],
    [
      'code that throws when it is read',
      `${job("  text: 'x',")}\nthrow new Error('broken');\n`,
      'check',
      /day\.ts:7:7: .*broken/,
    ],
    ['syntax', 'export default {\n  to: \n};;;)\n', 'check', /day\.ts:\d.*code/],
    [
      'an enum',
      'enum A { B }\nexport default { to: "ou_a", text: String(A.B) };\n',
      'check',
      /day\.ts:1.*\[code-fault\]/,
    ],
    ['top-level await', 'await 1;\nexport default { to: "ou_a", text: "x" };\n', 'check', /top-level await/],
    ['no default export', 'export const a = 1;\n', 'check', /exports no job/],
    [
      'a source that throws',
      job("  data: { d: () => {\n    throw new Error('no data');\n  } },\n  text: 'x',"),
      'run',
      /day\.ts:5:11 failed: no data/,
    ],
    ['a source that gives no rows', job("  data: { d: () => 7 },\n  text: 'x',"), 'run', /rows/],
    [
      'a card that throws',
      job("  card: () => {\n    throw new Error('no card');\n  },"),
      'run',
      /day\.ts:5:11: .*no card/,
    ],
    [
      'a card with an unknown block',
      job('  card: () => ({ body: [{ tabel: {} }] }),'),
      'run',
      /day\.ts:4:3: .*tabel[\s\S]*table/,
    ],
    ['a card that is nothing', job('  card: () => undefined,'), 'run', /card returned nothing/],
    ['a condition that is no boolean', job("  when: () => 'yes',\n  text: 'x',"), 'run', /has to return true or false/],
  ];
  for (const [what, text, command, expected] of FAULTS) {
    it(what, async () => {
      const project = createProject({ 'jobs/day.ts': text });
      const { code, stdout, stderr } = await project.larkcron([
        command,
        'day',
        ...(command === 'run' ? ['--dry-run'] : []),
      ]);
      assert.match(stderr + stdout, expected);
      assert.notEqual(code, 0);
      assert.notEqual(code, 70);
    });
  }
});
