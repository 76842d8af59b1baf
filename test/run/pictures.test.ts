import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it, type TestContext } from 'node:test';
import { createHttp } from '../../src/base/http.ts';
import type { Json } from '../../src/model/dataset.ts';
import { picturesOf, readPicture } from '../../src/run/pictures.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const AT = { file: 'jobs/a.yaml', line: 7, column: 9 };

const setUp = async (t: TestContext) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url?.startsWith('/gone')) return void response.writeHead(404).end('<html>');
    if (request.url?.startsWith('/page')) return void response.end('<html>no picture</html>');
    response.end(request.url?.startsWith('/huge') ? Buffer.alloc(11 * 1024 * 1024) : PNG);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = createHttp();
  t.after(() => {
    http.close();
    server.close();
  });
  const reach = { http, proxyFor: () => null, signal: new AbortController().signal, directory: '/nowhere' };
  return { reach, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

it('a picture from the web is fetched once and stands in the card by the key of its bytes', async (t) => {
  const { reach, asked, url } = await setUp(t);
  const pictures = picturesOf(reach, {});
  const [a, b] = [pictures.keyOf(`${url}/a.png?token=s`, AT), pictures.keyOf(`${url}/a.png?token=s`, AT)];
  const { card, files } = await pictures.settled([{ img_key: a }, { img_key: b }] as Json);
  assert.deepEqual(
    files.map(({ name, bytes }) => [name, bytes.length]),
    [['a.png', PNG.length]],
  );
  assert.deepEqual(card, [{ img_key: files[0]?.standIn }, { img_key: files[0]?.standIn }]);
  assert.deepEqual(asked, ['/a.png?token=s']);
});

for (const [path, code, status] of [
  ['/gone.png?token=s3cret', 'http-status', 1],
  ['/page', 'upload-no-image', 2],
  ['/huge', 'too-large', 1],
] as const) {
  it(`${path} is ${code}, at its place and without what stands behind the question mark`, async (t) => {
    const { reach, url } = await setUp(t);
    await assert.rejects(
      readPicture(url + path, { name: null, at: AT }, reach),
      (error: { code: string; status: number; message: string; problems: { at: unknown }[] }) => {
        assert.deepEqual([error.code, error.status, error.problems[0]?.at], [code, status, AT]);
        assert.doesNotMatch(error.message, /s3cret/);
        return true;
      },
    );
  });
}
