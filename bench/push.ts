// How long one push takes as cron starts it, whole process, beside what users would write instead. `npm run bench:push`
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// what npm run keeps of compiled code, nobody who is started by cron has
delete process.env['NODE_COMPILE_CACHE'];

const ROUNDS = 15;
const LATENCY_MS = 20;
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const program = at('../dist/larkcron.js');
if (!existsSync(program)) throw new Error('npm run build first');

/** Answers like Feishu after 20 ms; a message gets a fresh id. */
const startServer = (): Promise<Server> =>
  new Promise((resolve) => {
    let n = 0;
    const server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        const token = request.url?.includes('tenant_access_token');
        const body = token
          ? { code: 0, msg: 'ok', tenant_access_token: 't-bench-0123456789', expire: 7200 }
          : { code: 0, msg: 'success', data: { message_id: `om_${++n}`, chat_id: 'oc_1' } };
        setTimeout(() => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(body));
        }, LATENCY_MS);
      });
    });
    server.listen(0, '127.0.0.1', () => resolve(server));
  });

const server = await startServer();
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const folder = mkdtempSync(join(tmpdir(), 'larkcron-bench-'));
cpSync(at('../examples/store-dashboard'), folder, { recursive: true });
writeFileSync(
  join(folder, '.env'),
  `FEISHU_APP_ID=cli_bench\nFEISHU_APP_SECRET=bench-secret\nFEISHU_ENDPOINT=${base}\n`,
);
spawnSync(process.execPath, [join(folder, 'make-data.mjs')], { stdio: 'inherit' });

const contenders: Record<string, readonly string[]> = {
  'a  larkcron run (settings, SQLite, card, ledger)': [
    process.execPath,
    program,
    'run',
    'store-dashboard',
    '--quiet',
    '--config',
    join(folder, 'larkcron.yaml'),
  ],
  'b  python + requests (token, card)': ['python3', at('push/requests-script.py'), base],
  'c  @larksuiteoapi/node-sdk (token, card)': [process.execPath, at('push/sdk-script.mjs'), base],
  'd  bare node:http (token, card)': [process.execPath, at('push/bare-script.mjs'), base],
};

const { NODE_EXTRA_CA_CERTS: _dropped, ...env } = process.env;
const once = ([command = '', ...args]: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(performance.now() - started) : reject(new Error(`${command} ended with ${code}`)),
    );
  });

const PEAK =
  'import resource,subprocess,sys; subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)';
const peak = async (argv: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn('python3', ['-c', PEAK, ...argv], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    child.on('error', reject);
    child.on('close', () => resolve(Number(printed) / 1024));
  });

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const times = Object.fromEntries(Object.keys(contenders).map((name): [string, number[]] => [name, []]));
// once before, unmeasured: the token is then known to the ledger, and every program's files are in memory
for (const argv of Object.values(contenders)) await once(argv);
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, argv] of Object.entries(contenders)) times[name]?.push(await once(argv));
  if (process.stderr.isTTY) process.stderr.write(`\r${round + 1}/${ROUNDS}`);
}
const own = median(times[Object.keys(contenders)[0] as string] as number[]);
console.log(`median of ${ROUNDS}, interleaved, server latency ${LATENCY_MS} ms, ${process.version}\n`);
for (const [name, argv] of Object.entries(contenders)) {
  const ms = median(times[name] as number[]);
  const memory = await peak(argv);
  console.log(
    `${name.padEnd(50)} ${ms.toFixed(0).padStart(5)} ms  a = ${(own / ms).toFixed(2)} ×  peak ${memory.toFixed(0)} MB`,
  );
}
server.close();
server.closeAllConnections();
rmSync(folder, { recursive: true, force: true });
