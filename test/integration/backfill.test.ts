import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject } from '../support/project.ts';

const JOB = `schedule: { cron: "0 18 * * *", days: cn-workdays }
to: [ou_a]
card:
  title: { zh: "日报 {{ due | date: '%m-%d' }}", en: report }
  body: [{ text: hi }]
`;

it('what was not sent in a stretch of the past is sent once, marked as late, on the calendar’s days', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/report.yaml': JOB }, sandbox.url);
  const backfill = (...args: string[]) => project.larkcron(['backfill', 'report', ...args]);
  const week = ['--since', '2026-09-24', '--until', '2026-09-28T18:00'];
  const listed = await backfill(...week, '--dry-run');
  assert.deepEqual(listed.stdout.trim().split('\n'), ['2026-09-24 18:00', '2026-09-28 18:00']);
  const ended = await backfill(...week, '--yes');
  assert.equal(ended.code, 0, ended.stderr + ended.stdout);
  const titles = sandbox
    .messages()
    .map(
      ({ content }) =>
        (JSON.parse(content) as { header: { title: { content: string; i18n_content: Record<string, string> } } }).header
          .title,
    );
  // two runs' messages are under way at once: each says its own due time, whichever arrives first
  assert.deepEqual(titles.map(({ content }) => content).sort(), [
    '【补发 2026-09-24 18:00】日报 09-24',
    '【补发 2026-09-28 18:00】日报 09-28',
  ]);
  // … but they are begun in the order of their due times
  const { stdout } = await project.larkcron(['history', 'report', '--json']);
  const begun = (JSON.parse(stdout) as { runs: { dueAt: string; startedAt: string }[] }).runs.sort((a, b) =>
    a.dueAt.localeCompare(b.dueAt),
  );
  assert.equal(begun.length, 2);
  assert.ok((begun[0]?.startedAt ?? '') <= (begun[1]?.startedAt ?? ''), JSON.stringify(begun));
  for (const { i18n_content: words } of titles)
    assert.ok(Object.values(words).every((word) => word.startsWith('【补发')));
  const again = await backfill('--since', '2026-09-24', '--until', '2026-09-29T18:00', '--yes', '--json');
  assert.equal(again.code, 0);
  const { runs, already } = JSON.parse(again.stdout) as {
    runs: { dueAt: string; trigger: string; state: string }[];
    already: string[];
  };
  assert.deepEqual(
    runs.map(({ dueAt, trigger, state }) => [dueAt, trigger, state]),
    [['2026-09-29T10:00:00.000Z', 'backfill', 'delivered']],
  );
  assert.equal(already.length, 2);
  assert.equal(sandbox.messages().length, 3);
  for (const args of [[], ['--since', '2020-01-01', '--until', '2026-09-01'], ['--since', '2026-09-01', '--max', '3']])
    assert.equal((await backfill(...args, '--yes')).code, 2, args.join(' '));
  assert.equal(sandbox.messages().length, 3);
});

it('what the calendar leaves out of a stretch, however often, hides nothing of it', async () => {
  const project = createProject({
    'jobs/seconds.yaml': 'schedule: { every: 30s, days: cn-workdays }\nto: [ou_a]\ntext: hi\n',
  });
  // from within the National Day holidays to the first minute after them
  const stretch = ['--since', '2026-10-01', '--until', '2026-10-08T00:01', '--dry-run'];
  const { stdout } = await project.larkcron(['backfill', 'seconds', ...stretch]);
  assert.deepEqual(stdout.trim().split('\n'), ['2026-10-08 00:00', '2026-10-08 00:00:30', '2026-10-08 00:01']);
});

it('what failed before sending is tried again, as the same run', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const job =
    'schedule: "0 18 * * *"\nto: [ou_a]\ndata: { d: { file: { path: "{{ job.name }}.csv" } } }\ntext: "{{ d.first.a }}"\n';
  const project = createProject({ 'jobs/report.yaml': job }, sandbox.url);
  const day = ['backfill', 'report', '--since', '2026-09-24', '--until', '2026-09-25', '--yes', '--json'];
  const failed = await project.larkcron(day);
  assert.equal(failed.code, 1);
  project.write('report.csv', 'a\n7\n');
  const ended = await project.larkcron(day);
  assert.equal(ended.code, 0, ended.stderr);
  const id = (text: string) => (JSON.parse(text) as { runs: { id: string }[] }).runs[0]?.id;
  assert.equal(id(ended.stdout), id(failed.stdout));
  const sent = sandbox.messages().filter(({ recipient }) => recipient.id === 'ou_a');
  assert.deepEqual(
    sent.map(({ content }) => content),
    ['{"text":"【补发 2026-09-24 18:00】7"}'],
  );
});
