import { digest } from '../base/ids.ts';
import type { NewDelivery } from '../ledger/ledger.ts';
import { type Content, isNobody, type Target, type Urgency } from '../model/delivery.ts';
import type { Limits } from '../model/settings.ts';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';
import type { Addressee } from './resolve.ts';
import { runWords } from './words.ts';

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

/** A part whose files are uploaded: what leaves, byte for byte. */
export interface ReadyPart {
  readonly kind: string;
  readonly content: Content;
}

export interface Plan {
  readonly run: string;
  readonly app: { readonly name: string; readonly id: string };
  readonly addressees: readonly Addressee[];
  readonly parts: readonly ReadyPart[];
  readonly deliverUntil: Ms;
  readonly maxTries: number;
  /** what the messages of a day share (model/anchor) */
  readonly anchor: string | null;
  /** people are told at once of the first part */
  readonly urgent: Urgency | null;
  /** the parts are this addressee's alone: if it is found later, nobody else's can take their place */
  readonly own?: boolean;
}

const PEOPLE: readonly string[] = ['open_id', 'union_id', 'user_id'];
export const isPerson = ({ target, refused }: Addressee): boolean => refused === null && PEOPLE.includes(target.idType);

/** The whole body that a custom bot takes (custom bot guide), less what is around the content. */
const BOT_TAKES = 20 * 1024 - 256;

const tooLargeForBot = ({ content }: ReadyPart): NewDelivery['refused'] => {
  const size = Buffer.byteLength(content.body);
  if (size <= BOT_TAKES) return undefined;
  return {
    reason: { code: 'webhook-too-large', message: runWords['webhook-too-large']({ size }).message },
    code: null,
  };
};

const toOne = (addressee: Addressee, part: ReadyPart, number: number, plan: Plan): NewDelivery => {
  const { shown: recipient, target } = addressee;
  const isBot = target.idType === 'webhook';
  const refused = addressee.refused ?? (isBot ? tooLargeForBot(part) : undefined);
  return {
    recipient,
    target,
    app: isBot ? shownApp(target.id) : plan.app.name,
    part: number,
    kind: part.kind,
    content: part.content,
    uuid: deliveryUuid({ appId: plan.app.id, run: plan.run, target, part: number, generation: 1 }),
    deliverUntil: plan.deliverUntil,
    maxTries: plan.maxTries,
    ...(refused === undefined ? {} : { refused }),
    ...(isBot ? { remembers: false } : {}),
    ...(isBot || plan.anchor === null ? {} : { anchor: plan.anchor }),
    ...(plan.urgent !== null && number === 1 && isPerson(addressee) ? { urgent: plan.urgent } : {}),
  };
};

/** A custom bot has a channel, a pace and a gate of its own, as an app has: by this name. */
const shownApp = (bot: string): string => `webhook:${bot}`;

/**
 * Each part to each addressee. The run's id stands for (job, due time), and a uuid goes by who it is sent to, not by
 * how that was written: a replanned run repeats its uuids.
 */
export const planDeliveries = (plan: Plan): NewDelivery[] =>
  plan.addressees.flatMap((addressee) => {
    // who may be found later gets their own parts then; where there is no address, one row says so
    const all = addressee.refused === null || (plan.own === true && !isNobody(addressee));
    const parts = all ? plan.parts : plan.parts.slice(0, 1);
    return parts.map((part, i) => toOne(addressee, part, i + 1, plan));
  });

/** So many people one call of `message/v4/batch_send` takes (im-v1/batch_message). */
const BATCH_SIZE = 200;

/** The message to all people at once, 200 a call. What was refused before stays a row of its own. */
export const planBatches = (plan: Plan): NewDelivery[] => {
  const [part] = plan.parts;
  if (part === undefined) return [];
  const refused = plan.addressees.filter((one) => one.refused !== null).map((one) => toOne(one, part, 1, plan));
  const people = plan.addressees.filter(isPerson).map(({ target }) => target.id);
  const calls = Math.ceil(people.length / BATCH_SIZE);
  const batches = Array.from({ length: calls }, (_, i): NewDelivery => {
    const ids = people.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE);
    const target: Target = { idType: 'batch', id: ids.join(',') };
    const shown = `batch ${i + 1}/${calls} (${ids.length})`;
    return { ...toOne({ shown, target, refused: null }, part, 1, plan), remembers: false };
  });
  return [...batches, ...refused];
};
