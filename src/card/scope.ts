import { isoInZone, type Zone } from '../base/wall-clock.ts';
import type { Dataset, Value } from '../model/dataset.ts';
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

/** What templates and conditions see of the last run whose message arrived. */
export interface LastSeen {
  readonly dueAt: Ms;
  readonly deliveredAt: Ms;
  readonly figures: Readonly<Record<string, Value>>;
  /** runs that `repeatAfter` has held back since then */
  readonly heldBack: number;
}

/** Datasets by their names; one named `mine.stores` is found in what is named `mine`. */
export const namedDatasets = <T extends object>(
  data: Readonly<Record<string, Dataset>>,
  seen: (dataset: Dataset) => T,
): Readonly<Record<string, unknown>> => {
  const all = Object.entries(data).map(([name, dataset]) => [name.split('.'), seen(dataset)] as const);
  const inside = (of: string) => all.flatMap(([[name, part], each]) => (name === of && part ? [[part, each]] : []));
  return Object.fromEntries(
    all.flatMap(([[name = '', part], each]) =>
      part ? [] : [[name, { ...each, ...Object.fromEntries(inside(name)) }]],
    ),
  );
};

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
  readonly last: LastSeen | null;
  readonly timezone: string;
  readonly lang: Lang;
  readonly processZone?: string | null;
}): Scope => {
  const zone: Zone = { name: facts.timezone, process: facts.processZone ?? null };
  return {
    values: {
      ...namedDatasets(facts.data, ({ rows, columns }) => ({ rows, columns, first: rows[0] ?? null })),
      due: timeValue(facts.due, zone),
      now: timeValue(facts.now, zone),
      job: facts.job,
      run: facts.run,
      last:
        facts.last === null
          ? null
          : {
              ...facts.last,
              dueAt: timeValue(facts.last.dueAt, zone),
              deliveredAt: timeValue(facts.last.deliveredAt, zone),
            },
    },
    timezone: facts.timezone,
    zone,
    lang: facts.lang,
  };
};

const timeValue = (ms: Ms, zone: Zone): TimeValue => ({
  ms,
  toString: () => isoInZone(ms, zone),
  toJSON: () => isoInZone(ms, zone),
});
