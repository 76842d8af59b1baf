// Deliveries a second, in one run: larkcron (durable, every attempt recorded) beside a bare loop and the official SDK.
// Then three minutes at Feishu's quota, against a sandbox with its limits on. `npm run bench:deliver`
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COUNT = 5_000;
const ROUNDS = 3;
const LATENCY_MS = 5;
const QUOTA_SECONDS = Number(process.env['QUOTA_SECONDS'] ?? 180);
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { NODE_EXTRA_CA_CERTS: _dropped, ...env } = process.env;

interface Result {
  readonly ms: number;
  readonly delivered: number;
  readonly refused: number;
}

const serve = (...args: readonly string[]): Promise<{ url: string; server: ChildProcess }> =>
  new Promise((resolve, reject) => {
    const server = fork(at('deliver/server.ts'), args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    server.once('message', (url) => resolve({ url: String(url), server }));
    server.once('error', reject);
  });

const play = (script: string, ...args: readonly string[]): Promise<Result> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [at(script), ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Result)
        : reject(new Error(`${script} ended with ${code}`)),
    );
  });

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

const CONTENDERS = {
  'larkcron (ledger, each attempt durable)': 'deliver/larkcron.ts',
  'bare node:http, keep-alive': 'deliver/bare.ts',
  '@larksuiteoapi/node-sdk': 'deliver/sdk.mjs',
};

const rates = Object.fromEntries(Object.keys(CONTENDERS).map((name): [string, number[]] => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, script] of Object.entries(CONTENDERS)) {
    const { url, server } = await serve('off', String(LATENCY_MS));
    const { ms, delivered } = await play(script, url, String(COUNT));
    server.disconnect();
    if (delivered !== COUNT) throw new Error(`${name}: ${delivered} of ${COUNT}`);
    rates[name]?.push((COUNT / ms) * 1_000);
    if (process.stderr.isTTY) process.stderr.write(`\r${round + 1}/${ROUNDS} ${name.padEnd(50)}`);
  }
}
console.log(
  `${COUNT} deliveries, 100 at once, server latency ${LATENCY_MS} ms, median of ${ROUNDS}, ${process.version}\n`,
);
const own = median(Object.values(rates)[0] as number[]);
for (const [name, all] of Object.entries(rates)) {
  const rate = median(all);
  console.log(`${name.padEnd(42)} ${rate.toFixed(0).padStart(6)}/s   larkcron = ${(own / rate).toFixed(2)} ×`);
}

if (QUOTA_SECONDS > 0) {
  const { url, server } = await serve('feishu', '15');
  const result = await play('deliver/larkcron.ts', url, '5000', 'default', String(QUOTA_SECONDS));
  server.disconnect();
  const perMinute = (result.delivered / result.ms) * 60_000;
  console.log(
    `\n${QUOTA_SECONDS} s at Feishu's quota (50/s, 1000/min): ${result.delivered} delivered = ${perMinute.toFixed(0)}/min, ` +
      `${(perMinute / 10).toFixed(1)} % of it; refused for pace: ${result.refused}`,
  );
}
