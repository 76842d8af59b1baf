// A check as monitoring plugins are written: how old is the newest backup? Exit status 0 is fine, 1 a warning, 2 critical.
import { readFileSync } from 'node:fs';

const [warn, critical] = [26, 50];
try {
  const hours = Math.round((Date.now() - Date.parse(readFileSync('last-backup.txt', 'utf8'))) / 3_600_000);
  console.log(`最近一次备份是 ${hours} 小时前`);
  process.exitCode = hours >= critical ? 2 : hours >= warn ? 1 : 0;
} catch {
  console.log('找不到备份记录');
  process.exitCode = 2;
}
