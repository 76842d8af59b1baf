import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { Schedule } from '../../src/model/schedule.ts';
import { MINUTE, type Ms } from '../../src/model/time.ts';
import { decidedBetween } from '../../src/schedule/dues.ts';

interface Span {
  readonly since: number;
  readonly until: number;
  readonly count: number;
}

/** All that a ledger's file has of a job: what people are shown has its limits. */
const recordOf = (file: string, job: string): { dues: readonly number[]; spans: readonly Span[] } => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const runs = db.prepare("select due_at from runs where job = ? and once_key like 'due:%'").all(job);
    const spans = db.prepare('select since, until, count from missed_spans where job = ? order by since').all(job);
    return { dues: runs.map((row) => Number(row['due_at'])), spans: spans as unknown as Span[] };
  } finally {
    db.close();
  }
};

/** Each due time of a job, first seen at `since`, has one outcome: a run, or a place in a span. */
export const assertOutcomes = (
  file: string,
  { job, schedule, since, until, addUp }: { job: string; schedule: Schedule; since: Ms; until: Ms; addUp: boolean },
): void => {
  const { dues: found, spans } = recordOf(file, job);
  assert.equal(new Set(found).size, found.length, `${job}: a due time has one run at most`);
  const dues = decidedBetween(schedule, Math.floor(since / MINUTE) * MINUTE - 1, until, 1_000_000).map(({ at }) => at);
  const outcomes = new Set(found);
  // both ascend: how far the spans reach that began by then
  let reach = Number.NEGATIVE_INFINITY;
  let next = 0;
  const without = dues.filter((due) => {
    for (; (spans[next]?.since ?? Number.POSITIVE_INFINITY) <= due; next++)
      reach = Math.max(reach, spans[next]?.until ?? reach);
    return !outcomes.has(due) && due > reach;
  });
  assert.deepEqual(
    without.map((due) => new Date(due).toISOString()),
    [],
    `${job}: none without an outcome`,
  );
  const known = new Set(dues);
  assert.deepEqual(
    [...outcomes].filter((due) => !known.has(due)),
    [],
    `${job}: none that was not due`,
  );
  if (addUp) assert.equal(found.length + spans.reduce((sum, { count }) => sum + count, 0), dues.length, job);
};
