import { addDays, type Day, daysBetween, isDay, readSpan, yearOf } from '../model/calendar.ts';
import type { Text } from '../model/text.ts';
import type { ChineseYear } from './chinese-year.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** More days off than this are no year of anybody's. */
const MOST_DAYS = 60;
const FEWEST_DAYS = 7;

type Holiday = ChineseYear['holidays'][number];

/** `holidays: [{ name, en, off, work }]`, as the files beside this program have it. */
const ownForm = (json: Fields): Holiday[] =>
  fieldsOf(json['holidays']).map((each) => ({
    name: text(each['name']),
    en: text(each['en']) || text(each['name']),
    off: text(each['off']),
    work: Array.isArray(each['work']) ? each['work'].map(text) : [],
  }));

/** `days: [{ name, date, isOffDay }]`, as the public lists of the holiday-cn kind have it; each run of days is one. */
const listForm = (json: Fields): Holiday[] => {
  const days = fieldsOf(json['days']).map((each) => ({
    name: text(each['name']),
    date: text(each['date']),
    off: each['isOffDay'] === true,
  }));
  const names = [...new Set(days.map(({ name }) => name))];
  return names.flatMap((name) => {
    const off = days.filter((each) => each.name === name && each.off).map(({ date }) => date);
    const work = days.filter((each) => each.name === name && !each.off).map(({ date }) => date);
    const spans = spansOf(off.filter(isDay).sort());
    return spans.map((span, i) => ({ name, en: name, off: span, work: i === 0 ? work : [] }));
  });
};

const spansOf = (days: readonly Day[]): string[] => {
  const spans: [from: Day, to: Day][] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last !== undefined && addDays(last[1], 1) === day) last[1] = day;
    else spans.push([day, day]);
  }
  return spans.map(([from, to]) => `${from}..${to}`);
};

/** A file's JSON as a year's notice; or in words why it is none. */
export const readYear = (json: unknown): ChineseYear | { readonly why: Text } => {
  const why = (zh: string, en: string) => ({ why: { zh, en } });
  if (!isFields(json) || !Number.isInteger(json['year'])) return why('没有 year', 'it has no year');
  const year = Number(json['year']);
  const holidays = Array.isArray(json['holidays']) ? ownForm(json) : listForm(json);
  let off = 0;
  for (const { name, off: span, work } of holidays) {
    const read = readSpan(span);
    if (read === null) return why(`${name}:${span} 不是日期`, `${name}: ${span} is no date`);
    const wrong = work.find((day) => !isDay(day));
    if (wrong !== undefined) return why(`${name}:${wrong} 不是日期`, `${name}: ${wrong} is no date`);
    const strange = [read.from, read.to, ...work].find((day) => Math.abs(yearOf(day) - year) > 1);
    if (strange !== undefined) return why(`${strange} 不在 ${year} 年`, `${strange} is not in ${year}`);
    off += daysBetween(read.from, read.to).length;
  }
  if (off < FEWEST_DAYS || off > MOST_DAYS)
    return why(`它有 ${off} 天放假,不像一年的安排`, `it has ${off} days off, which is no year's list`);
  const source = isFields(json['source']) ? json['source'] : {};
  const [paper] = Array.isArray(json['papers']) ? json['papers'].map(text) : [];
  return {
    year,
    source: {
      title: text(source['title']) || `${year}`,
      ...(text(source['number']) === '' ? {} : { number: text(source['number']) }),
      ...(text(source['date']) === '' ? {} : { date: text(source['date']) }),
      ...(text(source['url']) || paper ? { url: text(source['url']) || (paper as string) } : {}),
    },
    holidays,
  };
};
