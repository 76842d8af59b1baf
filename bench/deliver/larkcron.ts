// larkcron's own way: a run with its deliveries in the ledger, every attempt durable before it leaves.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createRedactor } from '../../src/base/redact.ts';
import { loadProject } from '../../src/config/load.ts';
import { settleRuns } from '../../src/drain.ts';
import { withMarkerPlace } from '../../src/model/marker.ts';
import { HOUR } from '../../src/model/time.ts';
import { writeRequest } from '../../src/run/request.ts';
import { CARD } from './card.ts';

const [endpoint = '', count = '0', limits = 'off', seconds = '0'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'larkcron-bench-'));
writeFileSync(
  join(folder, 'larkcron.yaml'),
  `apps: { default: { id: cli_bench, secret: bench-secret, endpoint: "${endpoint}" } }\n`,
);
const loaded = loadProject(join(folder, 'larkcron.yaml'), {}, { only: null, defaults: {} });
const unlimited = { perSecond: 1_000_000, perMinute: 1_000_000, perTarget: 1_000 };
const project = limits === 'off' ? { ...loaded, settings: { ...loaded.settings, limits: unlimited } } : loaded;

const stop = new AbortController();
let delivered = 0;
let refused = 0;
const app = createApp(project, {
  clock: systemClock,
  redact: createRedactor([]),
  stderr: console.error,
  signal: stop.signal,
  watch: (event) => {
    if (event.event !== 'delivery.tried') return;
    if (event.outcome.is === 'delivered') delivered++;
    if (event.outcome.is === 'retry' && event.outcome.pace !== null) refused++;
  },
});
const to = Array.from({ length: Number(count) }, (_, i) => ({
  shown: `ou_${i}`,
  idType: 'open_id' as const,
  id: `ou_${i}`,
}));
const now = systemClock.now();
const started = systemClock.monotonic();
const { run } = await app.ledger().runs.open({
  kind: 'send',
  job: null,
  onceKey: null,
  dueAt: null,
  notBefore: now,
  trigger: 'manual',
  ownAudience: false,
  deliverUntil: now + 6 * HOUR,
  priority: 2,
  request: writeRequest({
    to,
    message: {
      app: 'default',
      kind: 'card',
      content: { msgType: 'interactive', body: JSON.stringify(withMarkerPlace(CARD)) },
    },
  }),
});
if (Number(seconds) > 0) setTimeout(() => stop.abort('SIGTERM'), Number(seconds) * 1_000);
await settleRuns(app.loops(), [run.id], { wait: HOUR });
const ms = systemClock.monotonic() - started;
await app.close();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ ms, delivered, refused }));
process.exit(0);
