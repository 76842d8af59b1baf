import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import type { Json } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { PageOptions } from '../picture/card-page.ts';
import type { Part } from '../run/parts.ts';
import type { Context } from './context.ts';
import { openFile } from './open-file.ts';
import { cliWords } from './words.ts';

/** Of the files that are uploaded only when the message is sent, the pictures, by the key that stands for them. */
const picturesOf = async (parts: readonly Part[]): Promise<(key: string) => string | null> => {
  const { pictureUrl } = await import('../picture/data-url.ts');
  const files = parts.flatMap((part) => part.files);
  return (key) => {
    const file = files.find(({ standIn }) => standIn === key);
    return file === undefined ? null : pictureUrl(file.bytes);
  };
};

/** Without a browser the charts alone, each in a file of its own: FILE, FILE-2 … */
const chartsAlone = async (cards: readonly Json[], file: string): Promise<readonly string[]> => {
  const { chartPng, chartsOf } = await import('../picture/chart-png.ts');
  const { LACKING, pictureWords } = await import('../picture/words.ts');
  const charts = cards.flatMap((card) => [...chartsOf(card)]);
  if (charts.length === 0) throw failure(pictureWords, 'no-browser', { lacking: LACKING.charts });
  const { dir, name, ext } = parse(file);
  const written: string[] = [];
  for (const [i, chart] of charts.entries()) {
    const picture = await chartPng(chart);
    if (picture === null) throw failure(pictureWords, 'no-browser', { lacking: LACKING.canvas });
    const path = i === 0 ? file : join(dir, `${name}-${i + 1}${ext}`);
    writeFileSync(path, picture);
    written.push(path);
  }
  return written;
};

const writePng = async (
  cards: readonly Json[],
  file: string,
  page: PageOptions,
  { out, environment }: Context,
): Promise<readonly string[]> => {
  const { findBrowser } = await import('../browser/find-browser.ts');
  const program = findBrowser(environment);
  if (program !== null) {
    const { cardsPng } = await import('../picture/card-png.ts');
    writeFileSync(file, await cardsPng(program, cards, page));
    return [file];
  }
  const files = await chartsAlone(cards, file);
  out.note(
    out.say({
      zh: '没有 Chrome 或 Chromium,所以只画了图表(环境变量 CHROME 可以指明浏览器)',
      en: 'there is no Chrome or Chromium, so only the charts were drawn (the environment variable CHROME names one)',
    }),
  );
  return files;
};

export interface Wanted {
  readonly html: string | null;
  readonly png: string | null;
  readonly open: boolean;
}

/**
 * Draws the cards of a message into the files asked for; `open` alone draws a page into a file for the moment. Gives
 * whether anything was to be drawn. Throws `not-a-card` for a message that has none.
 */
export const drawMessage = async (
  parts: readonly Part[],
  { html, png, open }: Wanted,
  job: Job,
  context: Context,
): Promise<boolean> => {
  if (html === null && png === null && !open) return false;
  const { out, cwd } = context;
  const cards = parts.flatMap(({ card }) => (card === null ? [] : [card]));
  if (cards.length === 0) throw failure(cliWords, 'not-a-card', { job: job.name }, { status: 2 });
  const page: PageOptions = { title: job.name, lang: job.lang, picture: await picturesOf(parts) };
  const files: string[] = [];
  if (html !== null || png === null) {
    const { cardsPage } = await import('../picture/card-page.ts');
    const file =
      html === null ? join(mkdtempSync(join(tmpdir(), 'larkcron-preview-')), 'card.html') : resolve(cwd, html);
    writeFileSync(file, cardsPage(cards, page));
    files.push(file);
  }
  if (png !== null) files.push(...(await writePng(cards, resolve(cwd, png), page, context)));
  for (const file of files) out.note(out.say({ zh: `已写入 ${file}`, en: `written to ${file}` }));
  const shown = files[0];
  if (open && shown !== undefined && !(await openFile(shown)))
    out.note(
      out.say({ zh: `这台机器上打不开它,文件在 ${shown}`, en: `nothing here can show it; the file is ${shown}` }),
    );
  return true;
};
