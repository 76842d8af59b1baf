import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCardText } from '../../src/cli/card-file.ts';
import type { Json } from '../../src/model/dataset.ts';

const check = async (text: string): Promise<{ found: string[]; note: string | null }> => {
  const { problems, note } = await checkCardText({ file: 'card.json', text, json: JSON.parse(text) as Json });
  return { found: problems.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`), note: note?.en ?? null };
};

const TEXTS: readonly [name: string, text: string, found: readonly string[], note: RegExp | null][] = [
  ['a sound card', '{"elements":[{"tag":"hr"}]}', [], null],
  [
    'findings in the order of the text, each at its key',
    '{\n "schema": "2.0",\n "body": { "elements": [\n  {"tag": "markdown", "contnet": "x"},\n  {"tag": "hr", "magrin": "0"} ] } }',
    ['card-property 4:23', 'card-property 5:17'],
    null,
  ],
  [
    'what is missing, where it belongs',
    '{\n "header": {"template": "red"},\n "elements": [] }',
    ['card-required 2:2'],
    null,
  ],
  [
    'a cell under a name with a dot',
    '{"elements":[{"tag":"table","columns":[{"name":"a.b"}],\n"rows":[\n{"a.b":1}]}]}',
    ['card-cell 3:2'],
    null,
  ],
  [
    "the body of a custom bot's request",
    '{"msg_type":"interactive",\n"card":{"elements":[{"tag":"markdwn"}]}}',
    ['card-unknown-tag 2:21'],
    /its card\./,
  ],
  [
    "a message's body, whose card is a text",
    '{"receive_id":"x","msg_type":"interactive",\n"content":"{\\"elements\\":[{\\"tag\\":\\"markdwn\\"}]}"}',
    ['card-unknown-tag 2:1'],
    /its content\./,
  ],
  ['a card entity', '{"type":"card_json",\n"data":"{\\"schema\\":\\"2.1\\"}"}', ['card-schema 2:1'], /its data\./],
  [
    "a callback's answer",
    '{"toast":{},\n"card":{"type":"raw","data":{"elements":[{}]}}}',
    ['card-unknown-tag 2:42'],
    /its card\.data\./,
  ],
  ['a message of another kind', '{"msg_type":"text","content":{"text":"x"}}', ['card-is-message 1:1'], null],
  [
    'a card serialised twice: that, and what is wrong inside',
    JSON.stringify('{"elements":[{"tag":"markdwn"}]}'),
    ['card-not-object 1:1', 'card-unknown-tag 1:1'],
    null,
  ],
];
for (const [name, text, found, note] of TEXTS)
  test(`check --card: ${name}`, async () => {
    const answer = await check(text);
    assert.deepEqual(answer.found, found);
    if (note === null) assert.equal(answer.note, null);
    else assert.match(answer.note ?? '', note);
  });

test('check --card: a request above the 20 KB of custom bots is a warning', async () => {
  const card = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: 'x'.repeat(21_000) }] } };
  assert.deepEqual((await check(JSON.stringify({ msg_type: 'interactive', card }))).found, ['webhook-size 1:1']);
});
