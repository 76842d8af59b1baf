// Runs a program with a Node.js that is new enough: the one that started us, else the `node` package that
// `npm ci` brought. Written for any Node.js from 18 on, so that an older one still gives one clear sentence.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// 24.15 is the first with a SQLite (3.51.3) that several processes may share safely
const NEEDED = [24, 15];
const isEnough = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
};
const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

const node = isEnough(process.versions.node) ? process.execPath : existsSync(bundled) ? bundled : null;
if (node === null) {
  console.error(
    `larkcron needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node}, and the npm package "node@24" did not install (its install script may have been switched off). Install Node.js ${NEEDED.join('.')} and run this again.`,
  );
  process.exit(2);
}
// the TypeScript of this repository is compiled once and kept: a start then takes half as long
const cache = fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));
const env = { NODE_COMPILE_CACHE: cache, ...process.env };
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : signal === 'SIGINT' ? 130 : 143));
