import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CardFinding } from '../../src/card/rules/check-card.ts';
import { refuseFindings } from '../../src/sandbox/content.ts';

const finding = (fields: Partial<CardFinding>): CardFinding => ({
  code: 'card-unknown-tag',
  message: { zh: '没有这种组件', en: 'there is no such component' },
  severity: 'error',
  at: null,
  path: 'body.elements[0]',
  feishu: 200621,
  ...fields,
});

test('a card’s first fault is told in Feishu’s form; warnings are not', () => {
  const cases: readonly (readonly [readonly CardFinding[], number | null, RegExp])[] = [
    [[], null, /^$/],
    [[finding({ severity: 'warning' })], null, /^$/],
    [
      [finding({})],
      230099,
      /^Failed to create card content, ext=ErrCode: 200621; ErrPath: body\.elements\[0\]; ErrMsg: there is/,
    ],
    [
      [finding({ severity: 'warning' }), finding({ feishu: 11310, path: null })],
      230099,
      /ext=ErrCode: 11310; ErrMsg: /,
    ],
    [[finding({ feishu: null })], 230099, /ErrCode: 200621;/],
    [[finding({ feishu: 230025 })], 230025, /length/],
  ];
  for (const [findings, code, msg] of cases) {
    const answer = refuseFindings(findings);
    const body = answer?.is === 'json' ? answer.body : {};
    assert.equal(body['code'] ?? null, code);
    assert.match(String(body['msg'] ?? ''), msg);
    if (code !== null) assert.equal(answer?.http, 400);
  }
});
