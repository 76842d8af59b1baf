import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createHttp, type HttpRequest, proxyFor } from '../../src/base/http.ts';

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

/** Listens on a free port; every connection is cut off when the tests are over. */
const listen = async (server: Server): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const web = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}`;

const client = () => {
  const http = createHttp();
  closing.push(http.close);
  return http;
};

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  connectTimeout: 2_000,
  totalTimeout: 4_000,
  maxBytes: 10_000,
  proxy: null,
  ...more,
});

const echo: RequestListener = (asked, answer) => {
  let body = '';
  asked.on('data', (chunk) => {
    body += chunk;
  });
  asked.on('end', () => {
    answer.setHeader('x-path', asked.url ?? '');
    answer.end(`${asked.method} ${asked.headers['x-me'] ?? ''} ${body}`);
  });
};

const closedPort = async (): Promise<number> => {
  const server = createTcpServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('an answer', () => {
  test('comes with status, headers and body', async () => {
    const url = await web(echo);
    const answer = await client().request(
      get(`${url}/a?b=1`, { method: 'POST', headers: { 'x-me': 'lark' }, body: '你好' }),
    );
    assert.equal(answer.is, 'answer');
    if (answer.is !== 'answer') return;
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['x-path'], '/a?b=1');
    assert.equal(answer.body.toString(), 'POST lark 你好');
  });

  test('of 500 is an answer, too', async () => {
    const url = await web((_asked, answer) => answer.writeHead(500).end('no'));
    const answer = await client().request(get(url));
    assert.deepEqual([answer.is, answer.is === 'answer' && answer.status], ['answer', 500]);
  });

  test('leaves its socket for the next request', async () => {
    const ports = new Set<number | undefined>();
    const url = await web((asked, answer) => {
      ports.add(asked.socket.remotePort);
      answer.end('ok');
    });
    const http = client();
    for (let n = 0; n < 3; n++) assert.equal((await http.request(get(url))).is, 'answer');
    assert.equal(ports.size, 1);
  });

  test('comes over many sockets at once', async () => {
    const url = await web(echo);
    const http = client();
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => http.request(get(url, { headers: { 'x-me': `${n}` } }))),
    );
    assert.deepEqual(
      all.map((answer) => answer.is === 'answer' && answer.body.toString()),
      Array.from({ length: 50 }, (_, n) => `GET ${n} `),
    );
  });
});

describe('surely not sent', () => {
  test('when the connection is refused', async () => {
    const answer = await client().request(get(`http://127.0.0.1:${await closedPort()}`));
    assert.equal(answer.is, 'not-sent');
  });

  test('when the name does not resolve', async () => {
    assert.equal((await client().request(get('http://no-such-host.invalid/'))).is, 'not-sent');
  });

  test('when the address is none', async () => {
    assert.equal((await client().request(get('http://'))).is, 'not-sent');
  });

  test('when a header cannot be said in HTTP', async () => {
    const answer = await client().request(get('http://127.0.0.1:1', { headers: { 'x-me': 'a\nb' } }));
    assert.equal(answer.is, 'not-sent');
  });

  test('when beforeSend says no, and the server hears nothing', async () => {
    let heard = 0;
    const url = await web((_asked, answer) => {
      heard++;
      answer.end();
    });
    const http = client();
    const refused = await http.request(get(url, { method: 'POST', body: 'x', beforeSend: () => false }));
    assert.equal(refused.is, 'not-sent');
    assert.equal((await http.request(get(url, { beforeSend: () => true }))).is, 'answer');
    assert.equal((await http.request(get(url, { beforeSend: () => false }))).is, 'not-sent');
    assert.equal(heard, 1);
  });

  test('when it was interrupted before', async () => {
    assert.equal((await client().request(get('http://127.0.0.1:1', { signal: AbortSignal.abort() }))).is, 'not-sent');
  });

  test('when TLS cannot be agreed on', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('this is no TLS')));
    assert.equal((await client().request(get(`https://127.0.0.1:${port}`))).is, 'not-sent');
  });

  test('when TLS is never answered within the connect time-out', async () => {
    const port = await listen(createTcpServer());
    const answer = await client().request(get(`https://127.0.0.1:${port}`, { connectTimeout: 60 }));
    assert.deepEqual(answer, { is: 'not-sent', why: 'no connection within 60 ms' });
  });
});

