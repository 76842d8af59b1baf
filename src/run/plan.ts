import { digest } from '../base/ids.ts';
import type { NewDelivery } from '../ledger/ledger.ts';
import type { Content, Target } from '../model/delivery.ts';
import type { Limits } from '../model/settings.ts';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';
import type { Addressee } from './resolve.ts';

/** Until when a run's messages may still arrive: half an hour, more when the recipients are many (core rule 17). */
export const deliverUntil = (due: Ms, recipients: number, limits: Limits, within: Ms | null): Ms =>
  due + (within ?? Math.max(30 * MINUTE, ((1.5 * recipients) / limits.perMinute) * 60 * SECOND));

/** What Feishu's dedupe goes by: the same app, run, recipient and part always give the same uuid (≤ 50 characters). */
export const deliveryUuid = (of: {
  appId: string;
  run: string;
  target: Target;
  part: number;
  generation: number;
}): string => `lc-${digest([of.appId, of.run, of.target.idType, of.target.id, of.part, of.generation], 40)}`;

/**
 * One message to each addressee. The run's id stands for (job, due time), and a uuid goes by who it is sent to, not by
 * how that was written: a replanned run repeats its uuids.
 */
export const planDeliveries = (plan: {
  run: string;
  app: { name: string; id: string };
  addressees: readonly Addressee[];
  kind: string;
  content: Content;
  deliverUntil: Ms;
  maxTries: number;
}): NewDelivery[] =>
  plan.addressees.map(({ shown, target, refused }) => ({
    recipient: shown,
    target,
    app: plan.app.name,
    part: 1,
    kind: plan.kind,
    content: plan.content,
    uuid: deliveryUuid({ appId: plan.app.id, run: plan.run, target, part: 1, generation: 1 }),
    deliverUntil: plan.deliverUntil,
    maxTries: plan.maxTries,
    ...(refused === null ? {} : { refused }),
  }));
