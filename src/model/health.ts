import type { Template } from './card.ts';
import type { Place } from './errors.ts';
import type { Ms } from './time.ts';

export const HEALTH = ['ok', 'warn', 'critical'] as const;
export type Health = (typeof HEALTH)[number];

/** What a check looks at. */
export type Probe =
  | {
      readonly probe: 'http';
      readonly url: Template;
      readonly status: readonly number[];
      readonly contains: string | null;
    }
  | { readonly probe: 'tcp'; readonly host: string; readonly port: number }
  /** days until the certificate ends */
  | { readonly probe: 'tls'; readonly host: string; readonly port: number }
  | { readonly probe: 'dns'; readonly name: string; readonly expect: string | null }
  /** share of it in use, in per cent */
  | { readonly probe: 'disk'; readonly path: string }
  | { readonly probe: 'memory' }
  /** the load of the last 1, 5 or 15 minutes */
  | { readonly probe: 'load'; readonly minutes: 1 | 5 | 15 }
  /** how many processes have this in their command line */
  | { readonly probe: 'process'; readonly name: string }
  | { readonly probe: 'systemd'; readonly unit: string }
  /** exit status 0 is ok, 1 warn, all else critical, as monitoring plugins have it */
  | { readonly probe: 'command'; readonly argv: readonly string[] };

/** One check. Beyond `warn` or `critical` it is that; below where less is worse (days left, processes). */
export interface Check {
  readonly at: Place | null;
  readonly name: string;
  readonly probe: Probe;
  readonly warn: number | null;
  readonly critical: number | null;
  readonly timeout: Ms;
  /** it is bad only if it is so many times in a row */
  readonly tries: number;
}

/** Probes whose value is bad when it is small. */
export const LESS_IS_WORSE: readonly Probe['probe'][] = ['tls', 'process'];

/** What a probe found. `failed`: it could not be looked at, or is plainly bad, whatever the thresholds. */
export interface Measured {
  readonly value: number | string | null;
  readonly failed: Health | null;
  readonly detail: string;
}

/** How a value stands to its thresholds. */
export const grade = (
  { value, failed }: Measured,
  { probe, warn, critical }: Pick<Check, 'probe' | 'warn' | 'critical'>,
): Health => {
  if (failed !== null) return failed;
  if (typeof value !== 'number') return 'ok';
  const beyond = (threshold: number | null): boolean =>
    threshold !== null && (LESS_IS_WORSE.includes(probe.probe) ? value < threshold : value > threshold);
  if (beyond(critical)) return 'critical';
  return beyond(warn) ? 'warn' : 'ok';
};
