/** One node: settles deliveries whose requests are answered at once, until there are none. KIND, PLACE, moment to begin. */
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import type { Channel } from '../../src/channel/channel.ts';
import { createDispatcher } from '../../src/delivery/dispatcher.ts';
import { NO_ANSWER } from '../../src/model/outcome.ts';
import { openFor } from './open.ts';

const [kind = '', place = '', begin = '0'] = process.argv.slice(2);
const ledger = openFor(kind, place);
let sent = 0;
const channel: Channel = {
  kind: 'bench',
  now: () => Date.now(),
  askTime: async () => {},
  send: async () => ({
    ...NO_ANSWER,
    http: 200,
    code: 0,
    is: 'delivered',
    messageId: `om_${process.pid}_${sent++}`,
    chatId: null,
  }),
};
// limits off: Feishu's own are not what is measured
const limits = { perSecond: 1e6, perMinute: 1e6, perTarget: 1e6 };
const dispatcher = createDispatcher({ ledger, channelOf: () => channel, limits, clock: systemClock, report: () => {} });
await ledger.processes.beat();
await pause(Number(begin) - Date.now());
for (let empty = 0; empty < 3; ) {
  const before = sent;
  await dispatcher.drainApp('default', { runs: null });
  empty = sent === before ? empty + 1 : 0;
  if (sent === before) await pause(50);
}
process.send?.({ sent });
await ledger.close();
process.disconnect?.();
