// Opens the ledger named first and writes one run into it: what a short process does.
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';

const [file = '', name = ''] = process.argv.slice(2);
const ledger = openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' });
await ledger.runs.open({
  kind: 'job',
  job: name,
  onceKey: 'once',
  dueAt: null,
  notBefore: 0,
  trigger: 'manual',
  ownAudience: false,
  deliverUntil: 0,
  priority: 2,
});
await ledger.close();
