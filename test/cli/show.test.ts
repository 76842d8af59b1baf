import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tryLine } from '../../src/cli/picture-of-run.ts';
import type { Run } from '../../src/model/run.ts';
import { runName, subjectOf } from '../../src/run-name.ts';

const attempt = {
  delivery: 'd',
  n: 2,
  begunAt: 1000,
  endedAt: 1052,
  outcome: 'retry',
  http: 400,
  code: 230020,
  logId: null,
};

for (const [what, line, delivery, several, change] of [
  [
    'one part',
    '    18:00  ou_a  第 2 次尝试  暂时被拒,再试  HTTP 400  code 230020  52 ms',
    { part: 1, generation: 1 },
    false,
    {},
  ],
  [
    'several parts',
    '    18:00  ou_a  第 1 部分  第 2 次尝试  已送达  HTTP 200  code 0  52 ms',
    { part: 1, generation: 1 },
    true,
    { outcome: 'delivered', http: 200, code: 0 },
  ],
  [
    'sent anew',
    '    18:00  ou_a  第 3 部分  第 2 次发送  第 2 次尝试  没有明确回答  52 ms',
    { part: 3, generation: 2 },
    true,
    { outcome: 'unknown', http: null, code: null },
  ],
  [
    'without an end',
    '    18:00  ou_a  第 2 次尝试  没有记下结果',
    { part: 1, generation: 1 },
    false,
    { outcome: null, endedAt: null, http: null, code: null },
  ],
] as const)
  it(`a try, ${what}`, () =>
    assert.equal(
      tryLine({ ...attempt, ...change }, { recipient: 'ou_a', ...delivery }, { at: '18:00', lang: 'zh', several }),
      line,
    ));

it('a try in English', () =>
  assert.equal(
    tryLine(attempt, { recipient: 'ou_a', part: 2, generation: 1 }, { at: '18:00', lang: 'en', several: true }),
    '    18:00  ou_a  part 2  try 2  refused for now  HTTP 400  code 230020  52 ms',
  ));

const NAMES: readonly (readonly [Pick<Run, 'job' | 'kind' | 'onceKey'>, string, string, string | null])[] = [
  [{ job: 'daily', kind: 'job', onceKey: 'due:1' }, 'daily', 'daily', null],
  [{ job: null, kind: 'send', onceKey: 'key:k' }, '单条消息(send)', 'one message (send)', null],
  [{ job: null, kind: 'notice', onceKey: 'notice:job:bad:5:1' }, '通知:任务 bad', 'notice about job bad', 'job:bad'],
  [{ job: null, kind: 'notice', onceKey: 'notice:app:a:5:2@9' }, '通知:应用 a', 'notice about app a', 'app:a'],
  [{ job: null, kind: 'notice', onceKey: 'notice:7:1' }, '通知', 'a notice', null],
];
for (const [run, zh, en, subject] of NAMES)
  it(`a run is called ${en}`, () => {
    assert.deepEqual([runName(run, 'zh'), runName(run, 'en'), subjectOf(run)], [zh, en, subject]);
  });
