import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createProject, SETTINGS } from '../support/project.ts';

/** Names that every JavaScript object has: to the people who write them they are names like any other. */
const NAMES = ['constructor', 'toString', '__proto__', 'valueOf'];

const codesOf = async (job: string): Promise<readonly string[]> => {
  const project = createProject({ 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), 'jobs/j.yaml': job });
  const { code, stdout, stderr } = await project.larkcron(['check', '--json']);
  assert.equal(code, 2, stderr + stdout);
  return (JSON.parse(stdout) as { problems: { code: string; severity: string }[] }).problems.flatMap((each) =>
    each.severity === 'error' ? [each.code] : [],
  );
};

for (const name of NAMES) {
  it(`${name} is an unknown recipient, app, source, kind of source and block`, async () => {
    const text = 'text: hello\n';
    assert.deepEqual(await codesOf(`to: ${name}\n${text}`), ['unknown-recipient']);
    assert.deepEqual(await codesOf(`to: ou_a\napp: ${name}\n${text}`), ['unknown-app']);
    assert.deepEqual(await codesOf(`to: ou_a\ndata: { d: { use: ${name} } }\n${text}`), ['unknown-source']);
    assert.deepEqual(await codesOf(`to: ou_a\ndata: { d: { ${name}: x } }\n${text}`), ['unknown-key']);
    assert.deepEqual(await codesOf(`to: ou_a\ncard:\n  body:\n    - ${name}: x\n`), ['unknown-block']);
  });
}
