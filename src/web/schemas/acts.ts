import { MOST_BACKFILLED } from '../../acts/backfill.ts';
import { finding, time } from './primitives.ts';
import { drawnPart, run } from './run.ts';
import { z } from './zod.ts';

export const startRun = z
  .object({
    to: z
      .union([z.literal('everyone'), z.literal('me'), z.array(z.string().min(1).max(200)).min(1).max(50)])
      .default('everyone')
      .openapi({ description: '`me` is the owner; a list makes a test run, which claims nothing and moves no state' }),
    dryRun: z.boolean().default(false).openapi({ description: 'everything up to the send; the ledger is untouched' }),
    force: z.boolean().default(false).openapi({ description: 'in spite of when, changed and empty' }),
    due: z
      .string()
      .max(40)
      .nullable()
      .default(null)
      .openapi({ description: 'stands for this due time (ISO 8601, `18:00` or `last`), shared with tick and daemon' }),
  })
  .strict()
  .openapi('StartRun');

/** `dryRun` is null where a run was started, `run` null where nothing was sent. */
export const started = z
  .object({
    run: run.nullable(),
    mine: z.boolean().openapi({ description: 'false: it was there already, by the same key or due time' }),
    dryRun: z
      .object({
        state: z.enum(['ready', 'skipped']),
        reason: z.string().nullable(),
        recipients: z.array(z.string()),
        shows: z.string().nullable(),
        nowhere: z.array(z.string()),
        parts: z.array(drawnPart),
        findings: z.array(finding),
      })
      .nullable(),
  })
  .openapi('Started');

export const resend = z
  .object({
    unknown: z.boolean().default(false).openapi({ description: 'also what nobody knows of: it could arrive twice' }),
    to: z.array(z.string().max(200)).max(200).nullable().default(null),
    render: z.boolean().default(false).openapi({ description: 'a new card; else the stored bytes' }),
  })
  .strict()
  .openapi('Resend');

export const acted = z.object({ run, touched: z.int() }).openapi('Acted');

export const pauseJob = z
  .object({
    until: z
      .string()
      .max(40)
      .nullable()
      .default(null)
      .openapi({ description: 'ISO 8601, or `18:00` for today; null: until it is resumed' }),
    reason: z.string().trim().max(200).nullable().default(null),
  })
  .strict()
  .openapi('PauseJob');

export const backfill = z
  .object({
    since: z.string().max(40).openapi({ description: "ISO 8601, without offset in the job's zone" }),
    until: z.string().max(40).nullable().default(null).openapi({ description: 'included; null: now' }),
    max: z.int().min(1).max(1_000).default(MOST_BACKFILLED).openapi({ description: 'of more nothing is sent' }),
    dryRun: z.boolean().default(false).openapi({ description: 'only says which due times there are' }),
  })
  .strict()
  .openapi('Backfill');

export const backfilled = z
  .object({
    dues: z.array(time).openapi({ description: 'the due times of that stretch' }),
    runs: z.array(run).openapi({ description: 'what is sent now, marked as late' }),
    already: z.array(time).openapi({ description: 'those that have their outcome: they are left alone' }),
  })
  .openapi('Backfilled');

export const workshop = z
  .object({
    text: z
      .string()
      .max(200_000)
      .openapi({ description: "a job's message as YAML (`card: …`), or card JSON as Feishu takes it" }),
    data: z
      .record(z.string(), z.array(z.record(z.string(), z.unknown())).max(5_000))
      .default({})
      .openapi({ description: 'datasets by name, as rows' }),
    like: z
      .string()
      .max(200)
      .nullable()
      .default(null)
      .openapi({ description: 'a job whose data are used where none are given' }),
  })
  .strict()
  .openapi('Workshop');

export const workshopResult = z
  .object({
    ok: z.boolean(),
    findings: z.array(finding),
    part: drawnPart.nullable().openapi({ description: 'null: it has faults that leave nothing to draw' }),
  })
  .openapi('WorkshopResult');

export const sentToMe = z.object({ run }).openapi('SentToMe');

/** What `/api/events` sends as `data`, with its `event`: hello once, then change whenever the ledger or the settings changed. */
export const change = z
  .object({
    at: z.string(),
    settings: z.boolean().openapi({ description: 'the settings were read again' }),
  })
  .openapi('Change');
