import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';

/** With less there is no room for the records of what is sent, and nothing is begun. */
const ROOM = 64 * 1024 * 1024;

/** File systems over a network, whose locks SQLite's WAL cannot rely on (statfs(2); sqlite.org/wal.html). */
const OVER_A_NETWORK: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
  1397113167: 'AFS',
  12805120: 'Ceph',
  198183888: 'Lustre',
};

/** What a file system says of itself; the same fields as `fs.statfsSync`. */
export interface FileSystem {
  readonly type: number;
  readonly bsize: number;
  readonly bavail: number;
}

const ofFile = (file: string): FileSystem => statfsSync(dirname(file));

/** Throws `ledger-on-network` where a ledger must not be. */
export const checkKind = (file: string, { type }: FileSystem = ofFile(file)): void => {
  const kind = OVER_A_NETWORK[type >>> 0];
  if (kind !== undefined) throw failure(ledgerWords, 'ledger-on-network', { file, kind });
};

/** Throws `ledger-disk-full`: what is there can be read, and nothing new is begun. */
export const checkRoom = (file: string, { bsize, bavail }: FileSystem = ofFile(file)): void => {
  const free = bsize * bavail;
  if (free < ROOM) throw failure(ledgerWords, 'ledger-disk-full', { file, free: Math.floor(free / 1024 / 1024) });
};
