import type { Place } from '../../model/errors.ts';
import { own } from '../../model/own.ts';
import type { Text } from '../../model/text.ts';
import { both, fault, shownOf } from './fault.ts';
import type { Page } from './page.ts';
import { NET_WORDS } from './words.ts';

const netWords = (code: string): Text => {
  const words = own(NET_WORDS, code);
  return words === undefined ? both(code) : { zh: `${words.zh}(${code})`, en: `${words.en} (${code})` };
};

/** Trying again does not help; everything else may pass. */
const LASTING = /CERT|SSL|REDIRECT|ABORTED|INVALID|UNSAFE|BLOCKED|DISALLOWED|SCHEME/;

/** An address that a browser may open here. Throws `screenshot-url`: files and the like are refused. */
export const webAddress = (text: string, at: Place | null): string => {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  throw fault('screenshot-url', { url: shownOf(text).slice(0, 200) }, { at, status: 2 });
};

/** Throws `screenshot-status` for an answer that is none of those allowed. */
export const checkStatus = (
  page: Page,
  url: string,
  { at, allowed = [] }: { readonly at: Place | null; readonly allowed?: readonly number[] },
): void => {
  const status = page.status() ?? 200;
  if (status >= 400 && !allowed.includes(status))
    throw fault('screenshot-status', { url: shownOf(url), status }, { at });
};

/** Opens a page. Throws `screenshot-unreachable`, `screenshot-no-page`, `screenshot-status`. */
export const openAddress = async (
  page: Page,
  url: string,
  how: { readonly at: Place | null; readonly allowed?: readonly number[] },
): Promise<void> => {
  const why = await page.open(url);
  if (why !== null) {
    // an answer without a body that is an error: the browser has a page of its own for it
    if (page.status() !== null) checkStatus(page, url, how);
    const code = why.replace(/^net::/, '');
    const faultCode = LASTING.test(code) ? 'screenshot-no-page' : 'screenshot-unreachable';
    throw fault(faultCode, { url: shownOf(url), why: netWords(code) }, how);
  }
  checkStatus(page, url, how);
};
