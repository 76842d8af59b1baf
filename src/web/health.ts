import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { nodeHttp } from '../base/http-connect.ts';
import { failure } from '../model/errors.ts';
import { MINUTE, type Ms } from '../model/time.ts';
import { webWords } from './words.ts';

/** What the health pages look at. */
export interface Health {
  /** when the loops came round last, by a clock that only rises */
  readonly lastRound: () => Ms;
  readonly monotonic: () => Ms;
  /** throws, or says why, when work cannot be done: the ledger is not there, the settings have faults */
  readonly ready: () => Promise<string | null>;
}

/** The loops come round once a minute at least; a slow disk may make it two. */
const LATE: Ms = 2 * MINUTE + 30_000;
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;
/** A request that is not whole by then is no health check. */
const SLOWEST: Ms = 10_000;

const answer = (response: ServerResponse, status: number, body: object, type = 'application/json'): void => {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
};

const problem = (response: ServerResponse, status: number, title: string): void =>
  answer(response, status, { type: 'about:blank', title, status }, 'application/problem+json');

const reply = async (request: IncomingMessage, response: ServerResponse, health: Health): Promise<void> => {
  request.resume();
  // a page elsewhere whose name was bound to this address has nothing to ask here
  const [, host = ''] = /^\[?([^\]]*?)\]?(?::\d+)?$/.exec(request.headers.host ?? '') ?? [];
  if (!LOOPBACK.test(host)) return problem(response, 403, 'this address is for this machine');
  if (request.method !== 'GET' && request.method !== 'HEAD') return problem(response, 405, 'GET only');
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === '/healthz') {
    const age = health.monotonic() - health.lastRound();
    const ok = age <= LATE;
    return answer(response, ok ? 200 : 503, { ok, lastRoundMsAgo: Math.round(age) });
  }
  if (pathname === '/readyz') {
    const why = await health.ready().catch((error: unknown) => (error as Error).message);
    return answer(response, why === null ? 200 : 503, why === null ? { ok: true } : { ok: false, why });
  }
  problem(response, 404, 'no such page; the console is not part of this version');
};

/**
 * `/healthz` and `/readyz` on this machine's own address, for probes and supervisors. Throws `host-not-loopback` and
 * `port-in-use` (status 2).
 */
export const serveHealth = async (
  health: Health,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  if (!LOOPBACK.test(host)) throw failure(webWords, 'host-not-loopback', { host }, { status: 2 });
  const server: Server = nodeHttp().createServer((request, response) => void reply(request, response, health));
  server.requestTimeout = SLOWEST;
  server.headersTimeout = SLOWEST;
  server.maxConnections = 50;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        failure(webWords, 'port-in-use', { host, port, why: error.code ?? error.message }, { status: 2, cause: error }),
      ),
    );
    server.listen(port, host === 'localhost' ? '127.0.0.1' : host, resolve);
  });
  server.unref();
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
