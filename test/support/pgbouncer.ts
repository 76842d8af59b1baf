import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { temporaryFolder } from './temporary-folder.ts';

export const hasPgbouncer = (): boolean => spawnSync('pgbouncer', ['--version']).status === 0;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/**
 * PgBouncer before a server, in transaction mode: each transaction may have another session, and there are only `sessions`
 * of them for however many clients.
 */
export const pgbouncerBefore = async (
  url: string,
  { sessions, mode = 'transaction' }: { readonly sessions: number; readonly mode?: 'transaction' | 'statement' },
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const to = new URL(url);
  const folder = temporaryFolder();
  const port = await freePort();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const users = file('users.txt', `"${to.username}" "${decodeURIComponent(to.password)}"\n`);
  const config = file(
    'pgbouncer.ini',
    `[databases]
${to.pathname.slice(1)} = host=${to.hostname} port=${to.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${sessions}
max_client_conn = 200
`,
  );
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chmodSync(folder, 0o755); // it gives up its rights before it reads
  const child = spawn('pgbouncer', [...(isRoot ? ['-u', 'nobody'] : []), config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const own = `postgres://${to.username}:${to.password}@127.0.0.1:${port}${to.pathname}`;
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: own });
    try {
      await client.connect();
      await client.query('select 1');
      break;
    } catch (error) {
      if (tries > 100 || child.exitCode !== null) throw new Error(`pgbouncer: ${said}`, { cause: error });
      await pause(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
  return {
    url: own,
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
};
