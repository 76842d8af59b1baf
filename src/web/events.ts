import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { App } from '../app.ts';
import type { Clock } from '../base/clock.ts';
import { failure } from '../model/errors.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { utc } from '../report/run-json.ts';
import { appOf, type Office } from './bind.ts';
import type { change } from './schemas/acts.ts';
import type { z } from './schemas/zod.ts';
import { mayAsk } from './who.ts';
import { webWords } from './words.ts';

type Change = z.input<typeof change>;

/** How often the ledger is looked at while somebody listens. */
const LOOK: Ms = 250;
/** Proxies close what is silent for long; and a session that is over must not go on listening. */
const SIGN_OF_LIFE: Ms = 25 * SECOND;
/** Somebody who was told is not told again sooner: while a thousand messages go out, a page looks once a second. */
const APART: Ms = SECOND;
/** Each is a connection that stays. */
const MOST_LISTENERS = 50;

/** Who listens for changes, each with what has happened since it was last told. */
export const createListeners = (office: Pick<Office, 'app' | 'clock'>) => {
  const listeners = new Set<(settings: boolean) => void>();
  let looking = false;

  const tell = (settings: boolean): void => {
    for (const listener of listeners) listener(settings);
  };

  /** Looks at one ledger, until nobody listens or the settings were read again. */
  const lookAt = async (app: App, clock: Clock): Promise<void> => {
    const watch = app.ledger().watch();
    try {
      let seen = watch.version();
      while (listeners.size > 0 && office.app() === app) {
        await clock.sleep(LOOK);
        const version = watch.version();
        if (version !== seen) tell(false);
        seen = version;
      }
    } finally {
      watch.close();
    }
  };

  /** Goes on for as long as somebody listens; what cannot be looked at for now (it is busy, or was just closed) is later. */
  const look = async (clock: Clock): Promise<void> => {
    if (looking) return;
    looking = true;
    while (listeners.size > 0) {
      const app = office.app();
      if (app !== null) await lookAt(app, clock).catch(() => {});
      if (listeners.size > 0) await clock.sleep(LOOK);
    }
    looking = false;
  };

  return {
    /** the settings were read again */
    settingsChanged: () => tell(true),
    count: () => listeners.size,
    add: (listener: (settings: boolean) => void): (() => void) => {
      listeners.add(listener);
      void look(office.clock);
      return () => void listeners.delete(listener);
    },
  };
};

export type Listeners = ReturnType<typeof createListeners>;

/** `/api/events`. A listener that is slow is told once of all that changed meanwhile. */
export const bindEvents = (hono: Hono, office: Office, listeners: Listeners): void => {
  hono.get('/api/events', async (c: Context) => {
    appOf(office);
    const asks = async (): Promise<unknown> => mayAsk(await office.who(c), 'viewer', c);
    await asks();
    if (listeners.count() >= MOST_LISTENERS)
      throw failure(webWords, 'too-many-listeners', { most: MOST_LISTENERS }, { status: 1 });
    return streamSSE(c, async (stream) => {
      const over = new AbortController();
      let news: { settings: boolean } | null = null;
      let awake = new AbortController();
      const leave = listeners.add((settings) => {
        news = { settings: settings || (news?.settings ?? false) };
        awake.abort();
      });
      stream.onAbort(() => {
        leave();
        over.abort();
        awake.abort();
      });
      const send = async (event: 'hello' | 'change', settings: boolean): Promise<void> => {
        const data: Change = { at: utc(office.clock.now()), settings };
        await stream.writeSSE({ event, data: JSON.stringify(data) });
      };
      try {
        await send('hello', false);
        for (;;) {
          awake = new AbortController();
          if (news === null) await office.clock.sleep(SIGN_OF_LIFE, awake.signal);
          if (over.signal.aborted) break;
          // a token that was revoked is news, too: whoever came with it hears no more
          await asks();
          const heard = news as { settings: boolean } | null;
          news = null;
          if (heard === null) {
            await stream.write(': \n\n');
            continue;
          }
          await send('change', heard.settings);
          await office.clock.sleep(APART, over.signal);
        }
      } catch {
        // gone, or no longer allowed: the stream ends
      } finally {
        leave();
      }
    });
  });
};
