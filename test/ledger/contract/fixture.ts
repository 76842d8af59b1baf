import type { TestContext } from 'node:test';
import type { ProcessRole } from '../../../src/ledger/browse.ts';
import type { Ledger, NewDelivery, NewRun } from '../../../src/ledger/ledger.ts';
import { NO_ANSWER, type Outcome } from '../../../src/model/outcome.ts';
import { dueKey } from '../../../src/model/run.ts';
import { DEFAULT_LIMITS } from '../../../src/model/settings.ts';
import { MINUTE } from '../../../src/model/time.ts';

/** A hand-turned clock: time is an argument. */
export interface TestTime {
  now: number;
}

export const START = Date.UTC(2026, 10, 22, 10, 0, 0);

export type OpenLedger = (time: TestTime) => { open(as?: { node: string; role: ProcessRole }): Ledger };

export const newRun = (more: Partial<NewRun> = {}): NewRun => ({
  kind: 'job',
  job: 'sales',
  onceKey: dueKey(START),
  dueAt: START,
  notBefore: START,
  trigger: 'schedule',
  ownAudience: true,
  deliverUntil: START + 30 * MINUTE,
  priority: 2,
  ...more,
});

export const newDelivery = (recipient: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  recipient,
  target: { idType: 'open_id', id: recipient },
  app: 'default',
  part: 1,
  kind: 'card',
  uuid: `uuid-${recipient}`,
  deliverUntil: START + 30 * MINUTE,
  maxTries: 3,
  content: { msgType: 'interactive', body: '{}' },
  ...more,
});

export const delivered = (messageId: string): Outcome => ({
  ...NO_ANSWER,
  http: 200,
  code: 0,
  is: 'delivered',
  messageId,
  chatId: null,
});
export const refused = (fault: 'app' | 'recipient' | 'message', code: number): Outcome => ({
  ...NO_ANSWER,
  http: 400,
  code,
  is: 'rejected',
  fault,
});

export const finish = (ledger: Ledger, results: Parameters<Ledger['deliveries']['finish']>[0]) =>
  ledger.deliveries.finish(results, DEFAULT_LIMITS);

export const beginAll = (ledger: Ledger, { feishuNow = null }: { feishuNow?: number | null } = {}) =>
  ledger.deliveries.begin({ app: 'default', limit: 50, limits: DEFAULT_LIMITS, feishuNow, blind: true, runs: null });

export const planned = async (ledger: Ledger, recipients: readonly string[], run = newRun()): Promise<string> => {
  const { run: opened } = await ledger.runs.open(run);
  await ledger.runs.claim({ ids: [opened.id] });
  await ledger.runs.addDeliveries(
    opened.id,
    recipients.map((recipient) =>
      newDelivery(recipient, { uuid: `${opened.id} ${recipient}`, deliverUntil: run.deliverUntil }),
    ),
  );
  await ledger.runs.toDelivering(opened.id);
  return opened.id;
};

/** A ledger and its clock, closed with the test. */
export const setUp = (t: TestContext, openLedger: OpenLedger) => {
  const time: TestTime = { now: START };
  const ledger = openLedger(time).open();
  t.after(() => ledger.close());
  return { time, ledger };
};

/** Up to where the due times of the job `sales` are decided, of a schedule with this fingerprint. */
export const cursorOf = async (ledger: Ledger, fingerprint: string): Promise<number> =>
  (await ledger.runs.cursors([{ job: 'sales', fingerprint }]))[0] ?? Number.NaN;
