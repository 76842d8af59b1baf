import { LarkcronError, type Place } from '../../model/errors.ts';
import type { LoginStep, Written } from '../../model/screenshot.ts';
import type { Text } from '../../model/text.ts';
import { SECOND } from '../../model/time.ts';
import type { SourceContext } from '../source.ts';
import { fault, shownOf } from './fault.ts';
import { openAddress, webAddress } from './net.ts';
import type { Page } from './page.ts';
import { type Doing, until, waitForQuiet, waitUntil } from './wait.ts';

/** So long an element may take to appear, and a page to go quiet after a click. */
const PATIENCE = 10 * SECOND;

/** Ready to be used: `null` while it is not there, else what is wrong with it, or `ok`. */
const ready = (selector: string, then: string): string => `(() => {
  const element = document.querySelector(${JSON.stringify(selector)});
  if (element === null || element.getClientRects().length === 0 || element.disabled) return false;
  element.scrollIntoView({ block: 'center' });
  ${then}
  return true;
})()`;

const FOCUS = `element.focus();
  if (document.activeElement !== element) return false;
  if (typeof element.select === 'function') element.select();`;

/** A list is chosen from by its value or its words: typing would not do. */
const CHOOSE = (value: string): string => `if (element instanceof HTMLSelectElement) {
    const wanted = ${JSON.stringify(value)};
    const option = [...element.options].find((one) => one.value === wanted || one.text.trim() === wanted);
    if (option === undefined) return false;
    element.value = option.value;
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return 'chosen';
  }`;

const missing = (selector: string, page: Page): Text => ({
  zh: `${PATIENCE / SECOND} 秒内 ${shownOf(page.url())} 上没有可用的元素 ${selector}`,
  en: `there was no usable element ${selector} within ${PATIENCE / SECOND} s on ${shownOf(page.url())}`,
});

interface Means {
  readonly page: Page;
  readonly context: SourceContext;
  readonly doing: Doing;
  readonly say: (said: string) => string;
}

/** Null, or why it did not come about. */
const use = async (selector: Written, then: string, { page, context }: Means): Promise<unknown> => {
  let value: unknown = false;
  await until(
    async () => {
      const answer = await page.ask(ready(selector.text, then));
      value = answer.is === 'value' ? answer.value : false;
      return value !== false;
    },
    context,
    PATIENCE,
  );
  return value;
};

const done = async (step: LoginStep, means: Means): Promise<Text | null> => {
  const { page, context } = means;
  switch (step.step) {
    case 'goto': {
      const url = webAddress(context.fillText(step.url), step.url.at);
      // a page that asks who one is may well say so with 401 or 403
      await openAddress(page, url, { at: step.at, allowed: [401, 403] });
      return null;
    }
    case 'fill':
      for (const { selector, value } of step.fields) {
        const text = context.fillText(value);
        const used = await use(selector, CHOOSE(text) + FOCUS, means);
        if (used === false) return missing(selector.text, page);
        if (used !== 'chosen') await page.call('Input.insertText', { text });
      }
      return null;
    case 'click':
      if ((await use(step.selector, 'element.click();', means)) === false) return missing(step.selector.text, page);
      // what it has begun is let go on: the next step, or the page itself, would break it off
      await waitForQuiet(300, page, context, PATIENCE);
      return null;
    case 'waitFor':
      await waitUntil(step.waitFor, page, context, means);
      return null;
  }
};

const nameOf = (step: LoginStep): string => {
  switch (step.step) {
    case 'goto':
      return 'goto';
    case 'fill':
      return `fill ${step.fields.map(({ selector }) => selector.text).join(', ')}`;
    case 'click':
      return `click ${step.selector.text}`;
    case 'waitFor':
      return 'waitFor';
  }
};

/** A page of login that is not there is a fault of its step; one that cannot be had for now may be had later. */
const isOfStep = (error: unknown): error is LarkcronError =>
  error instanceof LarkcronError &&
  (error.code === 'screenshot-no-page' ||
    (error.code === 'screenshot-status' && !/HTTP (5\d\d|429)/.test(error.message)));

/** A step under way: if the time is up meanwhile, it has failed. Who types a password again and again is locked out. */
export interface StepUnderWay {
  readonly number: number;
  readonly step: string;
  readonly at: Place | null;
}

/** The steps in order. Throws `screenshot-step`: which one, and why. */
export const logIn = async (
  steps: readonly LoginStep[],
  means: Means,
  underWay: (step: StepUnderWay | null) => void,
): Promise<void> => {
  let hasTyped = false;
  for (const [i, step] of steps.entries()) {
    const current: StepUnderWay = { number: i + 1, step: nameOf(step), at: step.at };
    hasTyped ||= step.step === 'fill';
    underWay(hasTyped ? current : null);
    means.doing(() => ({
      zh: `做登录第 ${i + 1} 步(${current.step})`,
      en: `at step ${i + 1} of login (${current.step})`,
    }));
    const { at, ...which } = current;
    let why: Text | null;
    try {
      why = await done(step, means);
    } catch (error) {
      if (!isOfStep(error)) throw error;
      why = error.explanation.message;
    }
    if (why !== null) throw fault('screenshot-step', { ...which, why }, { at });
  }
  underWay(null);
};