describe('lost', () => {
  test('when no answer comes in time', async () => {
    const url = await web(() => {});
    const answer = await client().request(get(url, { method: 'POST', body: 'x', totalTimeout: 60 }));
    assert.equal(answer.is, 'lost');
    assert.ok(answer.is === 'lost' && answer.afterMs >= 50 && answer.why.includes('60 ms'));
  });

  test('when the server resets after the request', async () => {
    const url = await web((asked) => asked.socket.resetAndDestroy());
    assert.equal((await client().request(get(url, { method: 'POST', body: 'x' }))).is, 'lost');
  });

  test('when the answer breaks off', async () => {
    const url = await web((asked, answer) => {
      answer.writeHead(200, { 'Content-Length': '100' });
      answer.write('half', () => asked.socket.destroy());
    });
    assert.equal((await client().request(get(url))).is, 'lost');
  });

  test('when the answer is no HTTP', async () => {
    const port = await listen(createTcpServer((socket) => socket.once('data', () => socket.end('garbage\r\n\r\n'))));
    assert.equal((await client().request(get(`http://127.0.0.1:${port}`))).is, 'lost');
  });

  test('when the answer is too large', async () => {
    const url = await web((_asked, answer) => answer.end('x'.repeat(10_001)));
    const answer = await client().request(get(url));
    assert.ok(answer.is === 'lost' && answer.tooLarge);
  });

  test('when it is interrupted under way', async () => {
    const abort = new AbortController();
    const url = await web(() => abort.abort());
    assert.equal((await client().request(get(url, { signal: abort.signal }))).is, 'lost');
  });

  test('when a kept socket is reset after the request was written', async () => {
    let asked = 0;
    const url = await web((request, answer) => {
      if (++asked === 1) answer.end('ok');
      else request.socket.resetAndDestroy();
    });
    const http = client();
    assert.equal((await http.request(get(url))).is, 'answer');
    assert.equal((await http.request(get(url))).is, 'lost');
    assert.equal(asked, 2, 'it was not repeated');
  });
});

test('a kept socket that the server has closed is not used: the request goes over a new one', async () => {
  const seen: string[] = [];
  const closed: Promise<void>[] = [];
  const url = await web((asked, answer) => {
    seen.push(asked.url ?? '');
    closed.push(new Promise((resolve) => asked.socket.once('close', () => resolve())));
    answer.end('ok');
    answer.on('close', () => asked.socket.destroy());
  });
  const http = client();
  for (let n = 0; n < 20; n++) {
    const answer = await http.request(get(`${url}/${n}`));
    assert.deepEqual([n, answer.is], [n, 'answer']);
    await closed.at(-1);
  }
  assert.equal(seen.length, 20);
});

/** A proxy that notes what it was asked; `deny` makes it refuse. */
const proxyServer = async (deny: number | null = null) => {
  const asked: { line: string; auth: string | undefined }[] = [];
  const server = createServer((request, answer) => {
    asked.push({ line: `${request.method} ${request.url}`, auth: request.headers['proxy-authorization'] });
    answer.writeHead(deny ?? 200).end('from the proxy');
  });
  server.on('connect', (request, socket, head) => {
    asked.push({ line: `CONNECT ${request.url}`, auth: request.headers['proxy-authorization'] });
    if (deny !== null) return socket.end(`HTTP/1.1 ${deny} No\r\n\r\n`);
    const [host, port] = (request.url ?? '').split(':');
    const through = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.write(head);
      through.pipe(socket).pipe(through);
    });
    through.on('error', () => socket.destroy());
  });
  return { port: await listen(server), asked };
};

