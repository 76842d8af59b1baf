import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** The beginnings of what never changes by what happens, or asks sources or Feishu anew: only who opens it asks. */
const STILL = new Set(['preview', 'people', 'session', 'draw']);
/** Many changes in a moment are one look, and so many looks are enough where something changes all the time. */
const TOGETHER = 300;
const APART = 2_000;

export type Line = 'live' | 'broken';

/** Further pages of a list are history: who reads there is not moved about by what comes in front. */
const isRead = (data: unknown): boolean => ((data as { pages?: unknown[] } | undefined)?.pages?.length ?? 0) > 1;

/** Hears of changes by server-sent events; what is on the page is then asked for anew. Says how the line is. */
export const useLive = (): Line => {
  const client = useQueryClient();
  const [line, setLine] = useState<Line>('live');
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | null = null;
    let [looked, greeted] = [0, false];
    const events = new EventSource('/api/events');
    const look = (): void => {
      waiting ??= setTimeout(
        () => {
          waiting = null;
          looked = performance.now();
          void client.invalidateQueries({
            predicate: ({ queryKey, state }) => !STILL.has(String(queryKey[0])) && !isRead(state.data),
          });
        },
        Math.max(TOGETHER, looked + APART - performance.now()),
      );
    };
    events.addEventListener('hello', () => {
      setLine('live');
      // after a break something may have happened unheard
      if (greeted) look();
      greeted = true;
    });
    events.addEventListener('change', look);
    events.onerror = () => setLine('broken');
    return () => {
      events.close();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [client]);
  return line;
};
