import { day, reason, time } from './primitives.ts';
import { z } from './zod.ts';

export const recipientRow = z
  .object({
    recipient: z.string(),
    kind: z.string().openapi({ example: 'chat_id' }),
    groups: z.array(z.string()).openapi({ description: 'the names in larkcron.yaml it stands under' }),
    jobs: z.array(z.string()),
    lastDeliveredAt: time.nullable(),
    unreachable: z
      .object({ at: time.nullable(), code: z.int().nullable(), message: z.string(), hint: z.string().nullable() })
      .nullable()
      .openapi({ description: 'the latest message to it was refused' }),
  })
  .openapi('Recipient');

export const recipients = z
  .object({
    recipients: z.array(recipientRow),
    fromData: z
      .array(z.object({ job: z.string(), column: z.string() }))
      .openapi({ description: 'jobs whose recipients stand in their data' }),
  })
  .openapi('Recipients');

export const found = z
  .object({
    app: z.string(),
    groups: z.array(z.object({ id: z.string(), name: z.string(), external: z.boolean() })),
    people: z.array(z.object({ id: z.string(), email: z.string().optional(), mobile: z.string().optional() })),
  })
  .openapi('FoundPeople');

export const calendarDay = z
  .object({
    date: day,
    on: z.boolean().nullable().openapi({ description: 'a day of the calendar; null: unknown' }),
    why: z.string().nullable(),
    holiday: z.boolean().openapi({ description: 'left out for more than being a weekend day' }),
    makeUp: z.boolean().openapi({ description: 'a weekend day that is worked' }),
    dues: z.array(
      z.object({
        job: z.string(),
        count: z.int().nullable().openapi({ description: 'how often; null: more than five times' }),
      }),
    ),
  })
  .openapi('CalendarDay');

export const calendar = z
  .object({
    calendar: z.string(),
    calendars: z.array(z.string()),
    year: z.int(),
    days: z.int(),
    unknown: z.int(),
    source: z
      .object({
        title: z.string().optional(),
        number: z.string().optional(),
        date: z.string().optional(),
        url: z.string().optional(),
      })
      .nullable(),
    list: z.array(calendarDay),
  })
  .openapi('Calendar');

export const doctorFinding = z
  .object({
    check: z.string(),
    status: z.enum(['ok', 'warning', 'fault', 'skipped']),
    code: z.string(),
    app: z.string().nullable(),
    subject: z.string().nullable(),
    jobs: z.array(z.string()),
    message: z.string(),
    hint: z.string().nullable(),
    link: z.string().nullable(),
    logId: z.string().nullable(),
  })
  .openapi('DoctorFinding');

export const examination = z
  .object({
    state: z.enum(['none', 'running', 'done']),
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    ok: z.boolean().nullable(),
    findings: z.array(doctorFinding),
    failed: reason.nullable(),
  })
  .openapi('Examination');
