import { day, finding, jobName, milliseconds, reason, runState, time } from './primitives.ts';
import { drawnPart, run } from './run.ts';
import { z } from './zod.ts';

export const pause = z.object({ since: time, until: time.nullable(), reason: z.string().nullable() }).openapi('Pause');

/** One of the latest runs, oldest first, as a strip shows them. */
export const stripe = z
  .object({ run: z.string(), at: time, state: runState, late: z.boolean(), reason: reason.nullable() })
  .openapi('Stripe');

export const jobRow = z
  .object({
    job: jobName,
    description: z.string().nullable(),
    schedule: z.string().nullable().openapi({ description: 'in words', example: '每天 18:00 (Asia/Shanghai)' }),
    timezone: z.string(),
    next: time.nullable(),
    last: run.nullable(),
    recent: z.array(stripe).max(30),
    owner: z.string().nullable(),
    recipients: z.int().openapi({ description: 'how many are named; people in data are not counted' }),
    paused: pause.nullable(),
    incident: z.int().nullable().openapi({ description: 'its open incident' }),
    problems: z.int().openapi({ description: 'faults in its settings' }),
    app: z.string(),
    priority: z.enum(['low', 'normal', 'high', 'urgent']),
    sound: z.boolean().openapi({ description: 'false: its file has faults, so its due times end as failed' }),
  })
  .openapi('Job');

/** A list of ten thousand is for a file, not for a page. */
export const MOST_NAMED = 200;

export const due = z
  .object({
    dueAt: time,
    sendAt: time.nullable().openapi({ description: 'later than due with quiet hours and jitter; null: left out' }),
    skipped: reason.nullable(),
    calendarUnknown: z.int().nullable().openapi({ description: 'the year whose notice the calendar has not got' }),
  })
  .openapi('Due');

/** A job with its settings and the findings about them, by line. */
export const jobDetail = z
  .object({
    job: jobRow,
    next: z.array(due),
    to: z
      .array(z.object({ recipient: z.string(), kind: z.string() }))
      .openapi({ description: `the first ${MOST_NAMED} who are named; how many there are says job.recipients` }),
    each: z
      .string()
      .nullable()
      .openapi({ description: 'dataset.column where each recipient has a message of their own' }),
    sources: z.array(z.object({ dataset: z.string(), source: z.string() })),
    message: z.string().openapi({ description: 'card, text, file, image, template, raw or made' }),
    notify: z.array(z.string()).openapi({ description: 'who hears when it fails' }),
    file: z.string(),
    source: z
      .string()
      .nullable()
      .openapi({ description: 'the text of its file, secrets hidden; null for TypeScript, and for a viewer' }),
    findings: z.array(finding),
    missed: z.array(z.object({ since: time, until: time, count: z.int(), why: z.string() })),
  })
  .openapi('JobDetail');

export const preview = z
  .object({
    due: time,
    skipped: reason.nullable().openapi({ description: 'what it would be left out for, though the card is drawn' }),
    shows: z
      .object({ recipient: z.string(), of: z.int() })
      .nullable()
      .openapi({ description: 'whose message it is where everybody has their own' }),
    parts: z.array(drawnPart),
    findings: z.array(finding),
    sources: z.array(z.object({ dataset: z.string(), rows: z.int(), tookMs: milliseconds })),
    tookMs: milliseconds,
  })
  .openapi('Preview');

export const dayCount = z
  .object({
    day,
    delivered: z.int(),
    late: z.int().openapi({ description: 'of the delivered' }),
    partial: z.int(),
    failed: z.int(),
    unknown: z.int(),
    skipped: z.int(),
    missed: z.int(),
    open: z.int(),
  })
  .openapi('DayCount');

export const jobDays = z.object({ timezone: z.string(), days: z.array(dayCount) }).openapi('JobDays');

/** For charts: the latest runs, oldest first. */
export const jobTimes = z
  .object({
    runs: z.array(
      z.object({
        run: z.string(),
        at: time.openapi({ description: 'when it was due, else when it was opened' }),
        state: runState,
        lateMs: milliseconds.nullable().openapi({ description: 'from due to the beginning' }),
        deliveryMs: milliseconds.nullable().openapi({ description: 'from the beginning to the end' }),
      }),
    ),
  })
  .openapi('JobTimes');
