import type { Fields } from '../../browser/devtools.ts';
import type { Ms } from '../../model/time.ts';

/** These stay open, or are of no concern to what is shown. */
const UNCOUNTED: readonly unknown[] = ['WebSocket', 'EventSource', 'Ping', 'CSPViolationReport', 'Preflight'];

interface Open {
  readonly url: string;
  readonly session: string;
  readonly frame: string;
  readonly loader: string;
}

/** Follows what a page, and the frames in it, have asked for and not yet got. */
export const trackRequests = (now: () => Ms) => {
  const open = new Map<string, Open>();
  let changed = now();
  const drop = (id: string): void => {
    if (open.delete(id)) changed = now();
  };
  const hear = (method: string, params: Fields, session: string, mainFrame: string): void => {
    // the frame that a page asks for becomes a page of its own and hears the end of it: ids are one for all of them
    const id = String(params['requestId']);
    switch (method) {
      case 'Network.requestWillBeSent': {
        const { url } = params['request'] as { url: string };
        if (UNCOUNTED.includes(params['type']) || !/^https?:/.test(url)) return;
        open.set(id, { url, session, frame: String(params['frameId']), loader: String(params['loaderId']) });
        changed = now();
        return;
      }
      case 'Network.loadingFinished':
      case 'Network.loadingFailed':
        drop(id);
        return;
      case 'Page.frameNavigated': {
        const { id: frame, loaderId } = params['frame'] as { id: string; loaderId: string };
        if (frame !== mainFrame) return;
        // what the page before had asked for is nobody's any more
        for (const [key, each] of open) if (each.frame === frame && each.loader !== loaderId) drop(key);
        changed = now();
        return;
      }
      case 'Target.detachedFromTarget':
        for (const [key, each] of open) if (each.session === params['sessionId']) drop(key);
        return;
    }
  };
  return {
    hear,
    quietSince: (): Ms | null => (open.size === 0 ? changed : null),
    busyWith: (): readonly string[] => [...new Set([...open.values()].map(({ url }) => url))],
  };
};
