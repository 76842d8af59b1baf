import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { it } from 'node:test';
import { createProject, SETTINGS } from '../support/project.ts';

const JOB = (url: string) => `to: [ou_a]\ndata: { d: { http: { url: "${url}" } } }\ntext: "a={{ d.first.a }}"\n`;
const preview = async (network: string, url: string, files: Record<string, string> = {}) => {
  const project = createProject({
    'larkcron.yaml': `${SETTINGS}network: ${network}\n`,
    'jobs/j.yaml': JOB(url),
    ...files,
  });
  return project.larkcron(['preview', 'j']);
};

it('a source reaches no private address where the settings refuse it', async () => {
  const ended = await preview('{ privateAddresses: refuse }', 'http://localhost:1/x');
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /private address, which network\.privateAddresses refuses/);
});

it('an authority of one’s own is trusted by sources', async (t) => {
  const folder = createProject({}).folder;
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const asked = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost'.split(' ');
  const made = spawnSync('openssl', [
    ...asked,
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  if (made.status !== 0) return t.skip('there is no openssl here');
  const pem = readFileSync(cert, 'utf8');
  const server = createServer({ key: readFileSync(key), cert: pem }, (_asked, answer) => answer.end('[{"a":7}]'));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  t.after(() => server.close());
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  assert.equal((await preview('{}', url)).code, 1);
  const ended = await preview('{ ca: company.pem }', url, { 'company.pem': pem });
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /a=7/);
});
