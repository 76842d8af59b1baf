import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it, type TestContext } from 'node:test';
import { createProject } from '../support/project.ts';

const TOKEN = 'lct_abcdefghijklmnopqrstuvwxyz0123456789';

/** A server that answers as it likes; what it was asked. */
const serve = async (t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

const json = (response: ServerResponse, value: unknown, status = 200, type = 'application/json'): void => {
  response.writeHead(status, { 'content-type': type }).end(typeof value === 'string' ? value : JSON.stringify(value));
};

const SESSION = {
  ...{ name: 'x', role: 'admin', csrf: null, expiresAt: null, project: 'p', version: '1', timezone: 'Asia/Shanghai' },
  ...{ lang: 'zh', owner: null },
};
const RUN = {
  ...{ id: '0f8d3a52-7c11-8e6b-a3f5-2f1d6f3f9d10', job: 'a', name: 'a', kind: 'job', dueAt: null, trigger: 'api' },
  ...{ state: 'delivered', reason: null, createdAt: '2026-01-01T00:00:00.000Z', startedAt: null, finishedAt: null },
  ...{ late: false, ownAudience: true, recalled: false, cuts: [] },
};

it('whatever a server answers ends in words, and the token goes to it alone', async (t) => {
  const project = createProject({});
  const other = await serve(t, (_request, response) => json(response, { jobs: [] }));
  const answers: readonly (readonly [name: string, (response: ServerResponse) => void])[] = [
    ['a redirect', (r) => r.writeHead(302, { location: `${other.url}/api/jobs` }).end()],
    ['a redirect that keeps the method', (r) => r.writeHead(307, { location: `${other.url}/api/jobs` }).end('{}')],
    ['a page', (r) => json(r, '<!doctype html>', 200, 'text/html')],
    ['JSON that says it is a page', (r) => json(r, { jobs: [] }, 200, 'text/html')],
    ['nothing', (r) => json(r, '')],
    ['null', (r) => json(r, null)],
    ['a list', (r) => json(r, [])],
    ['other things', (r) => json(r, { jobs: [{ job: {} }] })],
    ['a problem of other things', (r) => json(r, { code: 1, title: {}, problems: 3 }, 500)],
    ['what nests without end', (r) => json(r, `{"jobs":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
    [
      'more than anybody reads',
      (r) => {
        r.writeHead(200, { 'content-type': 'application/json' });
        const chunk = 'x'.repeat(1024 * 1024);
        const write = (): void => {
          while (!r.destroyed && r.write(chunk));
          if (!r.destroyed) r.once('drain', write);
        };
        write();
      },
    ],
  ];
  for (const [name, answer] of answers) {
    const { url, asked } = await serve(t, (_request, response) => answer(response));
    const { code, stdout, stderr } = await project.larkcron(['jobs', '--server', url], { LARKCRON_TOKEN: TOKEN });
    assert.deepEqual([code, stdout], [1, ''], `${name}: ${stderr}`);
    assert.match(stderr, /\[server-(answer|unreachable)\]/, name);
    assert.deepEqual(asked, [`GET /api/jobs Bearer ${TOKEN}`], name);
    assert.equal(stderr.includes(TOKEN), false, name);
  }
  assert.deepEqual(other.asked, []);
});

it('what a server says is no command to the terminal, and a list without end is left', async (t) => {
  const project = createProject({});
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m';
  const { url, asked } = await serve(t, (request, response) => {
    if (request.url === '/api/session') return json(response, SESSION);
    if (request.url?.startsWith('/api/runs?'))
      return json(response, { items: [{ ...RUN, name: `a${evil}b` }], next: 'same' });
    return json(
      response,
      {
        type: 'about:blank',
        title: `no${evil}`,
        status: 404,
        code: 'unknown-run',
        detail: null,
        hint: evil,
        problems: [],
      },
      404,
      'application/problem+json',
    );
  });
  const there = (...args: string[]) => project.larkcron([...args, '--server', url], { LARKCRON_TOKEN: TOKEN });
  const history = await there('history', '--limit', '100');
  assert.equal(history.code, 0, history.stderr);
  assert.match(history.stdout, /a\]0;owned/);
  const show = await there('show', 'ffffffff');
  assert.deepEqual([show.code, /\[unknown-run\]/.test(show.stderr)], [2, true], show.stderr);
  for (const { stdout, stderr } of [history, show]) assert.doesNotMatch(stdout + stderr, /[\u0007\u001b\u0080-\u009f]/);
  assert.ok(asked.length < 10, String(asked.length));
});

it('an address holds no password, and without TLS it is said that the token can be read', async () => {
  const project = createProject({});
  for (const address of [
    'http://me:pass-word-1@127.0.0.1:9',
    'http://127.0.0.1:9/?x=',
    'http://127.0.0.1:9/#',
    'ftp://127.0.0.1',
  ]) {
    const { code, stderr } = await project.larkcron(['jobs', '--server', address], { LARKCRON_TOKEN: TOKEN });
    assert.deepEqual([code, /\[bad-server\]/.test(stderr)], [2, true], stderr);
    assert.doesNotMatch(stderr, /pass-word/);
  }
  const plain = await project.larkcron(['jobs', '--server', 'http://nowhere.invalid:9'], { LARKCRON_TOKEN: TOKEN });
  assert.match(plain.stderr, /nowhere\.invalid:9 has no TLS/);
  const here = await project.larkcron(['jobs', '--server', 'http://127.0.0.1:9'], { LARKCRON_TOKEN: TOKEN });
  assert.doesNotMatch(here.stderr, /TLS/);
});
