import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { it } from 'node:test';
import { until } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestConsole } from './fixture.ts';

it('a page of a job opens by its address, whatever the job is called', async (t) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'ui', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'ui', 'index.html'), '<!doctype html><title>console</title>');
  writeFileSync(join(folder, 'secret.txt'), 'do not show');
  const desk = await openTestConsole(t, { pages: join(folder, 'ui') });
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };
  for (const path of [
    '/jobs/report.v2',
    '/jobs/100%25',
    '/jobs/.hidden',
    '/jobs/%E9%97%A8%E5%BA%97',
    '/..%2fsecret.txt',
  ]) {
    const page = await desk.ask(path, { token: null, headers: browser });
    assert.deepEqual([page.status, /<title>console/.test(page.text)], [200, true], path);
  }
  for (const path of ['/assets/gone.js', '/..%2fsecret.txt', '/.env'])
    assert.equal((await desk.ask(path, { token: null, headers: { accept: '*/*' } })).status, 404, path);
  assert.equal((await desk.ask('/api/nothing.html', { token: null, headers: browser })).status, 404);
});

it('what draws cards is made small once, and not sent again to who has it', async (t) => {
  const desk = await openTestConsole(t);
  const plain = await desk.ask('/drawing/vchart.js', { token: null });
  assert.ok(plain.text.length > 1_000_000);
  const etag = String(plain.headers.etag);
  const again = await desk.ask('/drawing/vchart.js', { token: null, headers: { 'if-none-match': etag } });
  assert.deepEqual([again.status, again.text], [304, '']);
  const answer = await fetch(`${desk.url}/drawing/vchart.js`, { headers: { 'accept-encoding': 'gzip' } });
  assert.deepEqual([answer.headers.get('content-encoding'), answer.headers.get('vary')], ['gzip', 'accept-encoding']);
  assert.equal((await answer.text()).length, plain.text.length);
  const css = await fetch(`${desk.url}/drawing/card.css`, { headers: { 'accept-encoding': 'identity' } });
  assert.match(await css.text(), /\{/);
});

it('an answer that nobody takes is given up, and one that is still being made is waited for', async (t) => {
  const desk = await openTestConsole(t, {
    unread: 700,
    jobs: {
      'jobs/slow.yaml':
        'to: [ou_a]\ndata: { a: { command: { argv: [sh, -c, "sleep 2; echo \'[{}]\'"] } } }\ntext: "{{ a.rows | size }}"\n',
    },
  });
  const slow = desk.ask('/api/jobs/slow/runs', { method: 'POST', body: { dryRun: true } });
  const reader = connect(desk.port, '127.0.0.1').on('error', () => {});
  t.after(() => reader.destroy());
  for (let i = 0; i < 20; i++) reader.write('GET /drawing/vchart.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  let bytes = 0;
  let isClosed = false;
  reader.on('close', () => {
    isClosed = true;
  });
  reader.on('data', (chunk) => {
    bytes += chunk.length;
  });
  await until('the connection is closed', () => isClosed, 8_000);
  assert.ok(bytes < 20_000_000, `${bytes} bytes`);
  assert.equal((await slow).status, 200);
});
