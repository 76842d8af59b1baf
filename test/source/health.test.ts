import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer as createTls } from 'node:tls';
import { systemClock } from '../../src/base/clock.ts';
import { createHttp } from '../../src/base/http.ts';
import { healthChecks } from '../../src/config/health.ts';
import type { Reading } from '../../src/config/shape.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import type { Problem } from '../../src/model/errors.ts';
import { type Check, grade } from '../../src/model/health.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';
import { sourceContext } from '../support/source-context.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const http = createHttp();
const servers: { close: () => void }[] = [];
const listen = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
let calls = 0;
let web = 0;
let tcp = 0;

before(async () => {
  web = await listen(
    createServer((request, response) => {
      calls += 1;
      if (request.url === '/shaky') return void response.writeHead(calls % 2 === 0 ? 200 : 500).end();
      response.writeHead(request.url === '/gone' ? 404 : 200).end('欢迎光临');
    }),
  );
  tcp = await listen(createTcp((socket) => socket.end()));
});
after(() => {
  http.close();
  for (const server of servers) server.close();
});

const read = (yaml: string) => {
  const problems: Problem[] = [];
  const reading: Reading = { environment: {}, problems, webhooks: new Map() };
  const node = parseYaml(yaml, 'jobs/a.yaml', problems);
  return { checks: node === null ? null : healthChecks.read(node, reading, 'health'), problems };
};

const look = async (yaml: string) => {
  const { checks, problems } = read(yaml.replaceAll('WEB', `127.0.0.1:${web}`).replaceAll('TCP', `127.0.0.1:${tcp}`));
  assert.deepEqual(problems, []);
  const { rows, columns } = await fetchSource(
    { at: null, timeout: 10_000, source: 'health', checks: checks as readonly Check[] },
    sourceContext({
      http,
      env: { PATH: process.env['PATH'] ?? '' },
      directory: temporaryFolder(),
      now: systemClock.now,
      monotonic: systemClock.monotonic,
    }),
  );
  assert.deepEqual(columns, ['name', 'kind', 'status', 'level', 'value', 'threshold', 'took', 'detail']);
  return rows;
};
const one = async (check: string) => (await look(`it: ${check}`))[0] as Record<string, string | number>;

