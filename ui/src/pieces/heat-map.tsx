import { Tooltip } from '@douyinfe/semi-ui-19';
import type { Answer } from '../api.ts';
import { useSay } from '../lang.ts';
import { lookOf } from '../states.ts';

type Day = Answer<'jobDays'>['days'][number];
/** The worst of a day is its colour. */
const WORST = ['failed', 'missed', 'unknown', 'partial', 'late', 'delivered', 'open', 'skipped'] as const;

const worstOf = (day: Day): (typeof WORST)[number] | null => WORST.find((state) => day[state] > 0) ?? null;

/** A year in weeks, Monday first, a square a day. */
export const HeatMap = ({ days }: { days: readonly Day[] }) => {
  const say = useSay();
  const first = days[0]?.day;
  if (first === undefined) return null;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const words = (day: Day): string =>
    WORST.filter((state) => day[state] > 0)
      .map((state) => `${say(lookOf(state === 'open' ? 'running' : state).text)} ${day[state]}`)
      .join(' · ') || say({ zh: '没有运行', en: 'no runs' });
  return (
    <div
      className="heat"
      role="img"
      aria-label={say({ zh: '每天的结果,一年', en: 'The outcome of each day of a year' })}
    >
      {Array.from({ length: before }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty squares before the first day
        <span key={`before ${i}`} className="none" />
      ))}
      {days.map((day) => {
        const worst = worstOf(day);
        return (
          <Tooltip key={day.day} content={`${day.day} ${words(day)}`}>
            <span className={worst === null ? 'empty' : `tone-${lookOf(worst === 'open' ? 'running' : worst).tone}`} />
          </Tooltip>
        );
      })}
    </div>
  );
};
