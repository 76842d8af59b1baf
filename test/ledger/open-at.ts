import { setTimeout } from 'node:timers/promises';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';

/** A program of its own that opens a ledger at a moment it shares with others: FILE, milliseconds since 1970. */
const [file = '', at = ''] = process.argv.slice(2);
await setTimeout(Number(at) - Date.now());
const clock = { now: Date.now, monotonic: () => performance.now(), version: '0' };
await openSqliteLedger(file, clock).close();
