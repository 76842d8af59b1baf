// Runs a program with a Node.js that is new enough: the one that started us, else the `node` package that
// `npm ci` brought. Written for any Node.js from 18 on, so that an older one still gives one clear sentence.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const major = (version) => Number(version.split('.')[0]);
const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

const node = major(process.versions.node) >= NEEDED ? process.execPath : existsSync(bundled) ? bundled : null;
if (node === null) {
  console.error(
    `larkcron needs Node.js ${NEEDED} or newer; this is ${process.versions.node}, and the npm package "node@24" did not install (its install script may have been switched off). Install Node.js ${NEEDED} and run this again.`,
  );
  process.exit(2);
}
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : signal === 'SIGINT' ? 130 : 143));
