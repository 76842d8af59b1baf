import { runState, time } from './primitives.ts';
import { notTold } from './today.ts';
import { z } from './zod.ts';

/** What `larkcron status --json` prints. */
export const status = z
  .object({
    crontab: z
      .enum(['installed', 'absent', 'no-crontab'])
      .nullable()
      .openapi({ description: 'null: a server does not look at its crontab' }),
    lastTick: time.nullable(),
    lastBeat: time.nullable().openapi({ description: 'when a process at work reported last' }),
    atWork: z.boolean().openapi({ description: 'one reported within 15 s' }),
    drained: z.array(z.string()).openapi({ description: 'nodes that take no new work' }),
    open: z.array(z.object({ id: z.string(), job: z.string().nullable(), state: runState })).openapi({
      description: 'runs that are not settled, at most 1,000',
    }),
    nextWork: time.nullable(),
    incidents: z.array(z.object({ subject: z.string(), openedAt: time, count: z.int(), run: z.string() })),
    unreachable: z
      .array(
        z.object({
          subject: z.string(),
          to: z.string().nullable(),
          notTold: z.array(notTold),
          words: z.array(z.string()),
        }),
      )
      .openapi({ description: 'incidents that somebody could not be told of' }),
    broken: z.array(z.string()).openapi({ description: 'jobs whose settings have faults' }),
  })
  .openapi('Status');
