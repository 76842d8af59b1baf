import type { Schedule } from '../model/schedule.ts';
import type { Text } from '../model/text.ts';

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

const oneInWords = (written: string): Text => {
  const fields = (NICKNAMES[written.toLowerCase()] ?? written).trim().split(/\s+/);
  const cron: Text = { zh: `cron ${written}`, en: `cron ${written}` };
  const [second = '0'] = fields.length === 6 ? fields : [];
  if (!isNumber(second)) return cron;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields.slice(-5);
  const everyDay = day === '*' && month === '*' && weekday === '*';
  if (second !== '0' && !isNumber(hour)) return cron;
  if (minute === '*' && hour === '*' && everyDay) return { zh: '每分钟', en: 'every minute' };
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (step !== undefined && hour === '*' && everyDay) return { zh: `每 ${step} 分钟`, en: `every ${step} minutes` };
  if (isNumber(minute) && hour === '*' && everyDay)
    return { zh: `每小时的第 ${minute} 分`, en: `every hour at minute ${minute}` };
  if (!isNumber(minute) || !hour.split(',').every(isNumber)) return cron;
  const times = hour.split(',').map((each) => `${two(each)}:${two(minute)}${second === '0' ? '' : `:${two(second)}`}`);
  const at: Text = { zh: times.join('、'), en: `at ${times.join(', ')}` };
  const days = everyDay
    ? { zh: '每天', en: 'every day' }
    : day === '*' && month === '*'
      ? weekdaysInWords(weekday)
      : isNumber(day) && month === '*' && weekday === '*'
        ? { zh: `每月 ${day} 日`, en: `on the ${ordinal(Number(day))} of each month` }
        : isNumber(day) && isNumber(month) && weekday === '*'
          ? { zh: `每年 ${month} 月 ${day} 日`, en: `every year on ${month}/${day}` }
          : null;
  return days === null ? cron : { zh: `${days.zh} ${at.zh}`, en: `${days.en} ${at.en}` };
};

/** A schedule as people say it: `每天 18:00 (Asia/Shanghai)`; what has no short saying shows its cron. */
export const scheduleInWords = ({ crons, timezone }: Pick<Schedule, 'crons' | 'timezone'>): Text => {
  const all = crons.map(oneInWords);
  return {
    zh: `${all.map(({ zh }) => zh).join(';')} (${timezone})`,
    en: `${all.map(({ en }) => en).join('; ')} (${timezone})`,
  };
};
