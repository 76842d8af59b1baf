import { systemClock } from './base/clock.ts';
import { openPostgres } from './ledger/postgres/database.ts';
import { openPostgresLedger } from './ledger/postgres/postgres-ledger.ts';
import { type Copied, copyRows } from './ledger/sql/copying.ts';
import type { Database } from './ledger/sql/database.ts';
import { openDatabase } from './ledger/sqlite/database.ts';
import { openSqliteLedger } from './ledger/sqlite/sqlite-ledger.ts';
import { ledgerWords } from './ledger/words.ts';
import { failure } from './model/errors.ts';
import type { LedgerPlace } from './model/settings.ts';
import { type Ms, SECOND } from './model/time.ts';
import { VERSION } from './version.ts';

const PATIENCE: Ms = 30 * SECOND;
const opener = { now: systemClock.now, monotonic: systemClock.monotonic, version: VERSION };

const opened = (place: LedgerPlace): { readonly db: Database; readonly close: () => Promise<void> } => {
  if (place.is === 'sqlite') {
    const db = openDatabase(place.file);
    return { db, close: async () => db.close() };
  }
  const db = openPostgres({ ...place, patience: PATIENCE });
  return { db, close: db.close };
};

const refuseInUse = async (place: LedgerPlace): Promise<void> => {
  const ledger =
    place.is === 'sqlite'
      ? openSqliteLedger(place.file, opener)
      : openPostgresLedger({ ...place, patience: PATIENCE }, opener);
  try {
    if (await ledger.processes.hasDaemon()) throw failure(ledgerWords, 'copy-in-use', undefined, { status: 2 });
  } finally {
    await ledger.close();
  }
};

/** Moves a ledger's rows into another, which may be of another kind. Throws as copyRows, `copy-same`, `copy-in-use`. */
export const copyLedgerRows = async (
  from: LedgerPlace,
  to: LedgerPlace,
  how: { readonly onTable: (table: string) => void },
): Promise<readonly Copied[]> => {
  if (JSON.stringify(from) === JSON.stringify(to)) throw failure(ledgerWords, 'copy-same', undefined, { status: 2 });
  await refuseInUse(from);
  const [source, target] = [opened(from), opened(to)];
  try {
    return await copyRows(source.db, target.db, how);
  } finally {
    await source.close();
    await target.close();
  }
};
