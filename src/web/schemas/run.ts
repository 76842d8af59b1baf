import { deliveryState, milliseconds, reason, runState, time } from './primitives.ts';
import { z } from './zod.ts';

export const cut = z
  .object({
    what: z.enum(['rows', 'points', 'characters', 'blocks']),
    dataset: z.string().nullable(),
    shown: z.int(),
    of: z.int(),
    reason: z.enum(['size', 'elements', 'tables']),
    part: z.int(),
    file: z.string().nullable(),
  })
  .openapi('Cut');

export const run = z
  .object({
    id: z.string(),
    job: z.string().nullable(),
    name: z.string().openapi({ description: 'its job, or in words what else it is' }),
    kind: z.enum(['job', 'send', 'notice', 'fallback']),
    dueAt: time.nullable(),
    trigger: z.enum(['schedule', 'catch-up', 'manual', 'test', 'api', 'backfill']),
    state: runState,
    reason: reason.nullable(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    late: z.boolean().openapi({ description: 'begun more than 90 s after it was due' }),
    ownAudience: z.boolean().openapi({ description: "sent to the job's own recipients, not a test" }),
    recalled: z.boolean(),
    cuts: z.array(cut),
  })
  .openapi('Run');

export const attempt = z
  .object({
    at: time,
    tookMs: milliseconds.nullable(),
    http: z.int().nullable(),
    code: z.int().nullable(),
    outcome: z.enum(['delivered', 'rejected', 'retry', 'unknown', 'unsent']).nullable(),
    logId: z.string().nullable(),
  })
  .openapi('Attempt');

export const delivery = z
  .object({
    id: z.string(),
    run: z.string(),
    job: z.string().nullable(),
    recipient: z.string(),
    part: z.int(),
    generation: z.int().openapi({ description: 'how often it was sent anew' }),
    kind: z.string(),
    app: z.string(),
    uuid: z.string(),
    state: deliveryState,
    createdAt: time.nullable(),
    messageId: z.string().nullable(),
    attempts: z.int(),
    code: z.int().nullable(),
    message: z
      .string()
      .nullable()
      .openapi({ description: "what Feishu's answer means, in words; null once delivered" }),
    hint: z.string().nullable().openapi({ description: 'what to do' }),
    logId: z.string().nullable(),
    deliveredAt: time.nullable(),
    recalledAt: time.nullable(),
    reason: reason.nullable(),
    urgent: z.object({ by: z.enum(['app', 'sms', 'phone']), state: z.string(), code: z.int().nullable() }).nullable(),
    progress: z.object({ valid: z.int(), success: z.int(), read: z.int() }).nullable(),
  })
  .openapi('Delivery');

export const deliveryWithTries = delivery.extend({ tries: z.array(attempt) }).openapi('DeliveryWithTries');

/** One thing that happened in a run, in order. What is null was not recorded. */
export const chapter = z
  .object({
    at: time.nullable(),
    what: z.enum([
      'due',
      'opened',
      'started',
      'source',
      'condition',
      'cut',
      'planned',
      'sent',
      'recalled',
      'fallback',
      'ended',
    ]),
    words: z.string(),
    dataset: z.string().nullable(),
    rows: z.int().nullable(),
    tookMs: milliseconds.nullable(),
    run: z.string().nullable().openapi({ description: 'another run: the plain card sent instead' }),
  })
  .openapi('Chapter');

export const counts = z
  .object({
    delivered: z.int(),
    rejected: z.int(),
    unknown: z.int(),
    cancelled: z.int(),
    open: z.int(),
  })
  .openapi('DeliveryCounts');

export const runStory = z
  .object({
    run,
    hint: z.string().nullable().openapi({ description: 'what to do about a run that failed before it sent anything' }),
    story: z.array(chapter),
    counts,
    deliveries: z.array(deliveryWithTries).openapi({
      description: 'the newest of each recipient and part, at most 200; the rest by /api/deliveries?run=ID',
    }),
    more: z.int().openapi({ description: 'how many deliveries are not in the list' }),
    acts: z
      .object({
        resend: z.int().openapi({ description: 'how many surely did not arrive' }),
        resendUnknown: z.int().openapi({ description: 'how many more nobody knows of' }),
        recall: z.int(),
        cancel: z.int(),
      })
      .openapi({ description: 'how many messages each act would touch; 0: there is nothing to do' }),
  })
  .openapi('RunStory');

/** A message drawn. `html` is a safe fragment for the style sheet /drawing/card.css; charts in it are drawn by /drawing/charts.js. */
export const drawnPart = z
  .object({
    part: z.int(),
    kind: z.string(),
    msgType: z.string(),
    card: z.unknown().nullable().openapi({ description: 'the card JSON; null where the part is none' }),
    html: z.string().nullable(),
    width: z.int().openapi({ description: 'pixels on a computer' }),
    text: z.string().nullable(),
    files: z.array(z.object({ name: z.string(), bytes: z.int() })),
    bytes: z.int().openapi({ description: 'of the content as it is sent' }),
  })
  .openapi('DrawnPart');

export const sentContents = z
  .object({
    contents: z.array(
      drawnPart.extend({ recipients: z.array(z.string()).openapi({ description: 'the first ten it went to' }) }),
    ),
  })
  .openapi('SentContents');