describe('health', () => {
  const CASES: readonly [name: string, check: string, status: string, detail: RegExp][] = [
    ['a page that answers', '{ http: "http://WEB/" }', 'ok', /^HTTP 200, \d+ ms$/],
    ['a page with the right words', '{ http: "http://WEB/", contains: 欢迎 }', 'ok', /200/],
    ['a page without them', '{ http: "http://WEB/", contains: 再见 }', 'critical', /∌ 再见/],
    ['a page that is gone', '{ http: "http://WEB/gone" }', 'critical', /^HTTP 404$/],
    ['a page that should be gone', '{ http: "http://WEB/gone", status: [404, 410] }', 'ok', /404/],
    ['a page nobody serves', '{ http: "http://127.0.0.1:1/" }', 'critical', /ECONNREFUSED/],
    ['a port that is open', '{ tcp: TCP }', 'ok', /ms/],
    ['a port that is not', '{ tcp: "127.0.0.1:1" }', 'critical', /ECONNREFUSED/],
    ['a name', '{ dns: localhost, expect: 127.0.0.1 }', 'ok', /127\.0\.0\.1/],
    ['a name that leads elsewhere', '{ dns: localhost, expect: 10.0.0.1 }', 'critical', /∌ 10\.0\.0\.1/],
    ['a name that is none', '{ dns: nowhere.invalid }', 'critical', /ENOTFOUND|EAI_AGAIN/],
    ['a disk', '{ disk: /, warn: 100%, critical: 100% }', 'ok', /GB free$/],
    ['a disk that is fuller than it may be', '{ disk: /, critical: 0 }', 'critical', /free/],
    ['a disk that is not there', '{ disk: /no/such }', 'critical', /ENOENT/],
    ['memory', '{ memory: true, warn: 100, critical: 100 }', 'ok', /free/],
    ['load', '{ load: 5, warn: 10000 }', 'ok', /^\d+\.\d\d /],
    ['a process that runs', '{ process: --test }', 'ok', /× --test/],
    ['one that does not', '{ process: no-such-program-at-all }', 'critical', /^0 ×/],
    ['a plugin that is content', '{ command: [/bin/sh, -c, "echo all well"] }', 'ok', /^all well$/],
    ['a plugin that warns', '{ command: [/bin/sh, -c, "echo hm >&2; exit 1"] }', 'warn', /^hm$/],
    [
      'a plugin that says why on standard output',
      '{ command: [/bin/sh, -c, "echo disk; exit 2"] }',
      'critical',
      /^disk$/,
    ],
    ['a plugin that is alarmed', '{ command: [/bin/sh, -c, "exit 2"] }', 'critical', /^$/],
    ['a plugin that is missing', '{ command: [/no/such/plugin] }', 'critical', /no\/such\/plugin/],
    ['a plugin that hangs', '{ command: [/bin/sleep, "20"], timeout: 200ms }', 'critical', /longer than/],
    ['a page slower than it may be', '{ http: "http://WEB/", warn: 0 }', 'warn', /ms/],
  ];
  for (const [name, check, status, detail] of CASES) {
    it(`${name} is ${status}`, async () => {
      const row = await one(check);
      // less than half a millisecond is 0, which is not more than 0
      if (name.includes('slower') && row['value'] === 0) return;
      assert.equal(row['status'], status, JSON.stringify(row));
      assert.equal(row['level'], ['ok', 'warn', 'critical'].indexOf(status));
      assert.match(String(row['detail']), detail);
    });
  }

  it('counts the days a certificate has left, and does not trust just any', async (t) => {
    const folder = temporaryFolder();
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '20', '-subj', '/CN=localhost'],
      ...['-keyout', join(folder, 'k'), '-out', join(folder, 'c')],
    ]);
    if (made.status !== 0) return t.skip('there is no openssl here');
    const port = await listen(
      createTls({ key: readFileSync(join(folder, 'k')), cert: readFileSync(join(folder, 'c')) }),
    );
    const row = await one(`{ tls: "localhost:${port}" }`);
    assert.equal(row['value'], 19);
    assert.equal(row['status'], 'critical');
    assert.match(String(row['detail']), /SELF_SIGNED/);
  });

  it('a single bad moment is no news where it is tried twice', async () => {
    calls = 0;
    assert.equal((await one('{ http: "http://WEB/shaky" }'))['status'], 'critical');
    calls = 0;
    assert.equal((await one('{ http: "http://WEB/shaky", tries: 2 }'))['status'], 'ok');
  });

  it('looks at everything side by side, and names each', async () => {
    const rows = await look('一: { tcp: TCP }\n二: { memory: true }\n三: { command: [/bin/true] }');
    assert.deepEqual(
      rows.map(({ name, kind }) => [name, kind]),
      [
        ['一', 'tcp'],
        ['二', 'memory'],
        ['三', 'command'],
      ],
    );
  });

  it('thresholds count upwards, but for days left and processes', () => {
    const of = (probe: Check['probe'], value: number) =>
      grade({ value, failed: null, detail: '' }, { probe, warn: 30, critical: 7 });
    assert.deepEqual(
      [of({ probe: 'memory' }, 7), of({ probe: 'memory' }, 8), of({ probe: 'memory' }, 31)],
      ['ok', 'critical', 'critical'],
    );
    const tls = { probe: 'tls', host: 'a', port: 443 } as const;
    assert.deepEqual([of(tls, 31), of(tls, 29), of(tls, 6)], ['ok', 'warn', 'critical']);
  });

  for (const [yaml, code] of [
    ['a: { http: x, tcp: y }', 'wrong-type'],
    ['a: {}', 'wrong-type'],
    ['a: { tcp: nowhere }', 'wrong-type'],
    ['a: { disk: /, contains: x }', 'key-conflict'],
    ['a: { load: 7 }', 'wrong-type'],
    ['a: { disk: /, warn: much }', 'wrong-type'],
    ['{}', 'wrong-type'],
    ['a: { htpt: x }', 'unknown-key'],
  ]) {
    it(`${yaml} is ${code}`, () =>
      assert.deepEqual(
        read(yaml as string)
          .problems.map((problem) => problem.code)
          .slice(0, 1),
        [code],
      ));
  }
});
