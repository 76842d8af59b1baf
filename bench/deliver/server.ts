// The sandbox in a process of its own, so that it does not share a thread with whoever is measured.
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const [limits = 'off', latency = '5'] = process.argv.slice(2);
const sandbox = await startSandbox({
  port: 0,
  clock: systemClock,
  keep: null,
  limits: limits === 'feishu' ? 'feishu' : 'off',
  latency: Number(latency),
});
process.send?.(sandbox.url);
process.on('disconnect', () => process.exit(0));
