import { digest } from '../../base/ids.ts';
import { findBrowser } from '../../browser/find-browser.ts';
import { type RunningBrowser, startBrowser } from '../../browser/start.ts';
import { type Dataset, datasetOf } from '../../model/dataset.ts';
import { failure, LarkcronError } from '../../model/errors.ts';
import type { ScreenshotSource, Written } from '../../model/screenshot.ts';
import type { Text } from '../../model/text.ts';
import type { Ms } from '../../model/time.ts';
import type { Fetch, SourceContext } from '../source.ts';
import { sourceWords } from '../words.ts';
import { isBlank } from './blank.ts';
import { capture, prepareViewport, type Shot } from './capture.ts';
import { type Credentials, credentialsOf, present } from './credentials.ts';
import { isElsewhere } from './elsewhere.ts';
import { fault, sayer, shownOf } from './fault.ts';
import { MOST_IMAGE_BYTES } from './limits.ts';
import { logIn, type StepUnderWay } from './login.ts';
import { checkStatus, openAddress } from './net.ts';
import { openPage, type Page } from './page.ts';
import { waitUntil } from './wait.ts';

type Spec = Parameters<Fetch<'screenshot'>>[0];

const selectorsOf = ({ selector, waitFor, login, hide }: ScreenshotSource): readonly Written[] =>
  [
    selector,
    waitFor.selector,
    ...hide,
    ...login.flatMap((step) => {
      if (step.step === 'click') return [step.selector];
      if (step.step === 'fill') return step.fields.map((field) => field.selector);
      return step.step === 'waitFor' ? [step.waitFor.selector] : [];
    }),
  ].filter((each) => each !== null);

const expressionsOf = ({ waitFor, login }: ScreenshotSource): readonly Written[] =>
  [waitFor.expression, ...login.map((step) => (step.step === 'waitFor' ? step.waitFor.expression : null))].filter(
    (each) => each !== null,
  );

/** What is no CSS or no JavaScript is found in the empty page, before anybody is asked anything. */
const checkWritten = async (page: Page, spec: ScreenshotSource): Promise<void> => {
  for (const { text, at } of selectorsOf(spec)) {
    const answer = await page.ask(`void document.querySelector(${JSON.stringify(text)})`);
    if (answer.is === 'thrown')
      throw fault('screenshot-selector', { selector: text, why: answer.why }, { at, status: 2 });
  }
  const expressions = expressionsOf(spec);
  if (expressions.length === 0) return;
  await page.call('Runtime.enable');
  for (const { text, at } of expressions) {
    const script = { expression: `(${text})`, sourceURL: '', persistScript: false };
    const { exceptionDetails } = (await page.call('Runtime.compileScript', script)) as {
      exceptionDetails?: { text: string; exception?: { description?: string } };
    };
    if (exceptionDetails === undefined) continue;
    const why = exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text;
    throw fault('screenshot-expression', { expression: text, why }, { at, status: 2 });
  }
  await page.call('Runtime.disable');
};

/** The page that was asked for came, or an error says which one did. */
const checkPage = async (page: Page, url: string, { at }: Spec): Promise<void> => {
  checkStatus(page, url, { at });
  const password = await page.ask(
    `[...document.querySelectorAll('input[type=password]')].some((each) => each.getClientRects().length > 0)`,
  );
  if (isElsewhere(url, page.url(), password.is === 'value' && password.value === true))
    throw fault('screenshot-elsewhere', { url: shownOf(url), to: shownOf(page.url()) }, { at });
};

/** One attempt, as far as it has come. */
interface Attempt {
  page: Page | null;
  /** the page itself, and no more its login */
  isOpened: boolean;
  /** of the login, once something was typed */
  step: StepUnderWay | null;
  doing: () => Text;
}

const take = async (
  spec: Spec,
  credentials: Credentials,
  {
    browser,
    context,
    attempt,
  }: { readonly browser: RunningBrowser; readonly context: SourceContext; readonly attempt: Attempt },
): Promise<{ readonly shot: Shot; readonly title: string; readonly url: string }> => {
  const { url, secrets } = credentials;
  const { at } = spec;
  const say = sayer(secrets);
  const doing = (now: () => Text): void => {
    attempt.doing = now;
  };
  const page = await openPage(browser, context.monotonic);
  attempt.page = page;
  await checkWritten(page, spec);
  await prepareViewport(page, spec, context.job.timezone);
  await present(page, credentials, context.proxyFor(url));
  await logIn(spec.login, { page, context, doing, say }, (step) => {
    attempt.step = step;
  });
  // the same address again would only be gone to within the page
  if (spec.login.length > 0) await page.open('about:blank');
  doing(() => ({ zh: '等它回答', en: 'waiting for its answer' }));
  await openAddress(page, url, { at });
  attempt.isOpened = true;
  await waitUntil(spec.waitFor, page, context, { doing, say });
  if (spec.selector !== null)
    await waitUntil({ selector: spec.selector, expression: null, quiet: null }, page, context, { doing, say });
  await checkPage(page, url, spec);
  doing(() => ({ zh: '画图', en: 'being drawn' }));
  const shot = await capture(page, spec, {
    clock: context,
    look: async (png) => {
      if (spec.blank === 'fail' && (await isBlank(png, browser)))
        throw fault('screenshot-blank', { what: spec.selector?.text ?? shownOf(url) }, { at: spec.selector?.at ?? at });
    },
  });
  if (shot === null) {
    const what = { zh: `等元素 ${spec.selector?.text}`, en: `waiting for the element ${spec.selector?.text}` };
    throw fault('screenshot-waiting', { url: shownOf(url), ms: spec.timeout, doing: what }, { at });
  }
  if (shot.bytes.length > MOST_IMAGE_BYTES) {
    const megabytes = Math.ceil(shot.bytes.length / 1024 / 1024);
    throw fault('screenshot-large', { megabytes }, { at });
  }
  const title = await page.ask('document.title');
  return { shot, title: title.is === 'value' ? String(title.value).slice(0, 200) : '', url: page.url() };
};

