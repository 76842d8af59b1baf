import { clockText } from '../../acts/time.ts';
import { isError } from '../../model/errors.ts';
import { isPausedAt } from '../../model/pause.ts';
import { MARKS, STATE_WORDS } from '../../model/state-words.ts';
import { pauseJson } from '../../report/pause-json.ts';
import { runJson, utc } from '../../report/run-json.ts';
import { nextDue } from '../../schedule/dues.ts';
import { scheduleInWords } from '../../schedule/in-words.ts';
import type { Act } from '../command.ts';
import { pausedInWords } from '../picture-of-pause.ts';

/** `larkcron jobs`: each job with its schedule in words, the next due time and the last run. */
export const jobs: Act = async (_call, context) => {
  const { out, clock } = context;
  const project = context.project();
  const app = await context.app(project);
  const pauses = await app.ledger().jobs.pauses();
  const listed = [];
  for (const name of project.jobNames) {
    const job = project.jobs.find((each) => each.name === name);
    const problems = (project.problems.get(name) ?? []).filter(isError);
    const schedule = job?.schedule ?? null;
    const kept = pauses.get(name) ?? null;
    const pause = isPausedAt(kept, clock.now()) ? kept : null;
    const [next = null] = schedule === null ? [] : nextDue(schedule, clock.now(), 1);
    const runs = await app.ledger().history.runs({ job: name, states: null, since: null, limit: 10 });
    // a plain card in place of one that was refused says nothing of how the job does
    const last = runs.find(({ kind }) => kind !== 'fallback') ?? null;
    listed.push({
      job: name,
      description: job?.description ?? null,
      schedule: schedule === null ? null : out.say(scheduleInWords(schedule)),
      next: next === null ? null : utc(next),
      last: last === null ? null : runJson(last, out.lang),
      paused: pause === null ? null : pauseJson(pause),
      problems: problems.length,
    });
    const zone = schedule?.timezone ?? project.settings.timezone;
    const parts = [
      pause === null ? null : out.say(pausedInWords(pause, zone)),
      problems.length > 0
        ? out.say({ zh: `✗ 设置有 ${problems.length} 处错误`, en: `✗ ${problems.length} faults in its settings` })
        : null,
      schedule === null ? out.say({ zh: '没有 schedule', en: 'no schedule' }) : out.say(scheduleInWords(schedule)),
      next === null ? null : out.say({ zh: `下次 ${clockText(next, zone)}`, en: `next ${clockText(next, zone)}` }),
      last === null
        ? null
        : `${out.say({ zh: '上次', en: 'last' })} ${clockText(last.dueAt ?? last.createdAt, zone)} ${MARKS[last.state]} ${out.say(STATE_WORDS[last.state])}`,
    ];
    out.line(`${name}${job?.description == null ? '' : `  ${job.description}`}`);
    out.line(`  ${parts.filter((part) => part !== null).join(' · ')}`);
  }
  if (project.jobNames.length === 0)
    out.line(out.say({ zh: 'jobs/ 里还没有任务。', en: 'There are no jobs in jobs/ yet.' }));
  out.data({ jobs: listed });
  return listed.some(({ problems }) => problems > 0) ? 2 : 0;
};
