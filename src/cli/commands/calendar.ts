import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actWords } from '../../acts/words.ts';
import { createHttp, proxyFor } from '../../base/http.ts';
import { wallClock } from '../../base/zone.ts';
import { calendarsFolder, chineseYears } from '../../config/calendar-files.ts';
import { calendarWords } from '../../config/calendar-words.ts';
import { addDays, type Day } from '../../model/calendar.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { own } from '../../model/own.ts';
import { SECOND } from '../../model/time.ts';
import { type ChineseYear, chineseCalendars, isAsEveryWeek } from '../../schedule/chinese-year.ts';
import { readYear } from '../../schedule/chinese-year-file.ts';
import { daysOfYear } from '../../schedule/days-of-year.ts';
import { type Act, text } from '../command.ts';
import type { Context } from '../context.ts';
import { readJson } from '../read-json.ts';
import { cliWords } from '../words.ts';

const MOST_BYTES = 1024 * 1024;

/** Days in a row that are so for one reason: `2026-10-01 – 10-07`. */
const runsOf = (
  days: ReturnType<typeof daysOfYear>,
  shown: (day: ReturnType<typeof daysOfYear>[number]) => string | null,
) => {
  const runs: { from: Day; to: Day; words: string }[] = [];
  for (const day of days) {
    const words = shown(day);
    const last = runs.at(-1);
    if (words === null) continue;
    if (last !== undefined && last.words === words && addDays(last.to, 1) === day.date) last.to = day.date;
    else runs.push({ from: day.date, to: day.date, words });
  }
  return runs;
};

const span = (from: Day, to: Day): string => (from === to ? from : `${from} – ${to.slice(5)}`);

/** `larkcron calendar show [YEAR]`: what a calendar says of a year, and where it has it from. */
export const show: Act = async ({ args, options }, context) => {
  const { out, clock } = context;
  const project = context.project([]);
  const { settings } = project;
  const year = Number(args[0] ?? wallClock(clock.now(), settings.timezone).year);
  if (!Number.isInteger(year) || year < 1900 || year > 9999)
    throw failure(actWords, 'bad-value', { option: 'YEAR', value: args[0] ?? '', expected: YEAR }, { status: 2 });
  const name = text(options, 'calendar') ?? 'cn-workdays';
  const calendar = own(settings.calendars, name);
  if (calendar === undefined) {
    const known = Object.keys(settings.calendars);
    throw failure(calendarWords, 'unknown-calendar', { name, known, suggestion: nearest(name, known) }, { status: 2 });
  }
  const days = daysOfYear(calendar, year);
  const notice = chineseYears(settings.directory, []).find((each) => each.year === year) ?? null;
  const on = days.filter((day) => day.on.is === 'on').length;
  const unknown = days.filter((day) => day.on.is === 'unknown').length;
  out.line(out.say({ zh: `${name} ${year} 年:${on} 天`, en: `${name} ${year}: ${on} days` }));
  if (notice !== null) out.line(`  ${sourceOf(notice)}`);
  if (unknown > 0)
    out.line(
      out.say({
        zh: `  ${unknown} 天还不知道:没有 ${year} 年的放假安排(larkcron calendar update)`,
        en: `  ${unknown} days are unknown: there is no notice for ${year} (larkcron calendar update)`,
      }),
    );
  const runs = runsOf(days, (day) => {
    if (day.on.is === 'unknown' || isAsEveryWeek(day.on, day.date)) return null;
    const is = day.on.is === 'on' ? { zh: '发', en: 'runs' } : { zh: '不发', en: 'left out' };
    const why = day.on.why === null ? '' : `  ${out.say(day.on.why)}`;
    return `${out.say(is)}${why}`;
  });
  for (const { from, to, words } of runs.slice(0, MOST_LINES)) out.line(`  ${span(from, to)}  ${words}`);
  if (runs.length > MOST_LINES) out.line(out.say({ zh: '  … 其余见 --json', en: '  … the rest with --json' }));
  out.data({
    calendar: name,
    year,
    days: on,
    unknown,
    source: notice?.source ?? null,
    list: days.map(({ date, on: each }) => ({
      date,
      on: each.is === 'unknown' ? null : each.is === 'on',
      why: each.is === 'unknown' || each.why === null ? null : out.say(each.why),
    })),
  });
  return 0;
};

const MOST_LINES = 80;
const YEAR = { zh: '一个年份,例如 2026', en: 'a year, such as 2026' };

const sourceOf = ({ source }: ChineseYear): string =>
  [source.title, source.number, source.date, source.url].filter((each) => each !== undefined).join('  ');

const fetched = async (url: string, context: Context): Promise<unknown> => {
  const { settings } = context.project([]);
  const refuse = (why: string) => failure(cliWords, 'calendar-unreachable', { url, why }, { status: 1 });
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw failure(actWords, 'bad-value', { option: '--url', value: url, expected: URL_WORDS }, { status: 2 });
  const http = createHttp(settings.ca);
  try {
    const answer = await http.request({
      method: 'GET',
      url,
      connectTimeout: 10 * SECOND,
      totalTimeout: 30 * SECOND,
      maxBytes: MOST_BYTES,
      proxy: settings.proxy ?? proxyFor(url, context.environment),
    });
    if (answer.is !== 'answer') throw refuse(answer.why);
    if (answer.status !== 200) throw refuse(`HTTP ${answer.status}`);
    try {
      return JSON.parse(answer.body.toString('utf8')) as unknown;
    } catch {
      throw refuse('no JSON');
    }
  } finally {
    http.close();
  }
};

const URL_WORDS = { zh: 'http(s) 地址', en: 'an http(s) address' };

/** `larkcron calendar update --file FILE | --url URL`: a year's notice for this project, until a newer larkcron has it. */
export const update: Act = async ({ options }, context) => {
  const { out } = context;
  const file = text(options, 'file');
  const url = text(options, 'url');
  if ((file === null) === (url === null)) throw failure(cliWords, 'calendar-from', undefined, { status: 2 });
  const { settings } = context.project([]);
  const json = file !== null ? readJson(file, context.cwd) : await fetched(url as string, context);
  const read = readYear(json);
  if ('why' in read)
    throw failure(cliWords, 'no-calendar-year', { from: file ?? (url as string), why: read.why }, { status: 2 });
  const folder = calendarsFolder(settings.directory);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `cn-${read.year}.json`);
  // beside it first, so that a tick reads the old one or the new one
  writeFileSync(`${path}.new`, `${JSON.stringify(read, null, 2)}\n`);
  renameSync(`${path}.new`, path);
  const [workdays] = chineseCalendars([read]);
  const all = daysOfYear(workdays, read.year);
  const makeUp = all.filter(({ on }) => on.is === 'on' && on.why !== null).map(({ date }) => date);
  const off = all.filter((day) => day.on.is === 'off' && !isAsEveryWeek(day.on, day.date)).length;
  out.line(
    out.say({
      zh: `✓ 已装好 ${read.year} 年:${off} 天放假,调休上班 ${makeUp.join('、') || '没有'}`,
      en: `✓ ${read.year} is in: ${off} days off, make-up days ${makeUp.join(', ') || 'none'}`,
    }),
  );
  out.line(`  ${path}`);
  out.data({ year: read.year, file: path, daysOff: off, makeUpDays: makeUp });
  return 0;
};
