import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { createDevTools, type DevTools } from './devtools.ts';

/** A headless browser with a profile of its own. */
export interface RunningBrowser extends DevTools {
  /** of its own, removed with the profile by `close` */
  readonly folder: string;
  /** Ends it and all it has started; resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** It does nothing on its own: no updates, no sync, no reports, no guesses at what will be needed. */
const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--hide-scrollbars',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  // some of it asks all the same: of nobody then, as no page may be had from port 1
  '--component-updater=url-source=http://127.0.0.1:1/',
  '--gaia-url=http://127.0.0.1:1/',
  '--google-base-url=http://127.0.0.1:1/',
  '--gcm-checkin-url=http://127.0.0.1:1/',
  '--gcm-registration-url=http://127.0.0.1:1/',
  '--gcm-mcs-endpoint=http://127.0.0.1:1/',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  // https is not tried first where the address says http; the clock is not compared with Google's; no search engine is
  // connected to in case somebody searches
  '--disable-features=MediaRouter,PreconnectToSearch,SearchEnginePreconnect2,SearchEnginePreconnectInterval,AimServerEligibilityEnabled,OptimizationHints,Translate,AutofillServerCommunication,NetworkTimeServiceQuerying,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,HttpsFirstBalancedMode',
  '--disable-quic',
  '--disable-sync',
  '--metrics-recording-only',
  '--mute-audio',
  '--password-store=basic',
  '--use-mock-keychain',
];
/** Chrome does not start its sandbox for root. */
const asRoot = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox', '--no-zygote'] : []);

const LAST_WORDS = 2_000;
/** So long it may take to end by itself, and to take its own children along. */
const FAREWELL = 2_000;

/** The line that says most of why it does not start: its last one, or that it was refused its sandbox. */
const lastWords = (said: string): string => {
  const lines = said.trim().split('\n');
  return (lines.find((line) => line.includes('No usable sandbox')) ?? lines.at(-1) ?? '').trim();
};

const killGroup = (child: ChildProcess): void => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // nobody of the group is left; Windows has no groups
    child.kill('SIGKILL');
  }
};

/** Starts it; whether it does start shows in the first call, which fails with its last words. */
export const startBrowser = (
  program: string,
  { flags, env }: { readonly flags: readonly string[]; readonly env?: Readonly<Record<string, string>> },
): RunningBrowser => {
  const folder = mkdtempSync(join(tmpdir(), 'larkcron-browser-'));
  const child = spawn(program, [...FLAGS, ...asRoot(), ...flags, `--user-data-dir=${join(folder, 'profile')}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // a process group of its own: what it has started can be ended with it
    detached: true,
    ...(env === undefined ? {} : { env }),
  });
  const devtools = createDevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (words: string) => {
    said = (said + words).slice(-LAST_WORDS);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      devtools.fail(error);
      resolve();
    });
    child.once('exit', (code, signal) => {
      devtools.fail(new Error(lastWords(said) || `${signal ?? code}`));
      resolve();
    });
  });
  return {
    ...devtools,
    folder,
    close: async () => {
      // by itself first: so its children have somebody who waits for them, and none stays a zombie
      (child.stdio[3] as Writable).write(`${JSON.stringify({ id: 0, method: 'Browser.close' })}\0`);
      const late = setTimeout(() => killGroup(child), FAREWELL);
      await ended;
      clearTimeout(late);
      killGroup(child);
      child.stderr?.destroy();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
};
