import type { Clock } from '../../base/clock.ts';
import { type Ms, SECOND } from '../../model/time.ts';

/** Smaller differences are the way to the server and back. */
const NOISE: Ms = SECOND / 4;

/** This machine's clock set by the server's, from the first time that is heard of; until then as it is. */
export const createServerTime = (own: Clock): { readonly clock: Clock; readonly note: (now: Ms) => void } => {
  let ahead: Ms = 0;
  const now = (): Ms => own.now() + ahead;
  return {
    clock: { ...own, now },
    note: (server) => {
      if (Math.abs(server - now()) > NOISE) ahead = server - own.now();
    },
  };
};
