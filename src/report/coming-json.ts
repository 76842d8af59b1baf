import { type Lang, say } from '../model/text.ts';
import type { Coming } from '../schedule/coming.ts';
import { utc } from './run-json.ts';

/** A due time to come, or one that is left out, as programs read it. */
export const comingJson = (due: Coming, lang: Lang) => ({
  dueAt: utc(due.at),
  skipped: due.left === null ? null : { code: due.left.why, message: say(due.left.message, lang) },
  // quiet hours and jitter send later than it is due
  sendAt: due.left === null ? utc(due.notBefore) : null,
  // the calendar has no notice for its year: it would end as failed
  calendarUnknown: due.left === null ? due.unknownYear : null,
});
