import { currentLang } from './lang.ts';

let zone = 'Asia/Shanghai';
/** All times are shown in the project's time zone, wherever the browser is. */
export const setZone = (timezone: string): void => {
  zone = timezone;
};

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const locale = currentLang() === 'zh' ? 'zh-CN' : 'en-GB';
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options });
    formats.set(key, found);
  }
  return found;
};

/** `2026-11-27`, the day of a moment in the project's time zone. */
export const dayOf = (at: string | number | Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(at));

/** What a clock on the wall shows in the project's time zone, as if it were UTC. */
const wallAt = (at: number): number => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(at));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00';
  return Date.parse(`${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}Z`);
};

/** `2026-11-26T18:00`, typed for the project's time zone, as the time the API takes; empty: not asked for. What is no time goes as it is: the API says so. */
export const typedTime = (typed: string): string => {
  if (typed === '') return '';
  const wall = Date.parse(`${typed}Z`);
  if (Number.isNaN(wall)) return typed;
  // twice: the first guess may lie on the other side of a change of summer time
  let at = wall;
  for (let i = 0; i < 2; i++) at += wall - wallAt(at);
  return new Date(at).toISOString();
};

/** `18:00` */
export const clock = (at: string | number): string =>
  format({ hour: '2-digit', minute: '2-digit' }).format(new Date(at));
/** `18:00:03` */
export const clockSeconds = (at: string | number): string =>
  format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at));

/** `今天 18:00`, `11月26日 18:00`, `2025-11-26 18:00`: no more than is needed to know it. */
export const moment = (at: string | null): string => {
  if (at === null) return '—';
  const [day, today] = [dayOf(at), dayOf(Date.now())];
  if (day === today) return `${currentLang() === 'zh' ? '今天' : 'Today'} ${clock(at)}`;
  if (day.slice(0, 4) !== today.slice(0, 4)) return `${day} ${clock(at)}`;
  const short =
    currentLang() === 'zh' ? format({ month: 'long', day: 'numeric' }) : format({ month: 'short', day: 'numeric' });
  return `${short.format(new Date(at))} ${clock(at)}`;
};
/** To the second, with the date: `2026-11-26 18:00:03`. */
export const exactly = (at: string | null): string => (at === null ? '—' : `${dayOf(at)} ${clockSeconds(at)}`);

/** How far into its day a moment is, from 0 to 1. */
export const partOfDay = (at: string | number): number => {
  const [hours = 0, minutes = 0, seconds = 0] = clockSeconds(at).split(':').map(Number);
  return (hours * 3600 + minutes * 60 + seconds) / 86_400;
};

/** `0.4 秒`, `3 分 20 秒`, `2 小时`. */
export const lasting = (ms: number | null): string => {
  if (ms === null) return '—';
  const zh = currentLang() === 'zh';
  const unit = (n: number | string, one: string, other: string): string => (zh ? `${n} ${one}` : `${n} ${other}`);
  if (ms < 1000) return unit(Math.round(ms), '毫秒', 'ms');
  if (ms < 60_000) return unit((ms / 1000).toFixed(ms < 10_000 ? 1 : 0), '秒', 's');
  if (ms < 3_600_000)
    return (
      unit(Math.floor(ms / 60_000), '分', 'min') +
      (ms % 60_000 >= 1000 ? ` ${unit(Math.round((ms % 60_000) / 1000), '秒', 's')}` : '')
    );
  if (ms < 86_400_000) return unit((ms / 3_600_000).toFixed(1).replace('.0', ''), '小时', 'h');
  return unit(Math.floor(ms / 86_400_000), '天', 'd');
};
