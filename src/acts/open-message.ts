import type { App } from '../app.ts';
import { PRIORITIES } from '../model/job.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Run } from '../model/run.ts';
import type { Ms } from '../model/time.ts';
import { deliverUntil } from '../run/plan.ts';
import { type ReadyMessage, writeRequest } from '../run/request.ts';

/** A run for one finished message without a job; with a key, the run that has this key already: `mine` is false. */
export const openMessage = async (
  app: App,
  { to, message, onceKey, now }: { to: readonly Recipient[]; message: ReadyMessage; onceKey: string | null; now: Ms },
): Promise<{ run: Run; mine: boolean }> =>
  app.ledger().runs.open({
    kind: 'send',
    job: null,
    onceKey,
    dueAt: null,
    notBefore: now,
    trigger: 'manual',
    ownAudience: false,
    deliverUntil: deliverUntil(now, to.length, app.project.settings.limits, null),
    priority: PRIORITIES.normal,
    request: writeRequest({ to, message }),
  });
