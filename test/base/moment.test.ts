import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readMoment } from '../../src/base/moment.ts';

const now = Date.parse('2026-11-27T12:00:00+08:00');
const read = (text: string): string | null => {
  const at = readMoment(text, { zone: 'Asia/Shanghai', now });
  return at === null ? null : new Date(at).toISOString();
};

for (const [text, moment] of [
  ['18:00', '2026-11-27T10:00:00.000Z'],
  ['24:00', '2026-11-27T16:00:00.000Z'],
  ['2026-12-01', '2026-11-30T16:00:00.000Z'],
  ['2026-12-01T09:00', '2026-12-01T01:00:00.000Z'],
  ['2026-12-01 9:00:05', '2026-12-01T01:00:05.000Z'],
  ['2024-02-29T09:00', '2024-02-29T01:00:00.000Z'],
  ['2026-12-01T09:00Z', '2026-12-01T09:00:00.000Z'],
  ['2026-12-01T09:00:00.123Z', '2026-12-01T09:00:00.123Z'],
  ['2026-12-01T09:00-05:00', '2026-12-01T14:00:00.000Z'],
  ['2026-12-01T09:00+0530', '2026-12-01T03:30:00.000Z'],
] as const)
  it(`${text} is ${moment}`, () => assert.equal(read(text), moment));

for (const text of [
  '',
  '25:00',
  '24:01',
  '12:60',
  '12:00:60',
  '99:99',
  '2026-02-29',
  '2026-02-30T09:00',
  '2026-02-30T09:00Z',
  '2026-04-31T09:00+08:00',
  '2026-13-01',
  '2026-00-10',
  '2026-12-01T25:00',
  '2026-12-01T25:00+08:00',
  '2026-12-01T09:00+99:00',
  '2026-12-01T',
  '2026-12-0109:00',
  'tomorrow',
])
  it(`${text === '' ? 'nothing' : text} is no time`, () => assert.equal(read(text), null));
