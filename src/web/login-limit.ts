import { isIP } from 'node:net';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';

/** Wrong tokens that one address may send within the window; then it waits until the window is over. */
const MOST = 10;
export const WINDOW: Ms = MINUTE;
/** Addresses that are remembered; somebody who has more of them is slowed down by their number. */
const MOST_ADDRESSES = 10_000;

/** What one household has: an IPv4 address as it is, of an IPv6 address its first four groups (a /64). */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6 || address === '::1') return address;
  const [before = '', after] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = before === '' ? [] : before.split(':');
  const rest = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  return `${[...groups, ...Array<string>(zeros).fill('0'), ...rest].slice(0, 4).join(':')}::/64`;
};

/** Counts what was refused, such as wrong tokens by address; a time that only rises is handed in. */
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
