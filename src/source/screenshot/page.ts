import { type DevTools, type Fields, REFUSED } from '../../browser/devtools.ts';
import type { Ms } from '../../model/time.ts';
import { trackRequests } from './requests.ts';

/** What a script in the page answered. `lost`: the page went away meanwhile, and may be asked again. */
export type Answer =
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'thrown'; readonly why: string }
  | { readonly is: 'lost' };

/** One page of the browser, as a person would use it. */
export interface Page {
  call(method: string, params?: Fields): Promise<Fields>;
  listen(hear: (method: string, params: Fields) => void): void;
  /** what stands in the address bar */
  readonly url: () => string;
  /** of the document that is shown; null: it has not answered yet */
  readonly status: () => number | null;
  /** since when no request is under way; null: some are */
  readonly quietSince: () => Ms | null;
  /** addresses that are being waited for */
  readonly busyWith: () => readonly string[];
  /** null, or why there is no page, as Chrome calls it (`net::ERR_…`) */
  open(url: string): Promise<string | null>;
  ask(expression: string): Promise<Answer>;
}

interface Frame {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
  readonly urlFragment?: string;
}

/** A dialog would hold the page up for ever. Questions are answered with no, but leaving a page is allowed. */
const answered = (type: unknown): boolean => type === 'alert' || type === 'beforeunload';

const FOLLOWED = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };

const LOST = /context|navigated|closed|collected|detached|target/i;

/** Opens an empty page. New windows that it opens are closed, dialogs answered, downloads refused. */
export const openPage = async (devtools: DevTools, now: () => Ms): Promise<Page> => {
  const { targetId } = await devtools.call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.call('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  const call = (method: string, params: Fields = {}) => devtools.call(method, params, session);
  const ignore = () => {};
  const requests = trackRequests(now);
  let mainFrame = String(targetId);
  let url = 'about:blank';
  let status: number | null = null;

  /** A frame of another site is a page of its own, which is held until it is listened to: what it asks for counts as well. */
  const follow = async (other: string, isFrame: boolean): Promise<void> => {
    const begun = [
      ...(isFrame
        ? [devtools.call('Network.enable', {}, other), devtools.call('Target.setAutoAttach', FOLLOWED, other)]
        : []),
      devtools.call('Runtime.runIfWaitingForDebugger', {}, other),
    ];
    await Promise.allSettled(begun);
  };
  devtools.listen(({ method, params, session: from }) => {
    requests.hear(method, params, from ?? '', mainFrame);
    switch (method) {
      case 'Target.targetCreated': {
        const { targetId: id, type, openerId } = params['targetInfo'] as Readonly<Record<string, string>>;
        if (type === 'page' && openerId !== undefined && openerId !== '')
          devtools.call('Target.closeTarget', { targetId: id }).catch(ignore);
        return;
      }
      case 'Target.attachedToTarget':
        follow(String(params['sessionId']), (params['targetInfo'] as { type?: string }).type === 'iframe').catch(
          ignore,
        );
        return;
    }
    if (from !== session) return;
    switch (method) {
      case 'Page.javascriptDialogOpening':
        call('Page.handleJavaScriptDialog', { accept: answered(params['type']) }).catch(ignore);
        return;
      case 'Page.frameNavigated': {
        const frame = params['frame'] as Frame;
        if (frame.parentId !== undefined) return;
        mainFrame = frame.id;
        url = frame.url + (frame.urlFragment ?? '');
        return;
      }
      case 'Page.navigatedWithinDocument':
        if (params['frameId'] === mainFrame) url = String(params['url']);
        return;
      case 'Network.responseReceived':
        if (params['type'] === 'Document' && params['frameId'] === mainFrame)
          status = (params['response'] as { status: number }).status;
        return;
      case 'Inspector.targetCrashed':
        devtools.fail(new Error('the page crashed'));
        return;
    }
  });
  await devtools.call('Target.setDiscoverTargets', { discover: true });
  await devtools.call('Browser.setDownloadBehavior', { behavior: 'deny' });
  await call('Page.enable');
  await call('Network.enable');
  // a service worker would answer in the page's place, without its headers
  await call('Network.setBypassServiceWorker', { bypass: true });
  await call('Target.setAutoAttach', FOLLOWED);
  // pages rest while nobody looks at them
  await call('Emulation.setFocusEmulationEnabled', { enabled: true });

  return {
    call,
    listen: (hear) =>
      devtools.listen(({ method, params, session: from }) => {
        if (from === session) hear(method, params);
      }),
    url: () => url,
    status: () => status,
    quietSince: requests.quietSince,
    busyWith: requests.busyWith,
    open: async (to) => {
      status = null;
      const { errorText } = await call('Page.navigate', { url: to });
      return errorText === undefined || errorText === '' ? null : String(errorText);
    },
    ask: async (expression) => {
      let answer: Fields;
      try {
        answer = await call('Runtime.evaluate', {
          expression,
          awaitPromise: true,
          returnByValue: true,
          userGesture: true,
        });
      } catch (error) {
        if ((error as Error).name === REFUSED && LOST.test((error as Error).message)) return { is: 'lost' };
        throw error;
      }
      const thrown = answer['exceptionDetails'] as { text: string; exception?: { description?: string } } | undefined;
      if (thrown === undefined) return { is: 'value', value: (answer['result'] as { value?: unknown }).value };
      return { is: 'thrown', why: thrown.exception?.description?.split('\n')[0] ?? thrown.text };
    },
  };
};
