import type { WaitFor, Written } from '../../model/screenshot.ts';
import type { Text } from '../../model/text.ts';
import type { Ms } from '../../model/time.ts';
import type { SourceContext } from '../source.ts';
import { shownOf } from './fault.ts';
import type { Page } from './page.ts';

/** What is being done, for the error if it takes too long. It may change while it is waited for. */
export type Doing = (doing: () => Text) => void;

/** `signal`: the time is up. */
export type Clock = Pick<SourceContext, 'sleep' | 'monotonic' | 'signal'>;
const LOOK_AGAIN: Ms = 50;

/** Looks again and again until it is so; false after `most`. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  { sleep, monotonic, signal }: Clock,
  most = Number.POSITIVE_INFINITY,
): Promise<boolean> => {
  const end = monotonic() + most;
  while (!(await holds())) {
    // the calls of `holds` fail when the time is up; a wait for quiet makes none
    if (signal.aborted || monotonic() >= end) return false;
    await sleep(LOOK_AGAIN);
  }
  return true;
};

/** An element that takes up room; `null` in the page stands for none yet. */
export const seen = (selector: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].some((each) => each.getClientRects().length > 0)`;

export const waitForSelector = ({ text }: Written, page: Page, clock: Clock, most?: Ms): Promise<boolean> =>
  until(
    async () => {
      const answer = await page.ask(seen(text));
      return answer.is === 'value' && answer.value === true;
    },
    clock,
    most,
  );

/** Answers with what the expression last threw, if it never came true. */
const waitForExpression = async (
  { text }: Written,
  page: Page,
  clock: Clock,
  threw: (why: string) => void,
): Promise<void> => {
  await until(async () => {
    const answer = await page.ask(`(${text})`);
    if (answer.is === 'thrown') threw(answer.why);
    return answer.is === 'value' && Boolean(answer.value);
  }, clock);
};

export const waitForQuiet = (quiet: Ms, page: Page, clock: Clock, most?: Ms): Promise<boolean> =>
  until(
    () => {
      const since = page.quietSince();
      return since !== null && clock.monotonic() - since >= quiet;
    },
    clock,
    most,
  );

const openRequests = (page: Page): Text => {
  const [first, ...others] = page.busyWith();
  if (first === undefined) return { zh: '请求一个接一个', en: 'one request follows the other' };
  const more =
    others.length === 0 ? { zh: '', en: '' } : { zh: ` 等 ${others.length + 1} 个`, en: ` and ${others.length} more` };
  return { zh: `还没有回答的:${shownOf(first)}${more.zh}`, en: `not answered: ${shownOf(first)}${more.en}` };
};

/** All that is waited for, one after the other. Ends only when it is so: the time-out is its caller's. */
export const waitUntil = async (
  { selector, expression, quiet }: WaitFor,
  page: Page,
  clock: Clock,
  { doing, say }: { readonly doing: Doing; readonly say: (said: string) => string },
): Promise<void> => {
  if (selector !== null) {
    doing(() => ({ zh: `等元素 ${selector.text} 出现`, en: `waiting for the element ${selector.text}` }));
    await waitForSelector(selector, page, clock);
  }
  if (expression !== null) {
    let threw = '';
    doing(() => ({
      zh: `等 ${expression.text} 成立${threw === '' ? '' : `(${say(threw)})`}`,
      en: `waiting for ${expression.text} to be true${threw === '' ? '' : ` (${say(threw)})`}`,
    }));
    await waitForExpression(expression, page, clock, (why) => {
      threw = why;
    });
  }
  if (quiet !== null) {
    doing(() => {
      const { zh, en } = openRequests(page);
      return { zh: `等网络安静下来(${zh})`, en: `waiting for the network to be quiet (${en})` };
    });
    await waitForQuiet(quiet, page, clock);
  }
};
