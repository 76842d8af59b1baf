import type { NewDelivery } from '../ledger/ledger.ts';
import type { Each } from '../model/conditions.ts';
import type { Cut } from '../model/cut.ts';
import type { Job } from '../model/job.ts';
import type { Candidate, Moves } from '../model/memory.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import type { Ms } from '../model/time.ts';
import type { Directory } from './directory.ts';
import { type Their, together } from './each.ts';
import type { FiguresByRecipient } from './memory.ts';
import type { Part } from './parts.ts';
import { type Plan, planBatches, planDeliveries, type ReadyPart } from './plan.ts';
import type { Composed } from './prepare.ts';
import { type Addressee, resolveEach, resolveRecipients } from './resolve.ts';
import { frozen, type Uploads } from './uploads.ts';

/** A message of their own for each recipient. */
export interface OwnMessages {
  readonly each: Each;
  readonly theirs: readonly Their[];
  /** whether there is anything in it for them */
  readonly concerns: (their: Their) => boolean;
  readonly compose: (their: Their) => Promise<Composed>;
}

/** What is to be sent to the recipients of a run, and how. */
export interface Outgoing extends Pick<Job, 'app' | 'batch' | 'urgent'> {
  readonly to: { readonly recipients: readonly Recipient[]; readonly parts: readonly Part[] } | OwnMessages;
  readonly cuts: readonly Cut[];
  readonly until: Ms;
  /** longer, when the recipients are so many */
  readonly lasts: (recipients: number) => Ms;
  readonly maxTries: number;
  /** more recipients than this, and nothing is sent */
  readonly most: number;
  readonly anchor: string | null;
  /** a card that would not change is renewed all the same */
  readonly force: boolean;
  /** if Feishu refuses the card for its content, a plain one goes out */
  readonly fallback: boolean;
  readonly candidate?: Candidate;
  readonly moves?: Moves;
}

/** Who it goes to; of messages of their own, with whose rows. */
export interface Resolved {
  readonly addressee: Addressee;
  readonly their: Their | null;
}

/** Where no look-up will ever find anybody: `resend` does not ask again (model/delivery: unresolved). */
const nobody = ({ recipient, nowhere }: Their): Addressee | null =>
  nowhere === null
    ? null
    : {
        shown: recipient.shown,
        target: { idType: 'nowhere', id: `none:${recipient.shown}` },
        refused: { reason: nowhere, code: null },
      };

/** One person, however often and in whatever ways they are named, gets one message: about all of their rows. */
const resolveOwn = async (
  { theirs, concerns }: OwnMessages,
  app: string,
  directory: Directory,
  how: { readonly idsOnly: boolean },
): Promise<readonly Resolved[]> => {
  const real = theirs.filter(({ nowhere }) => nowhere === null);
  const found = await resolveEach(
    real.map(({ recipient }) => recipient),
    app,
    directory,
    how,
  );
  const people = new Map<string, { addressee: Addressee; all: [Their, ...Their[]] }>();
  for (const [i, their] of real.entries()) {
    const [addressee] = found[i] ?? [];
    if (addressee === undefined) continue;
    const known = people.get(recipientKey(addressee.target));
    if (known === undefined) people.set(recipientKey(addressee.target), { addressee, all: [their] });
    else known.all.push(their);
  }
  return [
    ...[...people.values()].map(({ addressee, all }) => ({ addressee, their: together(all) })),
    ...theirs.flatMap((their) => {
      const addressee = nobody(their);
      return addressee === null ? [] : [{ addressee, their }];
    }),
  ].filter(({ their }) => concerns(their));
};

export const resolved = async (
  to: Outgoing['to'],
  app: string,
  directory: Directory,
  how: { readonly idsOnly: boolean },
): Promise<readonly Resolved[]> =>
  'theirs' in to
    ? resolveOwn(to, app, directory, how)
    : (await resolveRecipients(to.recipients, app, directory, how)).map((addressee) => ({ addressee, their: null }));

/** What comes of making the messages, beside the messages. */
export interface Made {
  readonly cuts: readonly Cut[];
  readonly figures: FiguresByRecipient;
}

/** Deliveries written in one commit: more would hold the others up. */
const BATCH = 500;
/** Messages of their own made before they are written: each may be large. */
const OWN_BATCH = 50;

const differentCuts = (cuts: readonly Cut[]): readonly Cut[] => [
  ...new Map(cuts.map((cut) => [JSON.stringify(cut), cut])).values(),
];

/** The deliveries of a run in lists that are each one commit; answers with what making them has shown. */
export async function* deliveriesOf(
  message: Outgoing,
  audience: readonly Resolved[],
  plan: Omit<Plan, 'addressees' | 'parts'>,
  uploads: Uploads,
): AsyncGenerator<readonly NewDelivery[], Made> {
  const ready = async (parts: readonly Part[]): Promise<readonly ReadyPart[]> => {
    const all: ReadyPart[] = [];
    for (const part of parts) all.push({ kind: part.kind, content: await frozen(part, plan.app.name, uploads) });
    return all;
  };
  if (!('theirs' in message.to)) {
    const parts = await ready(message.to.parts);
    const addressees = audience.map(({ addressee }) => addressee);
    const deliveries = (message.batch ? planBatches : planDeliveries)({ ...plan, addressees, parts });
    for (let from = 0; from < deliveries.length; from += BATCH) yield deliveries.slice(from, from + BATCH);
    return { cuts: message.cuts, figures: {} };
  }
  const cuts: Cut[] = [];
  const figures: Record<string, FiguresByRecipient[string]> = {};
  for (let from = 0; from < audience.length; from += OWN_BATCH) {
    const batch: NewDelivery[] = [];
    for (const { addressee, their } of audience.slice(from, from + OWN_BATCH)) {
      if (their === null) continue;
      const composed = await message.to.compose(their);
      cuts.push(...composed.cuts);
      figures[recipientKey(their.recipient)] = composed.figures;
      batch.push(
        ...planDeliveries({ ...plan, addressees: [addressee], parts: await ready(composed.parts), own: true }),
      );
    }
    yield batch;
  }
  return { cuts: differentCuts(cuts), figures };
}
