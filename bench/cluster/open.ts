import { randomUUID } from 'node:crypto';
import type { ClaimedRun, Ledger, NewRun } from '../../src/ledger/ledger.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';

const opener = { now: Date.now, monotonic: () => performance.now(), version: '0' };

/** `sqlite` and a file, or `postgres` and an address with the schema behind `#`. */
export const openFor = (kind: string, place: string): Ledger => {
  if (kind === 'sqlite') return openSqliteLedger(place, opener);
  const [url = '', schema = 'larkcron'] = place.split('#');
  return openPostgresLedger({ url, schema, pool: 4, patience: 30_000 }, opener);
};

export const newRun = (job: string): NewRun => ({
  kind: 'job',
  job,
  onceKey: `due:${randomUUID()}`,
  dueAt: Date.now(),
  notBefore: Date.now(),
  trigger: 'schedule',
  ownAudience: true,
  deliverUntil: Date.now() + 3_600_000,
  priority: 2,
});

/** A run whose messages to these recipients wait to be sent: one that is claimed, or a new one of this name. Answers its id. */
export const openRun = async (
  ledger: Ledger,
  of: ClaimedRun | string,
  recipients: readonly string[],
): Promise<string> => {
  const deliverUntil = Date.now() + 3_600_000;
  let id = typeof of === 'string' ? '' : of.id;
  if (typeof of === 'string') {
    const { run } = await ledger.runs.open(newRun(of));
    await ledger.runs.claim({ ids: [run.id] });
    id = run.id;
  }
  const rest = recipients.map((recipient) => ({
    recipient,
    target: { idType: 'open_id' as const, id: recipient },
    app: 'default',
    part: 1,
    kind: 'text' as const,
    uuid: `${id.slice(0, 20)}-${recipient}`,
    deliverUntil,
    maxTries: 3,
    content: { msgType: 'text', body: JSON.stringify({ text: 'hello' }) },
  }));
  await ledger.runs.toDelivering(id, { rest });
  return id;
};
