import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { digest } from '../../base/ids.ts';
import { failure } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';
import { copyLedger } from './copy.ts';

/** Numbered files beside this one, in order; a landed one never changes. */
const MIGRATIONS: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map(
  (n) => `${String(n).padStart(3, '0')}.sql`,
);

const textOf = (name: string): string => readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8');

const versionOf = (db: DatabaseSync): number =>
  (db.prepare('pragma user_version').get() as { user_version: number }).user_version;

/**
 * What a program of today changes, one of yesterday cannot read any more: the file as it was, only the latest of them.
 * Called under the lock, so that one program at a time does it; hence over a connection of its own.
 */
const copyBefore = (file: string, next: number): void => {
  const folder = dirname(file);
  for (const name of readdirSync(folder))
    if (name.startsWith(`${basename(file)}.before-`)) rmSync(join(folder, name), { force: true });
  const reader = new DatabaseSync(file, { readOnly: true });
  try {
    copyLedger(reader, `${file}.before-${next}`);
  } finally {
    reader.close();
  }
};

/** Brings the file to this program's schema and answers its number. A newer file is refused, never touched. */
export const migrate = (db: DatabaseSync, file: string): number => {
  const knows = MIGRATIONS.length;
  const refuseNewer = (has: number): void => {
    if (has > knows) throw failure(ledgerWords, 'ledger-newer', { file, has, knows });
  };
  const has = versionOf(db);
  refuseNewer(has);
  if (has === knows) return knows;
  db.exec('begin immediate');
  try {
    // read again under the lock: of several first opens one migrates, the others find it done
    const now = versionOf(db);
    refuseNewer(now);
    if (now > 0 && now < knows) copyBefore(file, now + 1);
    for (const name of MIGRATIONS.slice(now)) db.exec(textOf(name));
    if (now === 0) {
      // From host and path, so that ids (and Feishu's dedupe with them) survive the loss of the file; core rule 13.
      const seed = digest([hostname(), realpathSync(file)]);
      db.prepare('insert into meta (project, seed) values (:project, :seed)').run({
        project: randomBytes(8).toString('hex'),
        seed,
      });
    }
    db.exec(`pragma user_version = ${knows}`);
    db.exec('commit');
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
  return knows;
};
