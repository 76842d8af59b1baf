import { wallClockText } from '../base/zone.ts';
import type { OnDays, Times } from '../model/schedule.ts';
import type { Text } from '../model/text.ts';
import { durationText } from '../model/time.ts';

const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const WEEKDAYS_ZH = ['日', '一', '二', '三', '四', '五', '六', '日'];
const WEEKDAYS_EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const isNumber = (field: string): boolean => /^\d+$/.test(field);
const two = (field: string): string => field.padStart(2, '0');

const ordinal = (n: number): string => {
  const end = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${end}`;
};

const weekdaysInWords = (field: string): Text | null => {
  if (/^(1-5|MON-FRI)$/i.test(field)) return { zh: '周一到周五', en: 'Monday to Friday' };
  const days = field
    .split(',')
    .map((day) => ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].indexOf(day.toUpperCase()))
    .map((at, i) => (at >= 0 ? at : Number(field.split(',')[i])));
  if (days.some((day) => !Number.isInteger(day) || day < 0 || day > 7)) return null;
  return {
    zh: `每周${days.map((day) => WEEKDAYS_ZH[day]).join('、')}`,
    en: `every ${days.map((day) => WEEKDAYS_EN[day]).join(', ')}`,
  };
};

const NAMED_DAYS: Readonly<Record<string, Text>> = {
  'cn-workdays': { zh: '工作日', en: 'workday' },
  'cn-holidays': { zh: '节假日', en: 'public holiday' },
};
const daysOf = ({ calendar: { name } }: OnDays): Text =>
  NAMED_DAYS[name] ?? { zh: ` ${name} 的日子`, en: `day of ${name}` };

/** What a cron that names no day runs on. */
const everyDayOf = (days: OnDays | null): Text => {
  if (days === null || days.shift !== 'skip') return { zh: '每天', en: 'every day' };
  const { zh, en } = daysOf(days);
  return { zh: `每个${zh}`, en: `every ${en}` };
};

/** Several times of a day that follow one another evenly: `09:00–19:30 每 30 分钟`. Null: they are none of these. */
const rhythmInWords = (minute: string, hour: string): Text | null => {
  const range = /^(\d+)-(\d+)(?:\/(\d+))?$/.exec(hour);
  if (range === null) return null;
  const [first, last, hours] = [Number(range[1]), Number(range[2]), Number(range[3] ?? 1)];
  const minutes = Number(/^\*\/(\d+)$/.exec(minute)?.[1] ?? Number.NaN);
  if (last < first) return null;
  const from = (at: string): string => `${two(String(first))}:${at}`;
  if (60 % minutes === 0 && hours === 1) {
    const span = [from('00'), `${two(String(last))}:${two(String(60 - minutes))}`];
    return {
      zh: `${span.join('–')} 每 ${minutes} 分钟`,
      en: `every ${minutes} minutes from ${span.join(' to ')}`,
    };
  }
  if (!isNumber(minute)) return null;
  const end = first + Math.floor((last - first) / hours) * hours;
  const span = [from(two(minute)), `${two(String(end))}:${two(minute)}`];
  const step: Text =
    hours === 1 ? { zh: '每小时', en: 'every hour' } : { zh: `每 ${hours} 小时`, en: `every ${hours} hours` };
  return { zh: `${span.join('–')} ${step.zh}`, en: `${step.en} from ${span.join(' to ')}` };
};

const oneInWords = (written: string, everyDayIs: Text, isLimited: boolean): { words: Text; saysDays: boolean } => {
  const fields = (NICKNAMES[written.toLowerCase()] ?? written).trim().split(/\s+/);
  const said = (words: Text, saysDays = false) => ({ words, saysDays });
  const cron = said({ zh: `cron ${written}`, en: `cron ${written}` });
  const [second = '0'] = fields.length === 6 ? fields : [];
  if (!isNumber(second)) return cron;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields.slice(-5);
  const everyDay = day === '*' && month === '*' && weekday === '*';
  if (second !== '0' && !isNumber(hour)) return cron;
  if (minute === '*' && hour === '*' && everyDay) return said({ zh: '每分钟', en: 'every minute' });
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (step !== undefined && hour === '*' && everyDay)
    return said({ zh: `每 ${step} 分钟`, en: `every ${step} minutes` });
  if (isNumber(minute) && hour === '*' && everyDay)
    return said({ zh: `每小时的第 ${minute} 分`, en: `every hour at minute ${minute}` });
  const rhythm = rhythmInWords(minute, hour);
  if (rhythm === null && (!isNumber(minute) || !hour.split(',').every(isNumber))) return cron;
  const times = hour.split(',').map((each) => `${two(each)}:${two(minute)}${second === '0' ? '' : `:${two(second)}`}`);
  const at: Text = rhythm ?? { zh: times.join('、'), en: `at ${times.join(', ')}` };
  const days = everyDay
    ? everyDayIs
    : day === '*' && month === '*'
      ? weekdaysInWords(weekday)
      : isNumber(day) && month === '*' && weekday === '*'
        ? { zh: `每月 ${day} 日`, en: `on the ${ordinal(Number(day))} of each month` }
        : isNumber(day) && isNumber(month) && weekday === '*'
          ? { zh: `每年 ${month} 月 ${day} 日`, en: `every year on ${month}/${day}` }
          : null;
  if (days === null) return cron;
  const words = { zh: `${days.zh} ${at.zh}`, en: `${days.en}${rhythm === null ? '' : ','} ${at.en}` };
  return said(words, everyDay && isLimited);
};

/** What else limits its days: what its crons have not said. */
const limitsInWords = ({ days, from, until }: Times, saysDays: boolean): Text[] => {
  const shown = days === null ? null : daysOf(days);
  const limits: (Text | null)[] = [
    days === null || shown === null || (days.shift === 'skip' && saysDays)
      ? null
      : days.shift === 'skip'
        ? { zh: `只在${shown.zh}`, en: `only on a ${shown.en}` }
        : days.shift === 'next'
          ? { zh: `不是${shown.zh}就顺延`, en: `or the next ${shown.en}` }
          : { zh: `不是${shown.zh}就提前`, en: `or the ${shown.en} before` },
    from === null ? null : { zh: `从 ${from} 起`, en: `from ${from}` },
    until === null ? null : { zh: `到 ${until} 止`, en: `until ${until}` },
  ];
  return limits.filter((each) => each !== null);
};

const clock = (at: number, zone: string): string => wallClockText(at, zone).replace(/:00$/, '');

/** A schedule as people say it: `每个工作日 18:00 (Asia/Shanghai)`; what has no short saying shows its cron. */
export const scheduleInWords = (times: Times): Text => {
  const { crons, interval, moments, timezone, days } = times;
  const everyDayIs = everyDayOf(days);
  const ofCrons = crons.map((cron) => oneInWords(cron, everyDayIs, days?.shift === 'skip'));
  const every = interval === null ? null : durationText(interval.every);
  const all: Text[] = [
    ...ofCrons.map(({ words }) => words),
    ...(every === null ? [] : [{ zh: `每隔 ${every}`, en: `every ${every}` }]),
    ...moments.map((at) => ({ zh: `一次:${clock(at, timezone)}`, en: `once at ${clock(at, timezone)}` })),
  ];
  const limits = limitsInWords(times, ofCrons.length > 0 && ofCrons.every(({ saysDays }) => saysDays));
  const said = (lang: 'zh' | 'en', [between, before]: [string, string]): string =>
    [all.map((each) => each[lang]).join(between), ...limits.map((each) => each[lang])].join(before);
  return { zh: `${said('zh', [';', ','])} (${timezone})`, en: `${said('en', ['; ', ', '])} (${timezone})` };
};
