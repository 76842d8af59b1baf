import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { createHttp } from '../../src/base/http.ts';
import { createFeishu } from '../../src/feishu/client.ts';
import { createMemoryTokens } from '../../src/feishu/token.ts';

/** A client of a server whose token endpoint answers this, and how many other calls reached it. */
const against = async (t: TestContext, http: number, body: string) => {
  let calls = 0;
  const server = createServer((request, response) => {
    const isToken = request.url?.includes('/auth/v3/') === true;
    if (!isToken) calls++;
    response.writeHead(isToken ? http : 200, { 'Content-Type': 'application/json' });
    response.end(isToken ? body : '{"code":0,"data":{}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection = createHttp();
  t.after(() => {
    connection.close();
    server.close();
    server.closeAllConnections();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = { name: 'default', id: 'cli_a', secret: 's', endpoint };
  const feishu = createFeishu({ app, http: connection, store: createMemoryTokens(), clock: systemClock, proxy: null });
  const reply = await feishu.call({ method: 'PATCH', path: 'im/v1/messages/om_1', body: {} });
  return { reply, calls };
};

describe('what stood in the way of a token is no answer to the call', () => {
  for (const [what, http, body, is] of [
    ['"ok" without a token', 200, '{"code":0}', 'not-sent'],
    ['a crash', 500, 'oops', 'not-sent'],
    ['a crash with a code', 500, '{"code":99999}', 'not-sent'],
    ['a crash with a code of the table', 500, '{"code":2200}', 'not-sent'],
    ['a page of a proxy', 502, '<html></html>', 'not-sent'],
    ['a refusal says what is wrong', 200, '{"code":10014,"msg":"app secret invalid"}', 'answer'],
    ['a limit says how long to wait', 429, '{"code":99991400}', 'answer'],
  ] as const) {
    it(what, async (t) => {
      const { reply, calls } = await against(t, http, body);
      assert.equal(reply.is, is);
      assert.equal(calls, 0);
    });
  }
});
