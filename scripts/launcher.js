#!/usr/bin/env node
import module from 'node:module';

// Plain enough for any Node.js to read, so that an older one says in one sentence what is missing.

// the first with a SQLite (3.51.3) that several processes may share safely
const needed = [24, 15];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(
    `larkcron 需要 Node.js ${needed.join('.')} 以上,这里是 ${process.versions.node} · larkcron needs Node.js ${needed.join('.')} or newer; this is ${process.versions.node}`,
  );
  process.exit(2);
}
// compiled code is kept between starts: a push from cron starts anew each time
module.enableCompileCache?.();
await import(new URL('./main.js', import.meta.url).href);
