import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createHttp } from '../../src/base/http.ts';
import { httpSource } from '../../src/config/http-source.ts';
import type { Reading } from '../../src/config/shape.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import type { Problem } from '../../src/model/errors.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';
import { nextLink } from '../../src/source/http-pages.ts';
import { sourceContext } from '../support/source-context.ts';

const http = createHttp();
const waits: number[] = [];
let url = '';
let asked: { url: string; auth: string | undefined; body: string }[] = [];
let failures = 0;

const ROWS = Array.from({ length: 25 }, (_, i) => ({ id: i + 1 }));

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

/** An API with every kind of paging. */
const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const at = new URL(request.url ?? '/', url);
  const body = await bodyOf(request);
  asked.push({ url: at.pathname + at.search, auth: request.headers.authorization, body });
  const json = (value: unknown, headers: Record<string, string> = {}): void =>
    void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  const page = Number(at.searchParams.get('page') ?? 1);
  const part = (n: number) => ROWS.slice((n - 1) * 10, n * 10);
  switch (at.pathname) {
    case '/page':
      return json({ data: part(page) });
    case '/offset': {
      const from = Number(at.searchParams.get('start') ?? 0);
      return json(ROWS.slice(from, from + 10));
    }
    case '/cursor': {
      const given =
        at.searchParams.get('cursor') ?? (body === '' ? null : (JSON.parse(body) as { cursor?: string }).cursor);
      const n = Number(given ?? 1);
      return json({ items: part(n), next: n < 3 ? String(n + 1) : '' });
    }
    case '/next':
      return json({ items: part(page), next_url: page < 3 ? `/next?page=${page + 1}` : null });
    case '/elsewhere':
      return json({ items: part(1), next_url: 'http://127.0.0.1:1/steal' });
    case '/link':
      return json(
        part(page),
        page < 3 ? { link: `<${url}/link?page=${page + 1}>; rel="next", <${url}/>; rel=first` } : {},
      );
    case '/endless':
      return json(part(1));
    case '/csv':
      return void response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end('id,name\n007,a\n');
    case '/moved':
      return void response.writeHead(302, { location: 'https://example.com/login?token=s3cret' }).end();
    case '/shaky':
      failures += 1;
      return failures % 3 === 0 ? json([{ ok: true }]) : void response.writeHead(503).end('busy');
    default:
      return json({ got: body === '' ? null : (JSON.parse(body) as unknown) });
  }
};
const server = createServer((request, response) => void answer(request, response));

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
  http.close();
});

/** The source as its author writes it under `http:`. */
const get = async (yaml: string) => {
  const problems: Problem[] = [];
  const reading: Reading = { environment: {}, problems, webhooks: new Map() };
  const node = parseYaml(yaml.replaceAll('URL', url), 'jobs/a.yaml', problems);
  const spec = node === null ? null : httpSource.read(node, reading, 'http');
  if (spec === null) throw new Error(problems.map(({ code, message }) => `${code} ${message.en}`).join('\n'));
  asked = [];
  const plain = (source: string): string => source.replace('{{ day }}', '2026-01-05');
  return fetchSource(
    { at: null, source: 'http', ...spec },
    sourceContext({
      fillText: ({ source }) => plain(source),
      fillValue: (param) => {
        const { source } = param as { source: string };
        return source === '{{ n }}' ? 12345678901234567890n : plain(source);
      },
      http,
      sleep: async (ms) => void waits.push(ms),
    }),
  );
};
const failing = (yaml: string, code: string) =>
  assert.rejects(get(yaml), (error: { code: string; message: string }) => {
    assert.equal(error.code, code, error.message);
    assert.doesNotMatch(error.message, /s3cret/);
    return true;
  });

