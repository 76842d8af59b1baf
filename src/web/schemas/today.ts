import { day, milliseconds, reason, runState, time } from './primitives.ts';
import { z } from './zod.ts';

export const OUTCOMES = [
  'coming',
  'running',
  'done',
  'late',
  'partial',
  'unknown',
  'failed',
  'skipped',
  'missed',
] as const;
export const dueOutcome = z.enum(OUTCOMES).openapi('DueOutcome');

export const dueOfDay = z
  .object({
    job: z.string(),
    at: time,
    outcome: dueOutcome,
    run: z.string().nullable(),
    state: runState.nullable(),
    reason: reason.nullable(),
    lateMs: milliseconds.nullable(),
    finishedAt: time.nullable(),
    count: z.int().openapi({ description: 'more than 1: so many due times from `at` on, as one' }),
    until: time.nullable().openapi({ description: 'the last of several' }),
  })
  .openapi('DueOfDay');

export const notTold = z
  .object({ to: z.string(), way: z.string(), code: z.string(), message: z.string() })
  .openapi('NotTold');

export const incident = z
  .object({
    id: z.int(),
    subject: z.string().openapi({ example: 'job:store-dashboard' }),
    state: z.enum(['open', 'closed']),
    openedAt: time,
    closedAt: time.nullable(),
    count: z.int(),
    run: z.string(),
    lastRun: z.string(),
    cause: reason.nullable(),
    jobs: z.array(z.string()),
    because: z.string().nullable().openapi({ description: "the app's incident that it is part of" }),
    notice: z.object({
      state: z.enum(['none', 'due', 'queued', 'told', 'unreachable']),
      kind: z.enum(['failure', 'reminder', 'recovery']).nullable(),
      to: z.string().nullable(),
      told: z.array(z.string()),
      notTold: z.array(notTold),
      at: time.nullable(),
      ways: z.array(z.string()),
    }),
  })
  .openapi('Incident');

export const incidents = z
  .object({
    open: z.array(incident),
    closed: z.array(incident).openapi({ description: 'the latest first, at most 200' }),
    more: z.boolean().openapi({ description: 'more have closed since then than are listed' }),
  })
  .openapi('Incidents');

const used = z.object({ used: z.int(), limit: z.int() });

export const quota = z
  .object({
    app: z.string(),
    perSecond: used,
    perMinute: used,
    blockedUntil: time.nullable().openapi({ description: 'Feishu asked to wait until then' }),
    gate: z
      .object({ code: z.int().nullable(), since: time, words: z.string() })
      .nullable()
      .openapi({ description: 'closed: the app itself is refused' }),
    waiting: z.int().openapi({ description: 'messages that are to be sent, at most 10,000 are counted' }),
  })
  .openapi('Quota');

export const processRow = z
  .object({
    id: z.string(),
    node: z.string().openapi({ description: 'the machine, as `larkcron nodes` calls it' }),
    host: z.string(),
    pid: z.int(),
    role: z.enum(['command', 'daemon']),
    version: z.string(),
    enteredAt: time,
    beatAt: time,
    alive: z.boolean(),
    runs: z
      .array(z.object({ id: z.string(), job: z.string().nullable() }))
      .openapi({ description: 'what it prepares' }),
    sending: z.int(),
    drain: z
      .enum(['draining', 'drained'])
      .nullable()
      .openapi({ description: 'its machine takes no new work (`larkcron nodes drain`)' }),
    self: z.boolean(),
  })
  .openapi('Process');

export const today = z
  .object({
    day,
    timezone: z.string(),
    now: time,
    counts: z.record(dueOutcome, z.int()),
    dues: z.array(dueOfDay),
    incidents: z.array(incident),
    quota: z.array(quota),
    processes: z.array(processRow),
    nextWork: time.nullable(),
    lastTick: time.nullable(),
    broken: z.array(z.string()).openapi({ description: 'jobs whose settings have faults' }),
  })
  .openapi('Today');
