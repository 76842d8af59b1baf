import type { App } from '../app.ts';
import type { Opened } from '../ledger/ledger.ts';
import { PRIORITIES } from '../model/job.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Ms } from '../model/time.ts';
import { deliverUntil } from '../run/plan.ts';
import { type ReadyMessage, writeRequest } from '../run/request.ts';
import { quotaOf } from './guard.ts';

/** A run for one finished message without a job; with a key, the run that has this key already: `mine` is false. */
export const openMessage = async (
  app: App,
  {
    to,
    message,
    onceKey,
    asked,
    now,
  }: {
    readonly to: readonly Recipient[];
    readonly message: ReadyMessage;
    readonly onceKey: string | null;
    /** a hash of what was asked for with the key, where that is compared */
    readonly asked?: string;
    readonly now: Ms;
  },
): Promise<Opened> =>
  app.ledger().runs.open(
    {
      kind: 'send',
      job: null,
      onceKey,
      dueAt: null,
      notBefore: now,
      trigger: 'manual',
      ownAudience: false,
      deliverUntil: deliverUntil(now, to.length, app.project.settings.limits, null),
      priority: PRIORITIES.normal,
      request: writeRequest({ to, message, ...(asked === undefined ? {} : { asked }) }),
    },
    quotaOf(to, app.project.settings),
  );
