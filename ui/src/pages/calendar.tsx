import { Button } from '@douyinfe/semi-ui-19';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../api.ts';
import { useSay } from '../lang.ts';
import { Choice } from '../pieces/choice.tsx';
import { Loaded, Page, Part, useRead } from '../pieces/read.tsx';
import { dayOf } from '../time.ts';

type Year = Answer<'calendar'>;
type Day = Year['list'][number];

const WEEK = { zh: ['一', '二', '三', '四', '五', '六', '日'], en: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] };
const weekday = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
const runsOn = (day: Day): number => day.dues.length;

const kindOf = (day: Day): string => {
  if (day.on === null) return 'unsure';
  if (day.makeUp) return 'make-up';
  if (day.holiday) return 'holiday';
  if (!day.on) return 'weekend';
  return 'work';
};

const Month = ({
  month,
  days,
  chosen,
  choose,
}: {
  month: number;
  days: readonly Day[];
  chosen: string;
  choose: (day: string) => void;
}) => {
  const say = useSay();
  const first = days[0];
  return (
    <section className="month" aria-label={say({ zh: `${month} 月`, en: `Month ${month}` })}>
      <h3>
        {say({
          zh: `${month} 月`,
          en: new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(
            new Date(Date.UTC(2024, month - 1, 1)),
          ),
        })}
      </h3>
      <div className="month-days">
        {WEEK[say({ zh: 'zh', en: 'en' }) as 'zh' | 'en'].map((name) => (
          <span key={name} className="dim" aria-hidden="true">
            {name}
          </span>
        ))}
        {first !== undefined && weekday(first.date) > 0 && (
          <span style={{ gridColumn: `span ${weekday(first.date)}` }} />
        )}
        {days.map((day) => (
          <button
            key={day.date}
            type="button"
            className={`day ${kindOf(day)}${day.date === dayOf(Date.now()) ? ' today' : ''}`}
            aria-pressed={day.date === chosen}
            title={day.why ?? undefined}
            onClick={() => choose(day.date)}
          >
            <span className="unseen">{day.date.slice(0, 8)}</span>
            {Number(day.date.slice(8))}
            {day.makeUp && <small>{say({ zh: '班', en: 'w' })}</small>}
            {kindOf(day) === 'holiday' && <small>{say({ zh: '休', en: 'off' })}</small>}
            {runsOn(day) > 0 && <i />}
          </button>
        ))}
      </div>
    </section>
  );
};

const Chosen = ({ day }: { day: Day }) => {
  const say = useSay();
  const words: Readonly<Record<string, string>> = {
    work: say({ zh: '在日历上', en: 'a day of the calendar' }),
    'make-up': say({ zh: '调休上班', en: 'a make-up workday' }),
    weekend: say({ zh: '不在日历上', en: 'not a day of the calendar' }),
    holiday: say({ zh: '不在日历上', en: 'not a day of the calendar' }),
    unsure: say({ zh: '还不知道', en: 'not known yet' }),
  };
  return (
    <Part title={day.date}>
      <p>
        {words[kindOf(day)]}
        {day.why !== null && ` · ${day.why}`}
      </p>
      <ul>
        {day.dues.map(({ job, count }) => (
          <li key={job}>
            <Link href={`/jobs/${encodeURIComponent(job)}`}>{job}</Link>{' '}
            {count === null ? say({ zh: '超过 5 次', en: 'more than 5 ×' }) : `× ${count}`}
          </li>
        ))}
        {day.dues.length === 0 && <li className="dim">{say({ zh: '没有要发的', en: 'Nothing is due' })}</li>}
      </ul>
    </Part>
  );
};

export default function Calendar() {
  const say = useSay();
  const [year, setYear] = useState(Number(dayOf(Date.now()).slice(0, 4)));
  const [calendar, setCalendar] = useState('cn-workdays');
  const [chosen, choose] = useState(dayOf(Date.now()));
  return (
    <Loaded of={useRead('calendar', '/api/calendar', { year, calendar })}>
      {(found) => {
        const day = found.list.find(({ date }) => date === chosen);
        const { source } = found;
        return (
          <Page
            title={say({ zh: `日历 ${found.year}`, en: `Calendar ${found.year}` })}
            note={
              <>
                {say({ zh: `${found.days} 天`, en: `${found.days} days` })}
                {found.unknown > 0 &&
                  say({ zh: `,${found.unknown} 天还不知道`, en: `, ${found.unknown} not known yet` })}
                {source !== null && (
                  <>
                    {' · '}
                    {source.title} {source.number} {source.date}
                  </>
                )}
              </>
            }
            acts={
              <>
                <Choice
                  label={say({ zh: '哪个日历', en: 'Which calendar' })}
                  value={calendar}
                  choose={setCalendar}
                  options={found.calendars.map((value) => [value, value])}
                />
                <Button
                  onClick={() => setYear(found.year - 1)}
                  aria-label={say({ zh: '前一年', en: 'The year before' })}
                >
                  ‹
                </Button>
                <Button
                  onClick={() => setYear(found.year + 1)}
                  aria-label={say({ zh: '后一年', en: 'The year after' })}
                >
                  ›
                </Button>
              </>
            }
          >
            <p className="legend">
              <span className="day work">1</span> {say({ zh: '在日历上', en: 'in the calendar' })}
              <span className="day holiday">1</span> {say({ zh: '放假', en: 'off' })}
              <span className="day make-up">1</span> {say({ zh: '调休上班', en: 'make-up workday' })}
              <span className="day work">
                1<i />
              </span>{' '}
              {say({ zh: '有要发的', en: 'something is due' })}
            </p>
            <div className="with-facts">
              <div className="year">
                {Array.from({ length: 12 }, (_, i) => {
                  const prefix = `${found.year}-${String(i + 1).padStart(2, '0')}`;
                  return (
                    <Month
                      key={prefix}
                      month={i + 1}
                      days={found.list.filter(({ date }) => date.startsWith(prefix))}
                      chosen={chosen}
                      choose={choose}
                    />
                  );
                })}
              </div>
              <aside className="facts">{day !== undefined && <Chosen day={day} />}</aside>
            </div>
          </Page>
        );
      }}
    </Loaded>
  );
}
