import type { Template } from '../model/card.ts';
import { problem } from '../model/errors.ts';
import type { LoginStep, ScreenshotSource, WaitFor, Written } from '../model/screenshot.ts';
import { MINUTE, type Ms } from '../model/time.ts';
import { auth } from './http-source.ts';
import type { Node } from './node.ts';
import { object, optional, required } from './object.ts';
import {
  boolean,
  duration,
  exactlyOne,
  integer,
  list,
  made,
  oneOf,
  oneOrMore,
  type Reading,
  record,
  type Shape,
  sourceText,
  template,
  wrongType,
} from './shape.ts';
import { configWords } from './words.ts';

/** Nothing is filled in: `$` and `{` have meanings of their own in both languages. */
const written: Shape<Written> = made(sourceText, (text, node) => ({ text: text.trim(), at: node.at }));

/** So long without a request, unless told otherwise. */
const QUIET: Ms = 500;
const USUAL: WaitFor = { selector: null, expression: null, quiet: QUIET };

const waitFor: Shape<WaitFor> = made(
  object({ selector: optional(written, null), expression: optional(written, null), quiet: optional(duration, null) }),
  (read, node, reading, path) =>
    Object.values(read).every((each) => each === null)
      ? wrongType(node, reading, path, {
          zh: 'selector、expression、quiet 至少一个',
          en: 'selector, expression, quiet or several of them',
        })
      : read,
);

/** `{ "#user": "${USER}" }` */
const fields: Shape<Extract<LoginStep, { step: 'fill' }>['fields']> = {
  read: (node, reading, path) => {
    const values = record(template).read(node, reading, path);
    if (values === null || node.kind !== 'map') return null;
    return node.entries.flatMap(({ key, at }) => {
      const value = values[key];
      return value === undefined ? [] : [{ selector: { text: key, at }, value }];
    });
  },
  schema: record(template).schema,
};

const step: Shape<LoginStep> = made(
  object({
    goto: optional(template, null),
    fill: optional(fields, null),
    click: optional(written, null),
    waitFor: optional(waitFor, null),
  }),
  ({ goto: url, fill, click, waitFor: wait }, node, reading, path): LoginStep | null => {
    const { at } = node;
    if (exactlyOne({ goto: url, fill, click, waitFor: wait }, node, reading, path) === null) return null;
    if (url !== null) return { at, step: 'goto', url };
    if (fill !== null) return { at, step: 'fill', fields: fill };
    return click !== null ? { at, step: 'click', selector: click } : { at, step: 'waitFor', waitFor: wait as WaitFor };
  },
);

/** As large as a picture of Feishu's may be (12,000 pixels): 4,000 CSS pixels at the largest scale. */
const viewport = object({
  width: optional(integer({ min: 100, max: 4_000 }), 1_280),
  height: optional(integer({ min: 100, max: 4_000 }), 800),
  scale: optional(integer({ min: 1, max: 3 }), 2),
});

const conflict = (key: string, other: string, node: Node, reading: Reading, path: string): null => {
  reading.problems.push(problem(configWords, 'key-conflict', { key, other }, { at: node.at, path }));
  return null;
};

/** `screenshot: { url, viewport, selector | fullPage, waitFor, headers, auth, cookies, login, hide, blank, timeout }` */
export const screenshotSource: Shape<ScreenshotSource & { readonly timeout: Ms }> = made(
  object({
    url: required(template),
    viewport: optional(viewport, { width: 1_280, height: 800, scale: 2 }),
    selector: optional(written, null),
    fullPage: optional(boolean, false),
    waitFor: optional(waitFor, USUAL),
    headers: optional(record(template), {} as Record<string, Template>),
    auth: optional(auth, null),
    cookies: optional(record(template), {} as Record<string, Template>),
    login: optional(list(step), [] as readonly LoginStep[]),
    hide: optional(oneOrMore(written), [] as readonly Written[]),
    blank: optional(oneOf('fail', 'send'), 'fail' as const),
    timeout: optional(duration, MINUTE),
  }),
  (read, node, reading, path) =>
    read.fullPage && read.selector !== null ? conflict('fullPage', 'selector', node, reading, path) : read,
);
