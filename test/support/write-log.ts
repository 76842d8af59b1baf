// Writes numbered lines into a log that rotates often: one of several at once.
import { createLog } from '../../src/base/log.ts';

const [file = '', who = '', count = '0'] = process.argv.slice(2);
const log = createLog({
  file,
  format: 'text',
  level: 'info',
  maxSize: 20_000,
  keep: 50,
  zone: 'UTC',
  clock: { now: Date.now },
  redact: (text) => text,
  stderr: console.error,
});
for (let n = 0; n < Number(count); n++) {
  log.info('line', `line ${who}-${n} ${'x'.repeat(40)}`);
  log.flush();
}