describe('http, page after page', () => {
  const CASES: readonly [name: string, yaml: string, requests: number][] = [
    ['by number, until one is not full', '{ url: URL/page, select: data, pages: { page: page, size: 10 } }', 3],
    ['by number, until one is empty', '{ url: URL/page, select: data, pages: { page: page } }', 4],
    ['by offset', '{ url: URL/offset, pages: { offset: start, size: 10 } }', 3],
    ['by a cursor in the query', '{ url: URL/cursor, select: items, pages: { cursor: next } }', 3],
    [
      'by a cursor in the body',
      '{ url: URL/cursor, method: POST, body: {}, select: items, pages: { cursor: next, in: body } }',
      3,
    ],
    ['by an address in the answer', '{ url: URL/next, select: items, pages: { next: next_url } }', 3],
    ['by its Link header', '{ url: URL/link, pages: link }', 3],
  ];
  for (const [name, yaml, requests] of CASES) {
    it(name, async () => {
      const { rows } = await get(yaml);
      assert.deepEqual(rows, ROWS);
      assert.equal(asked.length, requests);
    });
  }
  it('never to another host, where the credentials would go along', async () => {
    assert.equal((await get('{ url: URL/elsewhere, select: items, pages: { next: next_url } }')).rows.length, 10);
    assert.equal(asked.length, 1);
  });
  it('and not for ever', () => failing('{ url: URL/endless, pages: { page: page, most: 5 } }', 'too-many-pages'));
  it('reads Link headers as they are written', () => {
    assert.equal(nextLink('<https://a.b/?p=2>; rel="next"; title="x"'), 'https://a.b/?p=2');
    assert.equal(nextLink('<https://a.b/1>; rel=prev, <https://a.b/3>; rel="last next"'), 'https://a.b/3');
    assert.equal(nextLink('<https://a.b/1>; rel="nextish"'), null);
    assert.equal(nextLink(undefined), null);
  });
});

describe('http', () => {
  it('signs in by token or by name and password', async () => {
    await get('{ url: URL/x, auth: { bearer: t0ken } }');
    assert.equal(asked[0]?.auth, 'Bearer t0ken');
    await get('{ url: URL/x, auth: { basic: { user: 张三, password: "a:b" } } }');
    assert.equal(Buffer.from(asked[0]?.auth?.slice(6) ?? '', 'base64').toString('utf8'), '张三:a:b');
  });
  it('fills templates into a JSON body, keeping types and digits', async () => {
    await get(
      '{ url: URL/x, method: POST, body: { day: "{{ day }}", list: [1, { n: "{{ n }}" }], text: "on {{ day }}" } }',
    );
    assert.equal(asked[0]?.body, '{"day":"2026-01-05","list":[1,{"n":12345678901234567890}],"text":"on 2026-01-05"}');
  });
  it('takes CSV for what the answer says it is', async () =>
    assert.deepEqual((await get('{ url: URL/csv }')).rows, [{ id: '007', name: 'a' }]));
  it('selects by JSONPath', async () => {
    assert.deepEqual((await get('{ url: URL/page, select: "$.data[?@.id > 8]" }')).rows, [{ id: 9 }, { id: 10 }]);
    assert.deepEqual((await get('{ url: URL/page, select: "$.data" }')).rows.length, 10);
    assert.deepEqual((await get('{ url: URL/page, select: "$.data[?@.id > 800]" }')).rows, []);
    await failing('{ url: URL/page, select: "$.rows" }', 'select-missing');
    await failing('{ url: URL/page, select: "$.[" }', 'select-syntax');
  });
  it('asks again what may pass when asking changes nothing', async () => {
    waits.length = 0;
    assert.deepEqual((await get('{ url: URL/shaky }')).rows, [{ ok: true }]);
    assert.deepEqual(waits, [500, 1_500]);
    await failing('{ url: URL/shaky, method: POST, body: {} }', 'http-status');
    assert.equal(asked.length, 1);
    failures = 0;
  });
  it('follows no redirect, and shows where it led without its secrets', () =>
    failing('{ url: URL/moved }', 'http-redirect'));
  for (const [yaml, code] of [
    ['{ url: a, pages: { page: p, next: n } }', /wrong-type/],
    ['{ url: a, pages: all }', /one-of/],
    ['{ url: a, auth: {} }', /wrong-type/],
    ['{ url: a, auth: { basic: { user: a } } }', /missing-key/],
  ] as const) {
    it(`${yaml} cannot be read`, () => assert.rejects(get(yaml), code));
  }
});
