import { dayIn } from '../base/zone.ts';
import type { Job } from '../model/job.ts';
import type { Reason, Run } from '../model/run.ts';
import { runWords } from './words.ts';

/**
 * Why an occurrence cannot be decided: the calendar's notice for its year is not in, so nobody knows whether its day is
 * one to send on. Sending could be wrong, and leaving it out in silence would be worse.
 */
export const missingNotice = ({ schedule }: Job, { dueAt, onceKey }: Run): Reason | null => {
  const days = schedule?.days ?? null;
  if (schedule === null || days === null || dueAt === null || onceKey?.startsWith('due:') !== true) return null;
  const on = days.calendar.on(dayIn(dueAt, schedule.timezone));
  if (on.is !== 'unknown') return null;
  const { message } = runWords['calendar-unknown']({ calendar: days.calendar.name, year: on.year });
  return { code: 'calendar-unknown', message };
};
