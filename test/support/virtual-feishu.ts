import type { Clock } from '../../src/base/clock.ts';
import type { Channel } from '../../src/channel/channel.ts';
import { NO_ANSWER, type Verdict } from '../../src/model/outcome.ts';
import { type Ms, SECOND } from '../../src/model/time.ts';
import { APP_RULES, CHAT_RULES, createWindows } from '../../src/sandbox/limits.ts';

/** What this request is answered instead, `n` being how many came for this target before; null: the usual. */
export type Mood = (request: { target: string; n: number; all: number }) => (Verdict & { readonly late?: Ms }) | null;

/** Feishu's limits in virtual time: true sliding windows at arrival, behind a network whose delay varies. */
export const createVirtualFeishu = (clock: Clock, { delay, mood = () => null }: { delay: () => Ms; mood?: Mood }) => {
  const windows = createWindows();
  const arrived: { target: string; at: Ms }[] = [];
  const requests: { target: string; leftAt: Ms; answeredAt: Ms | null }[] = [];
  const seen = new Map<string, string>();
  /** what was asked to be taken back, as often as it was */
  const recalled: string[] = [];
  let refusedForApp = 0;
  let refusedForTarget = 0;
  const feishuNow = (): Ms => 1_795_000_000_000 + clock.monotonic();
  const channel = (): Channel => ({
    kind: 'virtual',
    now: feishuNow,
    askTime: async () => {},
    send: async ({ target, uuid, guard }) => {
      if (!guard()) return { ...NO_ANSWER, is: 'unsent' };
      const request: (typeof requests)[number] = { target: target.id, leftAt: clock.monotonic(), answeredAt: null };
      const n = requests.filter((each) => each.target === target.id).length;
      const spoilt = mood({ target: target.id, n, all: requests.length });
      requests.push(request);
      if (spoilt !== null) {
        const { late = delay(), ...verdict } = spoilt;
        await clock.sleep(late);
        request.answeredAt = clock.monotonic();
        return { ...NO_ANSWER, http: 400, code: 1, feishuDate: feishuNow(), ...verdict };
      }
      await clock.sleep(delay());
      const at = clock.monotonic();
      const answer = { ...NO_ANSWER, http: 200, code: 0, feishuDate: feishuNow() };
      const known = seen.get(uuid);
      const wait = windows.take('app', at, APP_RULES);
      if (wait > 0) {
        refusedForApp++;
        await clock.sleep(delay());
        return {
          ...answer,
          http: 429,
          code: 99991400,
          is: 'retry',
          after: Math.ceil(wait / SECOND) * SECOND,
          pace: 'app',
        };
      }
      if (windows.take(target.id, at, CHAT_RULES) > 0) {
        refusedForTarget++;
        await clock.sleep(delay());
        return { ...answer, http: 400, code: 230020, is: 'retry', after: SECOND, pace: 'target' };
      }
      const messageId = known ?? `om_${seen.size}`;
      if (known === undefined) arrived.push({ target: target.id, at });
      seen.set(uuid, messageId);
      await clock.sleep(delay());
      return { ...answer, is: 'delivered', messageId, chatId: null };
    },
    recall: async (messageId) => {
      recalled.push(messageId);
      await clock.sleep(delay());
      return { ...NO_ANSWER, http: 200, code: 0, feishuDate: feishuNow(), is: 'delivered', messageId, chatId: null };
    },
  });
  return {
    channel,
    arrived: () => arrived,
    requests: () => requests,
    recalled: () => recalled,
    refused: () => ({ app: refusedForApp, target: refusedForTarget }),
  };
};
