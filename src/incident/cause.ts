import { type Explained, explain, hintOf, type LinkApp } from '../feishu/explain.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Gate } from '../model/gate.ts';
import type { Run } from '../model/run.ts';
import type { Text } from '../model/text.ts';
import { type Why, whyNotDelivered } from './why.ts';
import { hintOfReason, NO_REASON_WORDS } from './words.ts';

/** Why a run failed, as the owner's card and `incidents` say it. */
export interface Cause extends Omit<Why, 'hint'> {
  readonly hint: Text | null;
  readonly logId: string | null;
}

/** The delivery that tells most: what the app refused, what was refused or unsure, what never left. */
const worst = (deliveries: readonly Delivery[], isApps: boolean): Delivery | undefined => {
  const bad = deliveries.filter(({ state }) => state === 'rejected' || state === 'unknown');
  return (
    bad.find(({ fault }) => isApps && fault === 'app') ??
    bad[0] ??
    deliveries.find(({ state, reason }) => state === 'cancelled' && reason !== null)
  );
};

const ofGate = (gate: Gate | null, app: LinkApp | null): Explained | null =>
  gate?.code == null ? null : explain({ code: gate.code }, app);

/**
 * Of a job's incident what the run says of itself, else the word on its first delivery that did not arrive; of an
 * app's what Feishu said, or what closed its gate.
 */
export const causeOf = (
  run: Pick<Run, 'reason'>,
  deliveries: readonly Delivery[],
  { app, gate, links }: { app: string | null; gate: Gate | null; links: (app: string) => LinkApp | null },
): Cause => {
  const first = worst(deliveries, app !== null);
  const why = first === undefined ? null : whyNotDelivered(first, links(first.app));
  const said = why?.said ?? (app === null ? null : ofGate(gate, links(app)));
  const logId = first?.logId ?? null;
  const saidHint = said === null ? null : hintOf(said);
  const hint = (saidHint?.zh === '' ? null : saidHint) ?? why?.hint ?? null;
  if (app === null && run.reason !== null) {
    const { code, message } = run.reason;
    return { code, words: message, hint: hint ?? hintOfReason(code), said, logId };
  }
  if (said !== null) return { code: String(said.code), words: said.words, hint, said, logId };
  if (why !== null) return { ...why, hint, logId };
  return { code: run.reason?.code ?? 'failed', words: run.reason?.message ?? NO_REASON_WORDS, hint, said, logId };
};
