import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import { digest } from '../../base/ids.ts';
import { failure } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';

/** Numbered files beside this one, in order; a landed one never changes. */
const MIGRATIONS: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `00${n}.sql`);

const textOf = (name: string): string => readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8');

const versionOf = (db: DatabaseSync): number =>
  (db.prepare('pragma user_version').get() as { user_version: number }).user_version;

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