describe('through a proxy', () => {
  test('a plain address is asked for whole, with the password in its header', async () => {
    const { port, asked } = await proxyServer();
    const answer = await client().request(
      get('http://example.invalid/a?b', { proxy: `http://me:p%40ss@127.0.0.1:${port}` }),
    );
    assert.equal(answer.is === 'answer' && answer.body.toString(), 'from the proxy');
    assert.deepEqual(asked, [
      { line: 'GET http://example.invalid/a?b', auth: `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
    ]);
  });

  test('a refused tunnel was surely not sent', async () => {
    const { port, asked } = await proxyServer(403);
    const answer = await client().request(get('https://example.invalid/', { proxy: `http://127.0.0.1:${port}` }));
    assert.deepEqual([answer.is, asked[0]?.line], ['not-sent', 'CONNECT example.invalid:443']);
  });

  test('a proxy that wants a password was surely not sent', async () => {
    const { port } = await proxyServer(407);
    assert.equal(
      (await client().request(get('http://example.invalid/', { proxy: `http://127.0.0.1:${port}` }))).is,
      'not-sent',
    );
  });

  test('a proxy that is not there was surely not sent, and says so without its password', async () => {
    const answer = await client().request(
      get('https://example.invalid/', { proxy: `http://me:secret@127.0.0.1:${await closedPort()}` }),
    );
    assert.equal(answer.is, 'not-sent');
    assert.ok(answer.is === 'not-sent' && answer.why.startsWith('proxy 127.0.0.1') && !answer.why.includes('secret'));
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('TLS', { skip: hasOpenssl ? false : 'no openssl program on this machine to make a certificate' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'larkcron-tls-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const made = hasOpenssl
    ? spawnSync('openssl', [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
          '-subj',
          '/CN=localhost',
        ],
        ...[
          '-addext',
          'subjectAltName=DNS:localhost,IP:127.0.0.1',
          '-keyout',
          join(folder, 'key.pem'),
          '-out',
          join(folder, 'cert.pem'),
        ],
      ])
    : null;
  const pem = (name: string): string => (made?.status === 0 ? readFileSync(join(folder, name), 'utf8') : '');
  const secure = () => listen(createSecureServer({ key: pem('key.pem'), cert: pem('cert.pem') }, echo));

  test('is refused for a certificate nobody vouches for: surely not sent', async () => {
    assert.equal((await client().request(get(`https://127.0.0.1:${await secure()}/`))).is, 'not-sent');
  });

  test('works with an authority of one’s own, twice over one socket', async () => {
    const http = client();
    const url = `https://localhost:${await secure()}/x`;
    for (const body of ['1', '2']) {
      const answer = await http.request(get(url, { method: 'POST', body, ca: pem('cert.pem') }));
      assert.equal(answer.is === 'answer' && answer.body.toString(), `POST  ${body}`);
    }
  });

  test('works through a tunnel with a password', async () => {
    const { port, asked } = await proxyServer();
    const secured = await secure();
    const answer = await client().request(
      get(`https://localhost:${secured}/x`, { ca: pem('cert.pem'), proxy: `http://me:pw@127.0.0.1:${port}` }),
    );
    assert.equal(answer.is === 'answer' && answer.headers['x-path'], '/x');
    assert.deepEqual(asked, [
      { line: `CONNECT localhost:${secured}`, auth: `Basic ${Buffer.from('me:pw').toString('base64')}` },
    ]);
  });
});

describe('the proxy of the environment', () => {
  const P = 'http://proxy:3128';
  const rows: [string, Record<string, string>, string | null][] = [
    ['https://a.com/', {}, null],
    ['https://a.com/', { HTTPS_PROXY: P }, P],
    ['https://a.com/', { https_proxy: P, HTTPS_PROXY: 'http://other:1' }, P],
    ['https://a.com/', { HTTP_PROXY: P }, null],
    ['http://a.com/', { HTTP_PROXY: P }, P],
    ['http://a.com/', { ALL_PROXY: P }, P],
    ['https://a.com/', { ALL_PROXY: P, HTTPS_PROXY: '' }, P],
    ['https://a.com/', { HTTPS_PROXY: 'proxy:3128' }, P],
    ['https://a.com/', { HTTPS_PROXY: 'socks5://proxy:3128' }, null],
    ['http://localhost:1/', { ALL_PROXY: P }, null],
    ['http://127.0.0.1:1/', { ALL_PROXY: P }, null],
    ['http://[::1]:1/', { ALL_PROXY: P }, null],
    ['https://a.com/', { HTTPS_PROXY: P, NO_PROXY: '*' }, null],
    ['https://a.com/', { HTTPS_PROXY: P, NO_PROXY: 'a.com' }, null],
    ['https://x.a.com/', { HTTPS_PROXY: P, NO_PROXY: 'a.com' }, null],
    ['https://x.a.com/', { HTTPS_PROXY: P, NO_PROXY: 'b.com, .a.com' }, null],
    ['https://x.a.com/', { HTTPS_PROXY: P, no_proxy: '*.a.com' }, null],
    ['https://xa.com/', { HTTPS_PROXY: P, NO_PROXY: 'a.com' }, P],
    ['https://a.com:8443/', { HTTPS_PROXY: P, NO_PROXY: 'a.com:8443' }, null],
    ['https://a.com/', { HTTPS_PROXY: P, NO_PROXY: 'a.com:8443' }, P],
    ['https://a.com/', { HTTPS_PROXY: P, NO_PROXY: 'a.com:443' }, null],
    ['http://10.1.2.3/', { HTTP_PROXY: P, NO_PROXY: '10.1.2.3' }, null],
    ['http://[fd00::1]/', { HTTP_PROXY: P, NO_PROXY: 'fd00::1' }, null],
    ['http://[fd00::1]:81/', { HTTP_PROXY: P, NO_PROXY: '[fd00::1]:81' }, null],
    ['no address', { HTTP_PROXY: P }, null],
  ];
  for (const [url, env, expected] of rows) {
    test(`${url} with ${JSON.stringify(env)} is ${expected ?? 'direct'}`, () =>
      assert.equal(proxyFor(url, env), expected));
  }
});
