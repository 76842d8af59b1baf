import { DELIVERY_STATES } from '../../model/delivery.ts';
import { RUN_STATES } from '../../model/run.ts';
import { z } from './zod.ts';

/** Times are UTC with milliseconds, durations whole milliseconds; codes are English and stable, words by the language asked for. */
export const time = z.iso.datetime({ precision: 3 }).openapi({ example: '2026-11-26T10:00:00.000Z' });
export const day = z.iso.date().openapi({ example: '2026-11-26' });
export const milliseconds = z.int().openapi({ description: 'milliseconds' });

export const runState = z.enum(RUN_STATES).openapi('RunState');
export const deliveryState = z.enum(DELIVERY_STATES).openapi('DeliveryState');
export const role = z.enum(['viewer', 'operator', 'admin']).openapi('Role', {
  description: 'viewer reads; operator also acts on runs and jobs; admin also sees the audit and makes tokens',
});

export const reason = z.object({ code: z.string(), message: z.string() }).openapi('Reason');

/** A finding about something a person wrote. `line` and `column` count from 1. */
export const finding = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    message: z.string(),
    hint: z.string().nullable(),
    file: z.string().nullable().openapi({ description: 'beneath the folder of larkcron.yaml' }),
    line: z.int().nullable(),
    column: z.int().nullable(),
    path: z.string().nullable().openapi({ description: 'the way to it inside a card or a settings file' }),
  })
  .openapi('Finding');

/** An error as RFC 9457 has it, with our stable code and what to do. */
export const problem = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ example: 'unknown-run' }),
    detail: z.string().nullable(),
    hint: z.string().nullable(),
    problems: z.array(finding),
  })
  .openapi('Problem');

/** A list by pages: `next` goes into `cursor` for the page after this one; null: this is the last. */
export const page = <S extends z.ZodType>(of: S) =>
  z.object({
    items: z.array(of),
    next: z.string().nullable().openapi({
      description:
        'the cursor of the next page. A page may hold fewer items than asked for, even none, and have a next',
    }),
  });

export const paging = {
  cursor: z.string().max(500).optional().openapi({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export const between = {
  since: z.iso.datetime({ offset: true }).optional().openapi({ description: 'from this time on' }),
  until: z.iso.datetime({ offset: true }).optional().openapi({ description: 'before this time' }),
};

/** `?state=failed,partial`. */
export const listOf = <S extends z.ZodType<string, string>>(one: S) =>
  z
    .string()
    .max(500)
    .transform((text) => text.split(','))
    .pipe(z.array(one).max(20))
    .optional();

export const jobName = z.string().min(1).max(200).openapi({ example: 'store-dashboard' });
export const runId = z.string().min(4).max(64).openapi({
  description: "a run's id, or its unique beginning of at least four characters",
  example: '0f8d3a52-7c11-8e6b-a3f5-2f1d6f3f9d10',
});
