import type { Measured, Probe } from '../../model/health.ts';
import type { Ms } from '../../model/time.ts';
import type { SourceContext } from '../source.ts';

/** What a probe works with; it ends within `timeout`. */
export interface Looking {
  readonly context: SourceContext;
  readonly timeout: Ms;
}

export type Look<K extends Probe['probe']> = (
  probe: Extract<Probe, { probe: K }>,
  looking: Looking,
) => Promise<Measured>;

export const bad = (detail: string, value: Measured['value'] = null): Measured => ({
  value,
  failed: 'critical',
  detail,
});
export const fine = (value: Measured['value'], detail: string): Measured => ({ value, failed: null, detail });
