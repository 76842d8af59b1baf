import type { Clock } from '../base/clock.ts';
import type { Channel } from '../channel/channel.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { APP_GONE, CANNOT_RECALL } from '../ledger/reasons.ts';
import { afterRecall, afterUrge } from '../model/after-arrival.ts';
import type { Report } from '../model/log-event.ts';
import type { Reason } from '../model/run.ts';
import type { Limits } from '../model/settings.ts';
import type { Look } from '../model/settle.ts';
import { type Text, verbatim } from '../model/text.ts';

export interface SettleDeps {
  readonly ledger: Ledger;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly report: Report;
}

const AT_ONCE = 10;

/** Feishu's last word comes first: what it means is looked up by its code. */
const fruitless = (why: string): Text => ({ zh: `${why}(试了一天)`, en: `${why} (tried for a day)` });

/** What is left after the tries of one app: looking for messages nobody knows the end of, and taking back recalled ones. */
export const createSettle = ({ ledger, limits, clock, report }: SettleDeps) => {
  /** Waits for a call's turn, which may be a minute away; false: whoever is told to stop does not wait for it. */
  const turn = async (app: string, api: string, signal?: AbortSignal): Promise<boolean> => {
    await clock.sleep(await ledger.apps.reserve(app, api, limits), signal);
    return signal?.aborted !== true;
  };

  const lookAfter = async (app: string, channel: Channel, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      const feishuNow = channel.now();
      if (feishuNow === null || signal?.aborted) return;
      const unsure = await ledger.deliveries.unsure({ app, limit: AT_ONCE, feishuNow });
      if (unsure.length === 0) return;
      await Promise.all(
        unsure.map(async (one) => {
          const { delivery } = one;
          let look: Look = { is: 'cannot-tell' };
          if (delivery.renews !== null) {
            // the same card once more makes no second message
            look = clock.now() < delivery.deliverUntil ? { is: 'absent' } : look;
          } else if (channel.find !== undefined) {
            // held for a while yet, then it is somebody else's to look for
            if (!(await turn(app, 'history', signal))) return;
            look = await channel.find({ ...one, uuid: delivery.uuid }, signal);
            // a chat's history does not show all that was said in its threads (im-v1/message/list)
            if (look.is === 'absent' && delivery.repliesTo !== null) look = { is: 'cannot-tell' };
          }
          await ledger.deliveries.settle(delivery.id, look, feishuNow);
          report({ event: 'delivery.looked-for', delivery, found: look.is });
        }),
      );
    }
  };

  const takeBack = async (app: string, channel: Channel, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      const messages = signal?.aborted ? [] : await ledger.deliveries.toRecall({ app, limit: AT_ONCE });
      if (messages.length === 0) return;
      let later = false;
      await Promise.all(
        messages.map(async (delivery) => {
          const refuse = async (refused: Reason, why: string): Promise<void> => {
            await ledger.deliveries.recalled(delivery.id, refused);
            report({ event: 'delivery.recalled', delivery, refused: why });
          };
          if (channel.recall === undefined || delivery.messageId === null) {
            const why = channel.kind === 'gone' && delivery.messageId !== null ? APP_GONE : CANNOT_RECALL;
            return refuse(why, why.code);
          }
          if (!(await turn(app, 'recall', signal))) return;
          const outcome = await channel.recall(delivery.messageId, signal);
          const next = afterRecall(delivery, outcome, { now: clock.now(), random: Math.random() });
          const said = [outcome.code, outcome.msg ?? (outcome.http === null ? null : `HTTP ${outcome.http}`)];
          const why = said.filter((each) => each !== null).join(' ');
          switch (next.is) {
            case 'later':
              later = true;
              return ledger.deliveries.recallLater(delivery.id, next);
            case 'taken-back':
              await ledger.deliveries.recalled(delivery.id, null);
              return report({ event: 'delivery.recalled', delivery, refused: null });
            case 'refused':
              return refuse({ code: 'recall-refused', message: verbatim(why) }, why);
            case 'given-up':
              return refuse({ code: 'recall-refused', message: fruitless(why) }, why);
          }
        }),
      );
      // messages wait to be sent meanwhile: the others are asked for in the next round
      if (later) return;
    }
  };

  const tellAtOnce = async (app: string, channel: Channel, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      const arrived = signal?.aborted ? [] : await ledger.deliveries.toUrge({ app, limit: AT_ONCE });
      if (arrived.length === 0) return;
      await Promise.all(
        arrived.map(async (delivery) => {
          const { messageId, urgent: by, target: person } = delivery;
          if (channel.urge === undefined || messageId === null || by === null) {
            await ledger.deliveries.urged(delivery.id, { state: 'refused', code: null });
            return;
          }
          await turn(app, `urgent_${by}`);
          const outcome = await channel.urge({ messageId, by, person }, signal);
          const next = afterUrge(delivery, outcome, { now: clock.now(), random: Math.random() });
          if (next.state === 'again') await ledger.deliveries.urgeLater(delivery.id, next);
          else await ledger.deliveries.urged(delivery.id, next);
          report({ event: 'delivery.urged', delivery, state: next.state, outcome });
        }),
      );
    }
  };

  const follow = async (app: string, channel: Channel, signal?: AbortSignal): Promise<void> => {
    const batches = signal?.aborted ? [] : await ledger.deliveries.toFollow({ app, limit: AT_ONCE });
    for (const { id, messageId } of batches) {
      if (channel.progress === undefined || messageId === null) continue;
      await turn(app, 'batch-progress');
      const progress = await channel.progress(messageId, signal);
      if (progress !== null) await ledger.deliveries.followed(id, progress);
    }
  };

  return {
    lookAfter,
    takeBack,
    /** what is left to do for messages that have arrived */
    afterArrival: async (app: string, channel: Channel, signal?: AbortSignal): Promise<void> => {
      // nobody is there to take them back: that is said, and not waited for
      if (channel.kind === 'gone') await takeBack(app, channel, signal);
      await tellAtOnce(app, channel, signal);
      await follow(app, channel, signal);
    },
  };
};
