import type { Calendar } from './calendar.ts';
import type { Job } from './job.ts';
import { own } from './own.ts';
import type { Schedule } from './schedule.ts';

/** What of a sound job is needed when its file breaks: when it would be due, and who hears that it cannot be sent. */
type Kept = Pick<
  Job,
  | 'name'
  | 'file'
  | 'description'
  | 'app'
  | 'lang'
  | 'to'
  | 'priority'
  | 'deliverWithin'
  | 'owner'
  | 'onFailure'
  | 'attempts'
> & { readonly schedule: Schedule | null };

/** As text: a calendar is kept by its name. */
export const writeLastGood = (job: Job): string => {
  const { name, file, description, app, lang, to, priority, deliverWithin, owner, onFailure, attempts, schedule } = job;
  const kept: Kept = {
    name,
    file,
    description,
    app,
    lang,
    to,
    priority,
    deliverWithin,
    owner,
    onFailure,
    attempts,
    schedule,
  };
  return JSON.stringify(kept, (key, value: unknown) => {
    if (key === 'calendar') return (value as Calendar).name;
    return key === 'runs' && value === Number.POSITIVE_INFINITY ? 'Infinity' : value;
  });
};

/** The job again, without what it says; null where a calendar of it is gone, or the text is none of ours. */
export const readLastGood = (text: string, calendars: Readonly<Record<string, Calendar>>): Job | null => {
  try {
    const kept = JSON.parse(text, (key, value: unknown) =>
      key === 'runs' && value === 'Infinity' ? Number.POSITIVE_INFINITY : value,
    ) as Kept;
    const days = kept.schedule?.days ?? null;
    const calendar = days === null ? undefined : own(calendars, String(days.calendar));
    if (days !== null && calendar === undefined) return null;
    const schedule =
      kept.schedule === null
        ? null
        : { ...kept.schedule, days: days === null || calendar === undefined ? null : { ...days, calendar } };
    return { ...NOTHING_SAID, ...kept, schedule };
  } catch {
    return null;
  }
};

const NOTHING_SAID: Omit<Job, keyof Kept> = {
  each: null,
  quiet: [],
  data: {},
  when: null,
  asks: null,
  whenRuns: null,
  changed: null,
  empty: 'send',
  repeatAfter: null,
  message: { kind: 'text', text: { source: '', at: null } },
  attach: [],
  together: null,
  urgent: null,
  fallback: false,
  batch: false,
  maxRecipients: 0,
  heartbeat: null,
  was: null,
};
