import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, problem } from '../model/errors.ts';
import { type ChineseYear, SHIPPED_YEARS } from '../schedule/chinese-year.ts';
import { readYear } from '../schedule/chinese-year-file.ts';
import { calendarWords } from './calendar-words.ts';

/** Where `larkcron calendar update` leaves a year's notice. */
export const calendarsFolder = (directory: string): string => join(directory, '.larkcron', 'calendars');

/** The notices that came with the program, and those of the project, which have the last word. */
export const chineseYears = (directory: string, problems: Problem[]): readonly ChineseYear[] => {
  const folder = calendarsFolder(directory);
  if (!existsSync(folder)) return SHIPPED_YEARS;
  const own = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name): ChineseYear[] => {
      const file = join(folder, name);
      let why = { zh: '', en: '' };
      try {
        const read = readYear(JSON.parse(readFileSync(file, 'utf8')));
        if (!('why' in read)) return [read];
        why = read.why;
      } catch (error) {
        why = { zh: (error as Error).message, en: (error as Error).message };
      }
      problems.push(problem(calendarWords, 'bad-calendar-file', { file, why }, { at: { file, line: 1, column: 1 } }));
      return [];
    });
  const replaced = new Set(own.map(({ year }) => year));
  return [...SHIPPED_YEARS.filter(({ year }) => !replaced.has(year)), ...own];
};
