import { clockText, parseTime } from '../../acts/time.ts';
import { actWords } from '../../acts/words.ts';
import { configWords } from '../../config/words.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { RUN_STATES, type RunState } from '../../model/run.ts';
import { MARKS, STATE_WORDS } from '../../model/state-words.ts';
import { runJson, utc } from '../../report/run-json.ts';
import { runName } from '../../run-name.ts';
import { type Act, text, texts } from '../command.ts';
import { parseCount } from '../time.ts';

const stateOf = (value: string): RunState => {
  if ((RUN_STATES as readonly string[]).includes(value)) return value as RunState;
  const expected = { zh: RUN_STATES.join('、'), en: `one of ${RUN_STATES.join(', ')}` };
  throw failure(actWords, 'bad-value', { option: '--state', value, expected }, { status: 2 });
};

/** `larkcron history` (also `runs`): what was sent, newest first, with the due times that passed unseen. */
export const history: Act = async ({ args, options }, context) => {
  const { out, clock } = context;
  const [job = null] = args;
  const project = context.project([]);
  const app = await context.app(project);
  const { timezone } = project.settings;
  const since = text(options, 'since');
  const states = texts(options, 'state').map(stateOf);
  const runs = await app.ledger().history.runs({
    job,
    states: states.length === 0 ? null : states,
    since: since === null ? null : parseTime('--since', since, { zone: timezone, now: clock.now() }),
    limit: parseCount('--limit', text(options, 'limit'), 20),
  });
  if (job !== null && runs.length === 0 && !project.jobNames.includes(job)) {
    throw failure(
      configWords,
      'unknown-job',
      { name: job, known: project.jobNames, suggestion: nearest(job, project.jobNames) },
      { status: 2 },
    );
  }
  for (const run of runs) {
    const at = clockText(run.dueAt ?? run.createdAt, timezone);
    const because = run.reason === null ? '' : `  ${out.say(run.reason.message)}`;
    out.line(
      `${MARKS[run.state]} ${run.id.slice(0, 8)}  ${at}  ${runName(run, out.lang)}  ${run.trigger}  ${out.say(STATE_WORDS[run.state])}${because}`,
    );
  }
  const spans = job === null ? [] : await app.ledger().history.spans(job);
  for (const span of spans) {
    out.line(
      out.say({
        zh: `- ${clockText(span.since, timezone)} 到 ${clockText(span.until, timezone)} 错过 ${span.count} 次`,
        en: `- ${clockText(span.since, timezone)} to ${clockText(span.until, timezone)}: ${span.count} missed`,
      }),
    );
  }
  if (runs.length === 0 && spans.length === 0) out.line(out.say({ zh: '还没有记录。', en: 'Nothing yet.' }));
  out.data({
    runs: runs.map((run) => runJson(run, out.lang)),
    missed: spans.map(({ since: from, until, count, why }) => ({ since: utc(from), until: utc(until), count, why })),
  });
  return 0;
};
