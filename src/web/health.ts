import { LarkcronError } from '../model/errors.ts';
import { MINUTE, type Ms } from '../model/time.ts';

/** What the health pages look at. */
export interface Health {
  /** when the loops came round last, by a clock that only rises */
  readonly lastRound: () => Ms;
  readonly monotonic: () => Ms;
  /** throws, or says why, when work cannot be done: the ledger is not there, the settings have faults */
  readonly ready: () => Promise<string | null>;
}

/** The loops come round once a minute at least; a slow disk may make it two. */
const LATE: Ms = 2 * MINUTE + 30_000;

interface Answer {
  readonly status: 200 | 503;
  readonly body: object;
}

/** `/healthz`: whether the loops go round. */
export const liveness = ({ monotonic, lastRound }: Health): Answer => {
  const age = monotonic() - lastRound();
  const ok = age <= LATE;
  return { status: ok ? 200 : 503, body: { ok, lastRoundMsAgo: Math.round(age) } };
};

/** `/readyz`: whether work can be done. */
export const readiness = async ({ ready }: Health): Promise<Answer> => {
  // anybody may ask: what a driver says of hosts, files and users stands in the log
  const why = await ready().catch((error: unknown) => (error instanceof LarkcronError ? error.code : 'fault'));
  return why === null ? { status: 200, body: { ok: true } } : { status: 503, body: { ok: false, why } };
};
