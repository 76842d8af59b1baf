// The pictures of the README, made from the product itself: the card, and the stand-in's page with it.
// `npm run screenshot`; needs Chromium or Chrome ($CHROME, or on PATH).
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PROGRAM = at('../src/cli/main.ts');
const IMAGES = at('../docs/images/');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--disable-background-networking',
  '--no-first-run',
];

const browser = [process.env['CHROME'], 'chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => name !== undefined && name !== '' && spawnSync(name, ['--version']).status === 0,
);
if (browser === undefined) {
  console.error('There is no Chromium or Chrome here. Install one, or name it in $CHROME.');
  process.exit(1);
}

// the page shows the clock of the machine, the card that of its time zone: in a picture they should agree
const env = { ...process.env, LARKCRON_CONFIG: '', TZ: 'Asia/Shanghai' };
const folder = mkdtempSync(join(tmpdir(), 'larkcron-pictures-'));
const larkcron = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [PROGRAM, '-C', folder, ...args, '--lang', 'zh'], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** The page is live and never ends loading, so the picture is waited for, not the browser. */
const take = async (
  url: string,
  name: string,
  { width, height, scale }: { width: number; height: number; scale: number },
): Promise<void> => {
  const profile = mkdtempSync(join(tmpdir(), 'larkcron-browser-'));
  const picture = join(IMAGES, name);
  rmSync(picture, { force: true });
  const size = [`--window-size=${width},${height}`, `--force-device-scale-factor=${scale}`];
  const child = spawn(
    browser,
    [...FLAGS, ...size, `--user-data-dir=${profile}`, '--timeout=3000', `--screenshot=${picture}`, url],
    { env, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.on('exit', resolve));
  for (let waited = 0; !existsSync(picture) && waited < 30_000; waited += 100) await pause(100);
  await Promise.race([ended, pause(2_000)]);
  child.kill('SIGKILL');
  await ended;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  if (!existsSync(picture)) throw new Error(`${browser} made no picture of ${url}`);
  console.log(`docs/images/${name}`);
};

mkdirSync(IMAGES, { recursive: true });
larkcron('init', '--yes', '--sandbox');
const settings = join(folder, 'larkcron.yaml');
writeFileSync(
  settings,
  readFileSync(settings, 'utf8').replace('[ou_owner]', '[oc_sandbox_stores]').replace('[ou_me]', '[oc_sandbox_stores]'),
);
const sandbox = spawn(process.execPath, [PROGRAM, '-C', folder, 'sandbox', '--port', '0', '--json'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await new Promise<string>((resolve, reject) => {
    sandbox.stdout.once('data', (line) => resolve((JSON.parse(String(line)) as { url: string }).url));
    sandbox.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  larkcron('run', 'store-dashboard', '--sandbox');
  await take(url, 'sandbox.png', { width: 1200, height: 1740, scale: 1 });
  larkcron('preview', 'store-dashboard', '--png', join(IMAGES, 'store-dashboard.png'));
  console.log('docs/images/store-dashboard.png');
} finally {
  sandbox.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
