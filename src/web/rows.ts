import type { LinkApp } from '../feishu/explain.ts';
import type { ProcessSeen, Sent } from '../ledger/browse.ts';
import type { Attempt, Delivery } from '../model/delivery.ts';
import type { DrainState } from '../model/node.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import { type Lang, say } from '../model/text.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { deliveryJson, runJson, triesJson, utc, utcOrNull } from '../report/run-json.ts';
import { runName } from '../run-name.ts';
import type { stripe } from './schemas/job.ts';
import type { attempt, delivery as deliverySchema, deliveryWithTries, run as runSchema } from './schemas/run.ts';
import type { processRow } from './schemas/today.ts';
import type { z } from './schemas/zod.ts';

/** What begins later than this after its due time is late (core rule 21). */
export const ON_TIME: Ms = 90 * SECOND;

/** From due to the beginning; null: it was due at no time, or has not begun. */
export const lateness = ({ dueAt, startedAt }: Pick<Run, 'dueAt' | 'startedAt'>): Ms | null =>
  dueAt === null || startedAt === null ? null : Math.max(0, startedAt - dueAt);

export const isLate = (run: Pick<Run, 'dueAt' | 'startedAt'>): boolean => (lateness(run) ?? 0) > ON_TIME;

export const runRow = (run: Run, lang: Lang): z.input<typeof runSchema> => {
  const { subject: _, ...json } = { subject: null, ...runJson(run, lang) };
  return {
    ...json,
    name: runName(run, lang),
    createdAt: utc(run.createdAt),
    late: isLate(run),
    ownAudience: run.ownAudience,
    recalled: run.recalled,
  };
};

export const stripeOf = (run: Run, lang: Lang): z.input<typeof stripe> => ({
  run: run.id,
  at: utc(run.dueAt ?? run.createdAt),
  state: run.state,
  late: isLate(run),
  reason: run.reason === null ? null : { code: run.reason.code, message: say(run.reason.message, lang) },
});

/** When it was made: its id begins with that (base/ids: a UUID of version 7). */
export const madeAt = (id: string): Ms | null =>
  /^[\da-f]{8}-[\da-f]{4}-7/.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;

export const deliveryRow = (
  delivery: Sent | (Delivery & { readonly job: string | null }),
  lang: Lang,
  app: LinkApp | null,
): z.input<typeof deliverySchema> => ({
  ...deliveryJson(delivery, lang, app),
  id: delivery.id,
  run: delivery.run,
  job: delivery.job,
  generation: delivery.generation,
  createdAt: utcOrNull(madeAt(delivery.id)),
});

export const triesRow = (tries: readonly Attempt[]): z.input<typeof attempt>[] =>
  triesJson(tries).map((each) => ({ ...each, outcome: each.outcome as Outcome['is'] | null }));

export const withTries = (
  delivery: Sent,
  tries: readonly Attempt[],
  lang: Lang,
  app: LinkApp | null,
): z.input<typeof deliveryWithTries> => ({ ...deliveryRow(delivery, lang, app), tries: triesRow(tries) });

export const processOf = (
  { enteredAt, beatAt, runs, ...more }: ProcessSeen,
  drain: DrainState | null,
): z.input<typeof processRow> => ({
  ...more,
  drain,
  enteredAt: utc(enteredAt),
  beatAt: utc(beatAt),
  runs: runs.map((run) => ({ ...run })),
});
