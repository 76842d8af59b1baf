import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type App, createApp } from '../../src/app.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { createRedactor } from '../../src/base/redact.ts';
import { loadProject } from '../../src/config/load.ts';
import { settleRuns } from '../../src/drain.ts';
import type { Role } from '../../src/model/role.ts';
import type { Run } from '../../src/model/run.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createConsole } from '../../src/web/console.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { hashOf, newToken } from '../../src/web/secrets.ts';
import { listen } from '../../src/web/server.ts';
import { createProject } from '../support/project.ts';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any;
}

export interface Asking {
  readonly method?: string;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** the body as it is */
  readonly raw?: string;
}

const DASHBOARD = `description: 门店看板
schedule: "0 18 * * *"
to: [ou_a, oc_group, everyone]
data:
  stores:
    rows: [{ name: 一店, sales: 100 }, { name: 二店, sales: 200 }]
when: size(stores.rows) > 0
card:
  title: 📊 看板
  body:
    - markdown: 请查看。
    - table: { rows: stores, columns: { name: 门店, sales: 销售额 } }
    - chart: { type: bar, rows: stores, x: name, y: sales }
`;

export const JOBS: Readonly<Record<string, string>> = {
  'jobs/store-dashboard.yaml': DASHBOARD,
  'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n',
  'jobs/broken.yaml': 'to: [ou_a]\ncard: { title: 1, boddy: [] }\n',
};

/** A request as nobody's browser would change it: any Host, any header. */
export const ask = (
  base: string,
  path: string,
  { method = 'GET', token = null, headers = {}, body, raw }: Asking = {},
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const { port } = new URL(base);
    const asking = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
          'accept-language': 'en',
          ...headers,
        },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => {
          const isJson = /json/.test(answer.headers['content-type'] ?? '');
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text,
            json: isJson && text !== '' ? JSON.parse(text) : null,
          });
        });
      },
    );
    asking.on('error', reject);
    if (sent !== undefined) asking.write(sent);
    asking.end();
  });

/** A console over a project, the sandbox as Feishu, in this process. */
export const openTestConsole = async (
  t: TestContext,
  {
    jobs = JOBS,
    faults = [],
    pages = null,
    host = '127.0.0.1',
    url = null,
    settings = '',
    seed = null,
    name = '',
    clock = systemClock,
    unread = 60_000,
  }: {
    jobs?: Readonly<Record<string, string>>;
    faults?: readonly string[];
    pages?: string | null;
    host?: string;
    url?: string | null;
    settings?: string;
    name?: string;
    clock?: Clock;
    /** how long an answer waits that nobody takes, in milliseconds */
    unread?: number;
    /** fills the project's folder before anything is read */
    seed?: ((folder: string, endpoint: string) => Promise<void>) | null;
  } = {},
) => {
  const sandbox = await startSandbox({
    ...{ port: 0, clock, keep: null, faults: faults.map(parseFault) },
    // what is seeded happens at once, and happened at other times
    limits: seed === null ? 'feishu' : 'off',
  });
  t.after(() => sandbox.close());
  const project = createProject(jobs, sandbox.url, name);
  if (settings !== '') project.write('larkcron.yaml', settings);
  await seed?.(project.folder, sandbox.url);
  const redact = createRedactor([]);
  const metrics = createMetrics();
  const open = (): App =>
    createApp(loadProject(join(project.folder, 'larkcron.yaml'), { FEISHU_ENDPOINT: sandbox.url }), {
      clock,
      redact,
      stderr: () => {},
      signal: new AbortController().signal,
      watch: metrics.watch,
    });
  let app: App | null = open();
  const bugs: unknown[] = [];
  const lastRound = clock.monotonic();
  let port = 0;
  const served = createConsole({
    app: () => app,
    clock,
    hide: redact.hide,
    lang: 'zh',
    health: { lastRound: () => lastRound, monotonic: clock.monotonic, ready: async () => null },
    place: { host, url },
    port: () => port,
    metrics,
    pages,
    onBug: (error) => {
      bugs.push(error);
      t.diagnostic(String((error as Error).stack));
    },
  });
  const server = await listen(served.fetch, { host: '127.0.0.1', port: 0, unread });
  port = server.port;
  t.after(async () => {
    await server.close();
    await app?.close();
  });
  const current = (): App => {
    if (app === null) throw new Error('no app');
    return app;
  };
  const tokenOf = async (role: Role): Promise<string> => {
    const token = newToken();
    await current()
      .ledger()
      .access.make({ name: role, role, hash: hashOf(token) });
    return token;
  };
  const tokens = {
    viewer: await tokenOf('viewer'),
    operator: await tokenOf('operator'),
    admin: await tokenOf('admin'),
  };
  return {
    ...{ sandbox, project, tokens, bugs, url: server.url, port, settingsChanged: served.settingsChanged },
    app: current,
    setApp: (to: App | null) => {
      app = to;
    },
    open,
    ask: (path: string, asking: Asking = {}) => ask(server.url, path, { token: tokens.admin, ...asking }),
    /** sends what is open of these runs, as the loops of `start` would */
    settle: (runs: readonly string[]): Promise<readonly Run[]> => settleRuns(current().loops(), runs, { wait: 0 }),
  };
};
