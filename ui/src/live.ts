import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** The beginnings of what never changes by what happens, or asks sources or Feishu anew: only who opens it asks. */
const STILL = new Set(['preview', 'people', 'session', 'draw']);
/** Many changes in a moment are one look. */
const TOGETHER = 300;

export type Line = 'live' | 'broken';

/** Hears of changes by server-sent events; what is on the page is then asked for anew. Says how the line is. */
export const useLive = (enabled: boolean): Line => {
  const client = useQueryClient();
  const [line, setLine] = useState<Line>('live');
  useEffect(() => {
    if (!enabled) return;
    let waiting: ReturnType<typeof setTimeout> | null = null;
    const events = new EventSource('/api/events');
    const look = (): void => {
      waiting ??= setTimeout(() => {
        waiting = null;
        void client.invalidateQueries({ predicate: ({ queryKey }) => !STILL.has(String(queryKey[0])) });
      }, TOGETHER);
    };
    // after a break something may have happened unheard
    events.addEventListener('hello', () => {
      setLine('live');
      look();
    });
    events.addEventListener('change', look);
    events.onerror = () => setLine('broken');
    return () => {
      events.close();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [client, enabled]);
  return line;
};
