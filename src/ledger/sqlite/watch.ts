import { DatabaseSync } from 'node:sqlite';

/**
 * A number that changes with each commit of anybody, this process included: SQLite counts those of other connections, so
 * this one is only for looking.
 */
export const watchLedger = (file: string): { readonly version: () => number; readonly close: () => void } => {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 1_000 });
  const look = db.prepare('pragma data_version');
  return {
    version: () => Number((look.get() as { data_version: number }).data_version),
    close: () => db.close(),
  };
};
