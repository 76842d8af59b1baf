// Makes last-backup.txt, as a backup script would. `node make-data.mjs 30`: as if it had last run 30 hours ago.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const hours = Number(process.argv[2] ?? 1);
writeFileSync(
  fileURLToPath(new URL('./last-backup.txt', import.meta.url)),
  new Date(Date.now() - hours * 3_600_000).toISOString(),
);
