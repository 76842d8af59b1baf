import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import fc from 'fast-check';
import { textHtml } from '../../src/sandbox/page/draw-text.ts';
import { CARD, PIXEL, sandboxFor } from './client.ts';

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\'`</body>';

test('hostile words in every kind of message and name stay words', async (t) => {
  const { send, call, http } = await sandboxFor(t);
  const picture = new FormData();
  picture.append('image_type', 'message');
  picture.append('image', new Blob([new Uint8Array(PIXEL)]), 'x"onload="alert(3).png');
  const key = (await call('POST', 'im/v1/images', picture)).body.data?.['image_key'];
  const file = new FormData();
  file.append('file_type', 'stream');
  file.append('file_name', HOSTILE);
  file.append('file', new Blob(['x']), 'x');
  const fileKey = (await call('POST', 'im/v1/files', file)).body.data?.['file_key'];
  const codes = [
    await send({ content: { text: HOSTILE } }),
    await send({
      content: { text: `<at user_id="x">${HOSTILE}</at> [x](javascript:alert(4))` },
      to: '"><script>@x.example',
      idType: 'email',
    }),
    await send({
      type: 'post',
      content: {
        zh_cn: {
          title: HOSTILE,
          content: [
            [
              { tag: 'a', text: HOSTILE, href: 'javascript:alert(5)' },
              { tag: 'x', y: HOSTILE },
              { tag: 'md', text: HOSTILE },
            ],
          ],
        },
      },
    }),
    await send({ type: 'image', content: { image_key: key } }),
    await send({ type: 'file', content: { file_key: fileKey } }),
    await send({
      to: 'oc_x',
      idType: 'chat_id',
      type: 'interactive',
      content: { ...CARD, header: { title: { tag: 'plain_text', content: HOSTILE } } },
    }),
  ];
  assert.deepEqual(
    codes.map(({ body }) => body.code),
    codes.map(() => 0),
  );
  for (const lang of ['zh', 'en']) {
    const { text } = await http('GET', `/?lang=${lang}`);
    assert.deepEqual([...text.matchAll(/<script[^>]*>/g)].map(String), [
      '<script src="/sandbox/page.js" defer>',
      '<script src="/sandbox/charts.js" data-vchart="/sandbox/vchart.js" defer>',
    ]);
    assert.doesNotMatch(text, /<img src=x|<[^>]+\son\w+\s*=|href="\s*javascript:/i);
    assert.match(text, /&#60;script&#62;alert\(1\)/);
  }
});

test('whatever a text says, its HTML opens only the tags it may and closes them', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<b>',
      '</b>',
      '<i>',
      '</i>',
      '<at user_id="all">',
      '</at>',
      '<script>',
      '"',
      '[a](http://x)',
      'https://x.y/"z',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const html = textHtml(pieces.join(''));
      const tags = [...html.matchAll(/<(\/?)([a-z]*)([^>]*)>?/gi)];
      const open: string[] = [];
      for (const [, slash, name = ''] of tags) {
        if (!['a', 'b', 'i', 'u', 's', 'span'].includes(name)) return false;
        if (slash === '') open.push(name);
        else if (open.pop() !== name) return false;
      }
      return open.length === 0;
    }),
  );
});

test('a text’s own marks are shown', () => {
  assert.equal(textHtml('a <b>b</b> & c'), 'a <b>b</b> &#38; c');
  assert.equal(textHtml('<at user_id="ou_x">Lin</at>'), '<span class="at">@Lin</span>');
  assert.match(textHtml('[docs](https://x.example/a)'), /^<a href="https:\/\/x.example\/a" [^>]*>docs<\/a>$/);
  assert.equal(textHtml('<b>open'), '&#60;b&#62;open');
});

test('the page is in Chinese, in English when asked, and asks nothing of anybody else', async (t) => {
  const { http, send } = await sandboxFor(t);
  assert.match((await http('GET', '/')).text, /<html lang="zh-CN">.*还没有消息/s);
  await send();
  const page = await http('GET', '/?lang=en');
  assert.match(page.text, /<html lang="en">.*hello/s);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
  const files = [
    page.text,
    (await http('GET', '/sandbox/page.css')).text,
    (await http('GET', '/sandbox/page.js')).text,
    (await http('GET', '/sandbox/charts.js')).text,
  ].join('\n');
  assert.doesNotMatch(files, /(src|href)="(https?:)?\/\/|url\((?!["']?data:)|@import/);
});

test('a card shows the pictures that were uploaded, people by name, and its charts by a script of this machine', async (t) => {
  const { send, call, http } = await sandboxFor(t);
  const form = new FormData();
  form.append('image_type', 'message');
  form.append('image', new Blob([new Uint8Array(PIXEL)]), 'x.png');
  const key = String((await call('POST', 'im/v1/images', form)).body.data?.['image_key']);
  const chart = { tag: 'chart', chart_spec: { type: 'pie', data: { values: [] } } };
  const elements = [{ tag: 'img', img_key: key, alt: { tag: 'plain_text', content: 'A' } }, chart];
  await send({ type: 'interactive', content: { ...CARD, body: { elements } } });
  const { text } = await http('GET', '/');
  assert.match(text, new RegExp(`<img class="[^"]*" src="/sandbox/pictures/${key}" alt="A"`));
  assert.match(text, /class="lc-chart" data-theme="brand" data-spec="\{&#34;type&#34;:&#34;pie&#34;/);
  const library = await http('GET', '/sandbox/vchart.js');
  assert.match(library.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.match(library.text, /"1\.12\.7"/);
});

test('each message, change and recall is told at once, with the pieces of the page', async (t) => {
  const { send, call, sandbox } = await sandboxFor(t);
  await send({ content: { text: 'before' } });
  const stop = new AbortController();
  t.after(() => stop.abort());
  const stream = await fetch(`${sandbox.url}/sandbox/events?after=0`, { signal: stop.signal });
  const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const events = async (count: number) => {
    while (text.split('event: message').length - 1 < count) text += (await reader.read()).value ?? '';
    const lines = text.split('\n').filter((line) => line.startsWith('data: '));
    return lines.map(
      (line) =>
        JSON.parse(line.slice(6)) as {
          seq: number;
          message: { content: string; recalledAt: number | null };
          html: { message: string };
        },
    );
  };
  assert.match((await events(1))[0]?.html.message ?? '', /before/);
  const id = (await send({ content: { text: 'live' } })).body.data?.['message_id'];
  assert.equal((await events(2))[1]?.message.content, '{"text":"live"}');
  await call('DELETE', `im/v1/messages/${id}`);
  const third = (await events(3))[2];
  assert.equal(third?.seq, 3);
  assert.notEqual(third?.message.recalledAt, null);
});

test('a listener from before a restart is told to begin anew', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const stop = new AbortController();
  const stream = await fetch(`${sandbox.url}/sandbox/events`, {
    signal: stop.signal,
    headers: { 'Last-Event-ID': '7' },
  });
  const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('event: restart')) text += (await reader.read()).value ?? '';
  stop.abort();
});

test('a page of another site that took this address by DNS is not served', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const status = await new Promise((resolve, reject) => {
    request(`${sandbox.url}/sandbox/messages`, { headers: { Host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 403);
});
