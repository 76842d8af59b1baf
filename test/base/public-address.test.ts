import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { createHttp } from '../../src/base/http.ts';
import { isPublic } from '../../src/base/public-address.ts';

it('says which addresses are the public internet’s', () => {
  for (const address of ['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '223.5.5.5', '2400:3200::1'])
    assert.equal(isPublic(address), true, address);
  const own = ['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1'];
  const others = ['172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', 'example.com', ''];
  const inside = [
    '::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'fd00::1',
    'fe80::1',
  ];
  for (const address of [...own, ...others, ...inside]) assert.equal(isPublic(address), false, address);
  assert.equal(isPublic('::ffff:1.1.1.1'), true);
});

it('a private address is refused before anything is connected, however it is written', async (t) => {
  let connected = 0;
  const server = createServer((_asked, answer) => answer.end('secret'));
  server.on('connection', () => connected++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const http = createHttp();
  t.after(http.close);
  const { port } = server.address() as AddressInfo;
  const ask = (host: string, onlyPublic: boolean, proxy: string | null = null) =>
    http.request({
      method: 'GET',
      url: `http://${host}:${port}/`,
      connectTimeout: 2_000,
      totalTimeout: 2_000,
      maxBytes: 100,
      proxy,
      onlyPublic,
    });
  assert.equal((await ask('127.0.0.1', false)).is, 'answer');
  const before = connected;
  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    'localhost',
    'localhost.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0',
  ]) {
    const answer = await ask(host, true);
    assert.equal(answer.is, 'not-sent', host);
    assert.match(answer.is === 'not-sent' ? answer.why : '', /private address/, host);
    assert.equal((await ask(host, true, `http://127.0.0.1:${port}`)).is, 'not-sent', `${host} through a proxy`);
  }
  assert.equal(connected, before);
});
