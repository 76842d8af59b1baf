import { MINUTE, type Ms, SECOND } from '../model/time.ts';

/** Wrong tokens that one address may send within the window; then it waits until the window is over. */
const MOST = 10;
const WINDOW: Ms = MINUTE;
/** Addresses that are remembered; somebody who has more of them is slowed down by their number. */
const MOST_ADDRESSES = 10_000;

/** Counts wrong tokens by address; a time that only rises is handed in. */
export const createLoginLimit = (monotonic: () => Ms) => {
  const wrong = new Map<string, { since: Ms; count: number }>();
  const current = (address: string) => {
    const known = wrong.get(address);
    return known === undefined || monotonic() - known.since >= WINDOW ? null : known;
  };
  return {
    /** whole seconds to wait; 0: go on */
    wait: (address: string): number => {
      const known = current(address);
      if (known === null || known.count < MOST) return 0;
      return Math.max(1, Math.ceil((known.since + WINDOW - monotonic()) / SECOND));
    },
    failed: (address: string): void => {
      const known = current(address);
      if (known !== null) {
        known.count++;
        return;
      }
      if (wrong.size >= MOST_ADDRESSES) wrong.delete(wrong.keys().next().value ?? '');
      wrong.set(address, { since: monotonic(), count: 1 });
    },
  };
};

export type LoginLimit = ReturnType<typeof createLoginLimit>;
