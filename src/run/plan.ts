import { digest } from '../base/ids.ts';
import type { NewDelivery } from '../ledger/ledger.ts';
import type { Content } from '../model/delivery.ts';
import { type Recipient, withoutDoubles } from '../model/recipient.ts';
import type { Limits } from '../model/settings.ts';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';

/** Until when a run's messages may still arrive: half an hour, more when the recipients are many (core rule 17). */
export const deliverUntil = (due: Ms, recipients: number, limits: Limits, within: Ms | null): Ms =>
  due + (within ?? Math.max(30 * MINUTE, ((1.5 * recipients) / limits.perMinute) * 60 * SECOND));

/** What Feishu's dedupe goes by: the same app, run, recipient and part always give the same uuid (≤ 50 characters). */
export const deliveryUuid = (of: {
  appId: string;
  run: string;
  recipient: Recipient;
  part: number;
  generation: number;
}): string => `lc-${digest([of.appId, of.run, of.recipient.idType, of.recipient.id, of.part, of.generation], 40)}`;

/** One message to each recipient, nobody twice. The run's id stands for (job, due time), so a replanned run repeats its uuids. */
export const planDeliveries = (plan: {
  run: string;
  app: { name: string; id: string };
  recipients: readonly Recipient[];
  kind: string;
  content: Content;
  deliverUntil: Ms;
  maxTries: number;
}): NewDelivery[] =>
  withoutDoubles(plan.recipients).map((recipient) => ({
    recipient: recipient.shown,
    target: { idType: recipient.idType, id: recipient.id },
    app: plan.app.name,
    part: 1,
    kind: plan.kind,
    content: plan.content,
    uuid: deliveryUuid({ appId: plan.app.id, run: plan.run, recipient, part: 1, generation: 1 }),
    deliverUntil: plan.deliverUntil,
    maxTries: plan.maxTries,
  }));