const lateFault = (spec: Spec, url: string, { page, isOpened, step, doing }: Attempt): LarkcronError => {
  const { at, timeout: ms } = spec;
  if (step !== null && page !== null) {
    const { zh, en } = doing();
    const where = shownOf(page.url());
    const why = {
      zh: `过了 ${ms / 1_000} 秒还在${zh},在 ${where}`,
      en: `after ${ms / 1_000} s still ${en}, on ${where}`,
    };
    return fault('screenshot-step', { number: step.number, step: step.step, why }, { at: step.at });
  }
  if (isOpened && page !== null && isElsewhere(url, page.url(), false))
    return fault('screenshot-elsewhere', { url: shownOf(url), to: shownOf(page.url()) }, { at });
  return fault('screenshot-waiting', { url: shownOf(url), ms, doing: doing() }, { at });
};

/** `proxy-server` of Chrome takes no user and password: those are given when it asks. */
const proxyFlag = (proxy: string | null): string => {
  if (proxy === null) return '--no-proxy-server';
  const { protocol, host } = new URL(proxy);
  return `--proxy-server=${protocol}//${host}`;
};

/** What the page is asked to speak: the job's language, else the other one. */
const LANGUAGES = { zh: 'zh-CN,zh,en', en: 'en-US,en,zh-CN' } as const;

/** When the time is up, or nobody wants it any more, every call to the browser fails with the reason. */
const withinTime = async <T>(
  { timeout }: { readonly timeout: Ms },
  { signal }: SourceContext,
  browser: RunningBrowser,
  reasons: { readonly late: () => LarkcronError; readonly interrupted: () => LarkcronError },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const stopped = new AbortController();
  const stop = (why: LarkcronError): void => {
    stopped.abort(why);
    browser.fail(why);
  };
  const timer = setTimeout(() => stop(reasons.late()), timeout);
  const interrupt = (): void => stop(reasons.interrupted());
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  try {
    return await work(stopped.signal);
  } catch (error) {
    throw stopped.signal.aborted ? stopped.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
    await browser.close();
  }
};

/** `screenshot`: a page as a picture, with one row about it. */
export const fetchScreenshot: Fetch<'screenshot'> = async (spec, context): Promise<Dataset> => {
  const { at } = spec;
  const program = findBrowser(context.env);
  if (program === null) throw fault('screenshot-no-browser', undefined, { at });
  const credentials = credentialsOf(spec, context);
  const { url } = credentials;
  if (context.onlyPublic) throw fault('screenshot-private', { url: shownOf(url) }, { at, status: 2 });
  const attempt: Attempt = {
    page: null,
    isOpened: false,
    step: null,
    doing: () => ({ zh: '等浏览器启动', en: 'waiting for the browser to start' }),
  };
  const languages = LANGUAGES[context.job.lang];
  const flags = [proxyFlag(context.proxyFor(url)), `--accept-lang=${languages}`];
  const browser = startBrowser(program, { flags, env: context.env });
  const reasons = {
    late: () => lateFault(spec, url, attempt),
    interrupted: () => failure(sourceWords, 'interrupted', { what: shownOf(url) }),
  };
  try {
    const taken = await withinTime(spec, context, browser, reasons, (signal) =>
      take(spec, credentials, { browser, context: { ...context, signal }, attempt }),
    );
    const { bytes, format, width, height, cut, hidden } = taken.shot;
    const row = {
      url: shownOf(taken.url),
      title: taken.title,
      width,
      height,
      bytes: bytes.length,
      format,
      cut,
      hidden,
      hash: digest([bytes.toString('base64')], 16),
    };
    return { ...datasetOf([row]), picture: bytes };
  } catch (error) {
    if (error instanceof LarkcronError) throw error;
    const why = sayer(credentials.secrets)((error as Error).message);
    throw fault('screenshot-browser', { browser: program, why }, { at });
  }
};
