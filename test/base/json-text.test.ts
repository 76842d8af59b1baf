import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonFault } from '../../src/base/json-text.ts';

const FAULTS: readonly [text: string, place: string, why: RegExp][] = [
  ['{"a": x}', '1:7', /"x"/],
  ['[1,]', '1:4', /"]"/],
  ['{"a":1,}', '1:8', /"}"/],
  ["{'a':1}", '1:2', /"'"/],
  ['{"a":1 "b":2}', '1:8', /"\\""/],
  ['{\n  "a": 1,\n  "b": nulx\n}', '3:11', /"x"/],
  ['{"a":"\n"}', '1:7', /"\\n"/],
  ['// c\n{}', '1:1', /"\/"/],
  ['{} x', '1:4', /"x"/],
  ['{"a": "b', '1:9', /too early/],
  ['{"a": [1', '1:9', /too early/],
  ['', '1:1', /too early/],
];
for (const [text, place, why] of FAULTS)
  test(`no JSON: ${JSON.stringify(text)} at ${place}`, () => {
    const fault = jsonFault(text);
    assert.equal(`${fault.line}:${fault.column}`, place);
    assert.match(fault.why.en, why);
  });

test('a character that no JSON has is found wherever it is put', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, at) => {
      const place = at % (json.length + 1);
      const { line, column } = jsonFault(`${json.slice(0, place)}\u0001${json.slice(place)}`);
      // fc.json writes one line
      assert.deepEqual([line, column], [1, place + 1]);
    }),
  );
});
