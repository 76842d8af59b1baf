import type { Clock } from '../base/clock.ts';
import type { Feishu } from '../feishu/client.ts';
import { understand } from '../feishu/codes.ts';
import type { Reply } from '../feishu/reply.ts';
import { type Ms, SECOND } from '../model/time.ts';

/** A person is waiting: after this often, or for longer than this, it is said instead. */
const AGAIN = 2;
const LONGEST: Ms = 30 * SECOND;

/** How long Feishu asks to wait; null: it does not ask for it, or for longer than anybody would. */
const toldToWait = (reply: Reply): Ms | null => {
  if (reply.is !== 'answer' || reply.code === 0) return null;
  const { code, http, msg, resetAfter } = reply;
  const busy = code === null ? http === 429 : understand({ code, http, msg }).class === 'retry';
  const wait = resetAfter ?? SECOND;
  return busy && wait <= LONGEST ? wait : null;
};

/** The same client, which waits as told and asks again, a couple of times; and stops when the program is interrupted. */
export const patient = (feishu: Feishu, clock: Clock, signal: AbortSignal): Feishu => {
  const patiently = async (ask: () => Promise<Reply>): Promise<Reply> => {
    let reply = await ask();
    for (let n = 0; n < AGAIN && !signal.aborted; n++) {
      const wait = toldToWait(reply);
      if (wait === null) break;
      await clock.sleep(wait, signal);
      reply = await ask();
    }
    return reply;
  };
  return {
    ...feishu,
    call: (call) => patiently(() => feishu.call(call, signal)),
    askToken: () => patiently(feishu.askToken),
  };
};
