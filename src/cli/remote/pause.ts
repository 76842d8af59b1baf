import { clockText } from '../../acts/time.ts';
import { failure } from '../../model/errors.ts';
import { acts } from '../../web/routes/acts.ts';
import { reads } from '../../web/routes/reads.ts';
import type { jobRow } from '../../web/schemas/job.ts';
import type { z } from '../../web/schemas/zod.ts';
import { type Act, flag, type Options, text } from '../command.ts';
import { cliWords } from '../words.ts';
import { part, type Server, serverOf } from './server.ts';

type JobRow = z.output<typeof jobRow>;

const chosen = async (args: readonly string[], options: Options, server: Server): Promise<readonly string[]> => {
  const all = flag(options, 'all');
  if (all === args.length > 0) throw failure(cliWords, 'jobs-or-all', undefined, { status: 2 });
  if (!all) return args;
  const { jobs } = await server.get('/api/jobs', reads.jobs.answer);
  return jobs.flatMap(({ job, schedule }) => (schedule === null ? [] : [job]));
};

/** `larkcron pause JOB…|--all --server URL` */
export const pause: Act = async ({ args, options }, context) => {
  const { out } = context;
  const server = serverOf(options, context);
  const how = { until: text(options, 'until'), reason: text(options, 'reason') };
  try {
    const rows: JobRow[] = [];
    for (const job of await chosen(args, options, server))
      rows.push(await server.post(`/api/jobs/${part(job)}/pause`, how, acts.pause.answer));
    for (const { job, paused, timezone } of rows) {
      const end = paused?.until == null ? null : clockText(Date.parse(paused.until), timezone);
      out.line(
        out.say({
          zh: `⏸ ${job} 已暂停${end === null ? '' : `,到 ${end}`}`,
          en: `⏸ ${job} is paused${end === null ? '' : ` until ${end}`}`,
        }),
      );
    }
    out.data({ jobs: rows.map(({ job, paused }) => ({ job, paused })) });
    return 0;
  } finally {
    server.close();
  }
};

/** `larkcron resume JOB…|--all --server URL` */
export const resume: Act = async ({ args, options }, context) => {
  const { out } = context;
  const server = serverOf(options, context);
  try {
    const rows: JobRow[] = [];
    for (const job of await chosen(args, options, server))
      rows.push(await server.post(`/api/jobs/${part(job)}/resume`, {}, acts.resume.answer));
    for (const { job } of rows) out.line(out.say({ zh: `▶ ${job} 已恢复`, en: `▶ ${job} goes on` }));
    out.data({ jobs: rows.map(({ job, paused }) => ({ job, paused })) });
    return 0;
  } finally {
    server.close();
  }
};
