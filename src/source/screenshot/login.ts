import type { LoginStep, Written } from '../../model/screenshot.ts';
import type { Text } from '../../model/text.ts';
import { SECOND } from '../../model/time.ts';
import type { SourceContext } from '../source.ts';
import { fault } from './fault.ts';
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

const missing = (selector: string): Text => ({
  zh: `${PATIENCE / SECOND} 秒内没有可用的元素 ${selector}`,
  en: `there was no usable element ${selector} within ${PATIENCE / SECOND} s`,
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
        if (used === false) return missing(selector.text);
        if (used !== 'chosen') await page.call('Input.insertText', { text });
      }
      return null;
    case 'click':
      if ((await use(step.selector, 'element.click();', means)) === false) return missing(step.selector.text);
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

/** The steps in order. Throws `screenshot-step`: which one, and why. */
export const logIn = async (steps: readonly LoginStep[], means: Means): Promise<void> => {
  for (const [i, step] of steps.entries()) {
    const name = nameOf(step);
    const before = (what: Text): Text => ({
      zh: `做登录第 ${i + 1} 步(${name})${what.zh}`,
      en: `at step ${i + 1} of login (${name})${what.en}`,
    });
    means.doing(() => before({ zh: '', en: '' }));
    const why = await done(step, {
      ...means,
      doing: (inner) =>
        means.doing(() => {
          const { zh, en } = inner();
          return before({ zh: `:${zh}`, en: `, ${en}` });
        }),
    });
    if (why !== null) throw fault('screenshot-step', { number: i + 1, step: name, why }, { at: step.at });
  }
};
