import { DELIVERY_STEPS, type DeliveryState } from '../../src/model/delivery.ts';
import { NO_ANSWER, type Outcome } from '../../src/model/outcome.ts';
import { afterLook, afterTry, mayRepeat } from '../../src/model/settle.ts';
import { HOUR, MINUTE, type Ms, SECOND } from '../../src/model/time.ts';

/** What happens next to the one delivery, its two processes and their clock. */
export type Happening =
  | { readonly do: 'begin' | 'kill' | 'look' | 'finish'; readonly process: 0 | 1 }
  | { readonly do: 'send'; readonly process: 0 | 1; readonly answer: 'delivered' | 'refused' | 'later' | 'lost' }
  | { readonly do: 'rescue' }
  | { readonly do: 'pass'; readonly ms: Ms }
  | { readonly do: 'set-clock'; readonly by: Ms };

/** The rules under test; the model is run with simpler ones too, to see that it notices. */
export interface Rules {
  readonly afterTry: typeof afterTry;
  /** the time that Feishu's hour is counted in */
  readonly time: (world: { real: Ms; wall: Ms }) => Ms;
  /** asked when the socket is ready */
  readonly guard: (age: Ms) => boolean;
}

export const RULES: Rules = { afterTry, time: ({ real }) => real, guard: (age) => age < 5 * SECOND };

interface Try {
  readonly uuid: number;
  readonly begunAt: Ms;
  readonly begun: Ms;
  sent: boolean;
  outcome: Outcome | null;
}

const START: Ms = Date.UTC(2026, 10, 24);

/** How many messages stand in the chat after all this: the real decisions, over a store that does as the ledger does. */
export const messagesAfter = (happenings: readonly Happening[], rules: Rules): number => {
  const world = { real: START, wall: START };
  const chat: { uuid: number; at: Ms }[] = [];
  const row = {
    state: 'queued' as DeliveryState,
    settled: false,
    owner: null as number | null,
    uuid: 1,
    tries: 0,
    maxTries: 1_000,
    remembers: true,
    firstUnsureAt: null as Ms | null,
    deliverUntil: Number.POSITIVE_INFINITY,
    begun: 0,
  };
  const processes: (Try | null)[] = [null, null];

  const step = (to: DeliveryState): void => {
    if (row.state !== to && !DELIVERY_STEPS[row.state].includes(to)) throw new Error(`${row.state} → ${to}`);
    row.state = to;
  };

  /** Feishu drops a uuid that it has sent within the last hour. */
  const arrive = (uuid: number): void => {
    if (!chat.some((message) => message.uuid === uuid && world.real - message.at < HOUR))
      chat.push({ uuid, at: world.real });
  };

  const begin = (process: 0 | 1): void => {
    if (processes[process] !== null || row.settled) return;
    const now = rules.time(world);
    const waiting = row.state === 'queued' || row.state === 'retrying';
    const repeatable = row.state === 'unknown' && mayRepeat(row.firstUnsureAt ?? 0, now);
    if (!waiting && !repeatable) return;
    step('sending');
    row.owner = process;
    row.tries++;
    row.begun = now;
    processes[process] = { uuid: row.uuid, begunAt: world.real, begun: now, sent: false, outcome: null };
  };

  const send = (process: 0 | 1, answer: Extract<Happening, { do: 'send' }>['answer']): void => {
    const attempt = processes[process];
    if (!attempt || attempt.sent) return;
    attempt.sent = true;
    if (!rules.guard(world.real - attempt.begunAt)) {
      attempt.outcome = { ...NO_ANSWER, is: 'unsent' };
      return;
    }
    switch (answer) {
      case 'delivered':
        arrive(attempt.uuid);
        attempt.outcome = { ...NO_ANSWER, is: 'delivered', messageId: 'om_1', chatId: null };
        return;
      case 'lost':
        arrive(attempt.uuid);
        attempt.outcome = { ...NO_ANSWER, is: 'unknown' };
        return;
      case 'refused':
        attempt.outcome = { ...NO_ANSWER, is: 'rejected', fault: 'recipient' };
        return;
      case 'later':
        attempt.outcome = { ...NO_ANSWER, is: 'retry', after: null, pace: null };
        return;
    }
  };

  const finish = (process: 0 | 1): void => {
    const attempt = processes[process];
    if (!attempt?.outcome) return;
    processes[process] = null;
    const patch = rules.afterTry(row, attempt.outcome, { now: world.wall, begunAtFeishu: attempt.begun, random: 0.5 });
    const ours = row.state === 'sending' && row.owner === process;
    if (!ours && !(patch.state === 'delivered' && row.state !== 'delivered')) return;
    step(patch.state ?? row.state);
    row.owner = null;
    if (patch.firstUnsureAt !== undefined) row.firstUnsureAt = patch.firstUnsureAt;
  };

  /** The other process takes its owner for dead: the try without an answer is unsure since it began. */
  const rescue = (): void => {
    if (row.state !== 'sending') return;
    step('unknown');
    row.owner = null;
    row.firstUnsureAt ??= row.begun;
  };

  const look = (process: 0 | 1): void => {
    const now = rules.time(world);
    if (processes[process] !== null || row.state !== 'unknown' || row.settled) return;
    if (mayRepeat(row.firstUnsureAt ?? 0, now)) return;
    const found = chat.length > 0;
    const patch = afterLook(row, found ? { is: 'found', messageId: 'om_1', chatId: null } : { is: 'absent' }, {
      now: world.wall,
      feishuNow: now,
    });
    step(patch.state ?? row.state);
    if (patch.firstUnsureAt !== undefined) row.firstUnsureAt = patch.firstUnsureAt;
    if (patch.again === true) row.uuid++;
  };

  for (const next of happenings) {
    switch (next.do) {
      case 'begin':
        begin(next.process);
        break;
      case 'send':
        send(next.process, next.answer);
        break;
      case 'finish':
        finish(next.process);
        break;
      case 'kill':
        processes[next.process] = null;
        break;
      case 'rescue':
        rescue();
        break;
      case 'look':
        look(next.process);
        break;
      case 'pass':
        world.real += next.ms;
        world.wall += next.ms;
        break;
      case 'set-clock':
        world.wall += next.by;
        break;
    }
  }
  return chat.length;
};

export const LONG: readonly Ms[] = [2 * SECOND, 6 * SECOND, 20 * MINUTE, 40 * MINUTE, HOUR];
