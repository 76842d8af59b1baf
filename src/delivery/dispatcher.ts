import type { Clock } from '../base/clock.ts';
import type { Channel } from '../channel/channel.ts';
import type { Begun, Finished, Ledger } from '../ledger/ledger.ts';
import type { Report } from '../model/log-event.ts';
import { NO_ANSWER } from '../model/outcome.ts';
import type { Limits } from '../model/settings.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { createSettle } from './settle.ts';

/** Requests under way at once for one app. */
const IN_FLIGHT = 100;
/** … and of these for one recipient: a group that never answers must not take the slots of all others. */
const IN_FLIGHT_EACH = 10;
/** Tries that end within this are recorded together. */
const GATHER: Ms = 3;
/** An attempt this old may have been given up by others: it is not sent any more (core rule 2). */
const STALE: Ms = 5 * SECOND;

export interface DispatcherDeps {
  readonly ledger: Ledger;
  readonly channelOf: (app: string) => Channel | null;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly report: Report;
}

/** Takes deliveries that are due and leaves them delivered, rejected, unknown or waiting. It never renders anything. */
export const createDispatcher = ({ ledger, channelOf, limits, clock, report }: DispatcherDeps) => {
  const send = async (begun: Begun, channel: Channel): Promise<Finished> => {
    const started = clock.monotonic();
    if (begun.waitMs > 0) await clock.sleep(begun.waitMs);
    const { target, uuid, renews, repliesTo } = begun.delivery;
    // asked again when the socket is ready: a process that slept through its attempt must not send it late
    let lateBy: Ms = 0;
    const guard = (): boolean => {
      const age = clock.now() - begun.begunAt;
      lateBy = Math.max(0, age - begun.waitMs);
      return clock.monotonic() - started < STALE && Math.abs(age) < STALE;
    };
    // not given up when the program is asked to stop: an answer that is waited for is worth more than an unsure message
    const outcome = await channel.send({ target, content: begun.content, uuid, renews, repliesTo, guard });
    report({
      event: 'delivery.tried',
      delivery: begun.delivery,
      outcome,
      tookMs: Math.round(clock.monotonic() - started),
    });
    // by the monotonic clock, back from Feishu's time now to when this try began
    const now = channel.now();
    const begunAtFeishu =
      now === null ? begun.begunAtFeishu : Math.max(0, Math.floor(now - (clock.monotonic() - started) - SECOND));
    return { begun, outcome, begunAtFeishu, lateBy };
  };

  /** Until a try ends or others are due: one that hangs holds up nobody. What else may have come is looked at each second. */
  const oneEnds = async (underWay: ReadonlySet<Promise<void>>, dueAt: Ms | null): Promise<void> => {
    const awake = new AbortController();
    const nap = Math.min(dueAt === null ? SECOND : Math.max(dueAt - clock.now(), 1), SECOND);
    await Promise.race([...underWay, clock.sleep(nap, awake.signal)]);
    awake.abort('over');
  };

  /** Of an app that is no longer in the settings: nothing is sent, nobody is asked, and its messages end in their time. */
  const gone: Channel = {
    kind: 'gone',
    now: () => clock.now(),
    askTime: async () => {},
    send: async () => ({ ...NO_ANSWER, is: 'unsent' }),
  };

  const settle = createSettle({ ledger, limits, clock, report });

  return {
    /**
     * Sends what may be sent now for one app, and answers when to look again (null: nothing is open). With `runs` only
     * theirs; `runs` may grow meanwhile. Finished tries are recorded in groups, as they come, and then `onFinished` is
     * called: others need not wait until nothing is under way.
     */
    drainApp: async (
      app: string,
      {
        runs,
        signal,
        onFinished,
      }: { runs: readonly string[] | null; signal?: AbortSignal; onFinished?: () => Promise<void> },
    ): Promise<Ms | null> => {
      const channel = channelOf(app) ?? gone;
      const underWay = new Set<Promise<void>>();
      const each = new Map<string, number>();
      const busy = new Set<string>();
      /** one more under way to this recipient, or one less */
      const count = ({ target }: Begun['delivery'], by: 1 | -1): void => {
        const key = `${target.idType}:${target.id}`;
        const now = (each.get(key) ?? 0) + by;
        if (now > 0) each.set(key, now);
        else each.delete(key);
        if (now >= IN_FLIGHT_EACH) busy.add(key);
        else busy.delete(key);
      };
      let finished: Finished[] = [];
      let blind = false;
      const mine = channel.limits ?? limits;
      await settle.lookAfter(app, channel, signal);
      // many take as long as the quota of that says: messages are sent meanwhile
      let broken: { readonly error: unknown } | null = null;
      const takingBack: Promise<void> = (channel === gone ? Promise.resolve() : settle.takeBack(app, channel, signal))
        .catch((error: unknown) => {
          broken = { error };
        })
        .finally(() => underWay.delete(takingBack));
      underWay.add(takingBack);
      for (;;) {
        const done = finished;
        finished = [];
        const room = signal?.aborted ? 0 : IN_FLIGHT - underWay.size;
        const ask = {
          app,
          limit: channel === gone ? 0 : room,
          limits: mine,
          feishuNow: channel.now(),
          blind,
          runs,
          busy,
          finished: done,
        };
        const next = room > 0 ? await ledger.deliveries.begin(ask) : null;
        if (room === 0) await ledger.deliveries.finish(done, mine, channel.now());
        if (broken !== null) throw (broken as { readonly error: unknown }).error;
        if (done.length > 0) await onFinished?.();
        for (const begun of next?.begun ?? []) {
          count(begun.delivery, 1);
          const one: Promise<void> = send(begun, channel).then((result) => {
            count(begun.delivery, -1);
            finished.push(result);
            underWay.delete(one);
          });
          underWay.add(one);
        }
        if (done.some(({ begun, outcome }) => begun.delivery.urgent !== null && outcome.is === 'delivered')) {
          const called: Promise<void> = settle
            .afterArrival(app, channel, signal)
            .finally(() => underWay.delete(called));
          underWay.add(called);
        }
        // tries that ended while the ledger was asked are recorded before anything else
        if (underWay.size === 0 && finished.length > 0) continue;
        if (underWay.size === 0) {
          if (next?.needsFeishuTime === true) {
            await channel.askTime();
            if (channel.now() !== null) {
              await settle.lookAfter(app, channel, signal);
              continue;
            }
            if (!blind) {
              blind = true; // Feishu cannot be reached: the tries will say so, and nothing unsure is repeated
              continue;
            }
            return clock.now() + 10 * SECOND;
          }
          await settle.afterArrival(app, channel, signal);
          return next?.nextAt ?? null;
        }
        await oneEnds(underWay, room > 0 ? (next?.nextAt ?? null) : null);
        // a commit costs an fsync: those that end within a moment share one
        if (underWay.size > 0) await clock.sleep(GATHER);
      }
    },
  };
};
