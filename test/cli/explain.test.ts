import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Asked, readAsked } from '../../src/cli/commands/explain.ts';
import { createProject } from '../support/project.ts';

const ANSWER = '{"code":230002,"msg":"Bot can NOT be out of the chat.","log_id":"20260101"}';

const CASES: readonly (readonly [written: string, asked: readonly Asked[]])[] = [
  ['230002', [{ code: 230002, msg: '' }]],
  ['0', [{ code: 0, msg: '' }]],
  [
    '230002 230013',
    [
      { code: 230002, msg: '' },
      { code: 230013, msg: '' },
    ],
  ],
  [
    '230002, 230013',
    [
      { code: 230002, msg: '' },
      { code: 230013, msg: '' },
    ],
  ],
  ['230099 200550', [{ code: 230099, msg: 'ErrCode: 200550;' }]],
  ['429', [{ http: 429 }]],
  ['HTTP 502', [{ http: 502 }]],
  ['http/502 230002', [{ http: 502 }, { code: 230002, msg: '' }]],
  ['HTTP/1.1 502 Bad Gateway', [{ http: 502 }]],
  [ANSWER, [{ code: 230002, msg: ANSWER }]],
  ['it said 230002, bot out of chat', [{ code: 230002, msg: 'it said 230002, bot out of chat' }]],
  ['nothing', []],
];

for (const [written, asked] of CASES) it(`explain ${written}`, () => assert.deepEqual(readAsked(written), asked));

it('several codes print several rows, and as JSON a list; one stays an object', async () => {
  const project = createProject({});
  const { stdout } = await project.larkcron(['explain', '230002', '502', '0']);
  assert.match(stdout, /^230002: the bot is not in this group\n/);
  assert.match(stdout, /^HTTP 502: Feishu, or a proxy in between, had an error/m);
  assert.match(stdout, /^0: success$/m);
  const rows = JSON.parse((await project.larkcron(['explain', '230002', '429', '--json'])).stdout) as unknown[];
  assert.equal(rows.length, 2);
  const { code, class: kind } = JSON.parse((await project.larkcron(['explain', '230002', '--json'])).stdout) as {
    code: number;
    class: string;
  };
  assert.deepEqual([code, kind], [230002, 'recipient']);
});
