import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const setUp = async (t: TestContext, job: string) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), 'jobs/t.yaml': job },
    sandbox.url,
  );
  writeFileSync(join(project.folder, 'p.png'), PNG);
  return { sandbox, project };
};

const JOB = `to: [ou_a]
data:
  stores: { rows: [{ name: "<at id=all></at>", sales: 12.5, big: 12345678901234567890, ok: true }, { name: B }] }
template:
  id: AAqk1abcdef
  version: 1.0.3
  variables:
    title: "{{ stores.first.name }} {{ 'a' | upcase }}"
    body: { markdown: "**{{ stores.first.name }}**" }
    total: { number: "{{ stores.first.sales }}" }
    good: { boolean: "{{ stores.first.ok }}" }
    url: { link: "https://example.com/?q={{ stores.first.name }}" }
    picture: { image: p.png }
    key: { image: img_v3_abc }
    all: { rows: stores }
    some: { rows: stores, columns: { name: markdown, sales: plain } }
    fixed: { json: { a: [1, "{{ x }}"] } }
`;

it('template: each variable is written by its kind, and the card goes out by reference', async (t) => {
  const { sandbox, project } = await setUp(t, JOB);
  const { code, stderr } = await project.larkcron(['run', 't']);
  assert.equal(code, 0, stderr);
  const [message] = sandbox.messages();
  assert.equal(message?.msgType, 'interactive');
  const { type, data } = JSON.parse(message?.content ?? '{}');
  assert.equal(type, 'template');
  const { picture, ...variables } = data.template_variable;
  assert.match(picture, /^img_sandbox_/);
  assert.deepEqual(
    { ...data, template_variable: variables },
    {
      template_id: 'AAqk1abcdef',
      template_version_name: '1.0.3',
      template_variable: {
        title: '<at id=all></at> A',
        body: '**&#60;at id&#61;all&#62;&#60;&#47;at&#62;**',
        total: 12.5,
        good: true,
        url: 'https://example.com/?q=%3Cat%20id%3Dall%3E%3C%2Fat%3E',
        key: 'img_v3_abc',
        all: [
          { name: '<at id=all></at>', sales: 12.5, big: '12345678901234567890', ok: true },
          { name: 'B', sales: '', big: '', ok: '' },
        ],
        some: [
          { name: '&#60;at id&#61;all&#62;&#60;&#47;at&#62;', sales: '12.5' },
          { name: 'B', sales: '' },
        ],
        fixed: { a: [1, '{{ x }}'] },
      },
    },
  );
});

it('preview shows the name of the template and its variables, --card the whole content', async (t) => {
  const { project, sandbox } = await setUp(t, JOB);
  const { stdout, code } = await project.larkcron(['preview', 't']);
  assert.equal(code, 0);
  assert.match(stdout, /AAqk1abcdef \(1\.0\.3\)/);
  assert.match(stdout, /title: <at id=all><\/at> A/);
  const card = JSON.parse((await project.larkcron(['preview', 't', '--card'])).stdout);
  assert.equal(card.data.template_id, 'AAqk1abcdef');
  assert.equal(sandbox.requests().length, 0);
});

const FAULTS: readonly (readonly [name: string, template: string, code: string])[] = [
  ['an id of something else', '{ id: oc_1234 }', 'template-id'],
  ['a version that is none', '{ id: AAqk1abcdef, version: newest }', 'template-version'],
  ['a kind that does not exist', '{ id: AAqk1abcdef, variables: { a: { html: x } } }', 'unknown-key'],
  ['two kinds at once', '{ id: AAqk1abcdef, variables: { a: { plain: x, number: 1 } } }', 'wrong-type'],
  ['columns without rows', '{ id: AAqk1abcdef, variables: { a: { plain: x, columns: [y] } } }', 'wrong-type'],
  ['an unknown dataset', '{ id: AAqk1abcdef, variables: { a: { rows: nope } } }', 'unknown-dataset'],
  ['an unknown name', `{ id: AAqk1abcdef, variables: { a: "{{ nope }}" } }`, 'unknown-variable'],
  ['a link that is none', '{ id: AAqk1abcdef, variables: { a: { link: "javascript:1" } } }', 'bad-link'],
  ['an image that is not there', '{ id: AAqk1abcdef, variables: { a: { image: nope.png } } }', 'upload-unreadable'],
];

for (const [name, template, code] of FAULTS) {
  it(`check finds ${name}: ${code}`, async (t) => {
    const { project } = await setUp(t, `to: [ou_a]\ntemplate: ${template}\n`);
    const checked = await project.larkcron(['check', '--json']);
    const { problems } = JSON.parse(checked.stdout) as { problems: { code: string; line: number }[] };
    assert.equal(checked.code, 2);
    assert.ok(
      problems.some((each) => each.code === code && each.line === 2),
      checked.stdout,
    );
  });
}

it('update: message and batch do not go with a template', async (t) => {
  for (const key of ['update: message', 'batch: true']) {
    const { project } = await setUp(t, `to: [ou_a]\n${key}\ntemplate: { id: AAqk1abcdef }\n`);
    assert.match((await project.larkcron(['check'])).stderr, /key-conflict/);
  }
});

const RUN_FAULTS: readonly (readonly [name: string, variables: string, code: string])[] = [
  ['a number that is none', '{ a: { number: "{{ d.first.v }}" } }', 'template-variable'],
  ['yes or no that is neither', '{ a: { boolean: "{{ d.first.v }}" } }', 'template-variable'],
  ['a cell of a wrong kind', '{ a: { rows: d, columns: { v: number } } }', 'template-variable'],
  ['a column that is not there', '{ a: { rows: d, columns: [w] } }', 'unknown-column'],
  ['more than Feishu takes', '{ a: "{% for i in (1..4000) %}0123456789{% endfor %}" }', 'template-size'],
];

for (const [name, variables, code] of RUN_FAULTS) {
  it(`a run refuses ${name}, and nothing is sent: ${code}`, async (t) => {
    const job = `to: [ou_a]\ndata: { d: { rows: [{ v: x }] } }\ntemplate: { id: AAqk1abcdef, variables: ${variables} }\n`;
    const { sandbox, project } = await setUp(t, job);
    const run = await project.larkcron(['preview', 't', '--json']);
    assert.equal(run.code, 2);
    assert.match(run.stdout, new RegExp(code));
    assert.equal((await project.larkcron(['run', 't'])).code, 2);
    assert.equal(sandbox.messages().length, 0);
  });
}

it('Feishu not knowing the template is told in words', async (t) => {
  const { sandbox, project } = await setUp(t, 'to: [ou_a]\ntemplate: { id: AAqk1abcdef }\n');
  sandbox.addFault(parseFault('230099:200381:path=/im/v1/messages'));
  const { code, stdout } = await project.larkcron(['run', 't']);
  assert.equal(code, 1);
  assert.match(stdout, /template is missing, unpublished, or not for this app/);
});

it('the page of the sandbox names the template and its variables', async (t) => {
  const { sandbox, project } = await setUp(
    t,
    'to: [ou_a]\ntemplate: { id: AAqk1abcdef, variables: { title: "<b>x" } }\n',
  );
  await project.larkcron(['run', 't']);
  const page = await (await fetch(sandbox.url)).text();
  assert.match(page, /AAqk1abcdef/);
  assert.match(page, /title: &#60;b&#62;x/);
});
