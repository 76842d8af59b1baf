import { isoInZone, type Zone } from '../base/wall-clock.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Lang } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import type { TimeValue } from './date.ts';

/** What a template sees. `timezone` is the job's; `zone` the same with what is known of the process. */
export interface Scope {
  readonly values: Readonly<Record<string, unknown>>;
  readonly timezone: string;
  readonly zone: Zone;
  readonly lang: Lang;
}

/** The names every template sees beside its datasets. */
export const SCOPE_NAMES = ['due', 'now', 'job', 'run', 'last'] as const;

/**
 * A dataset in a template is `{ rows, columns, first }`; `first` is null without rows. Pass the process's own time zone
 * as `processZone` when it is known: clocks in that zone are then read without loading Intl.
 */
export const scopeOf = (facts: {
  readonly data: Readonly<Record<string, Dataset>>;
  readonly due: Ms;
  readonly now: Ms;
  readonly job: { readonly name: string; readonly description: string | null };
  readonly run: { readonly id: string; readonly trigger: string };
  readonly last: unknown;
  readonly timezone: string;
  readonly lang: Lang;
  readonly processZone?: string | null;
}): Scope => {
  const zone: Zone = { name: facts.timezone, process: facts.processZone ?? null };
  const datasets = Object.entries(facts.data).map(([name, { rows, columns }]) => [
    name,
    { rows, columns, first: rows[0] ?? null },
  ]);
  return {
    values: {
      ...Object.fromEntries(datasets),
      due: timeValue(facts.due, zone),
      now: timeValue(facts.now, zone),
      job: facts.job,
      run: facts.run,
      last: facts.last,
    },
    timezone: facts.timezone,
    zone,
    lang: facts.lang,
  };
};

export const timeValue = (ms: Ms, zone: Zone): TimeValue => ({
  ms,
  toString: () => isoInZone(ms, zone),
  toJSON: () => isoInZone(ms, zone),
});
