import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../base/clock.ts';
import { randomId } from '../base/ids.ts';
import { failure } from '../model/errors.ts';
import type { Ms } from '../model/time.ts';
import { type Answer, codeOf, refuse } from './answer.ts';
import { createApi, type Reaction, withLogId } from './api.ts';
import { readBody } from './body.ts';
import { ALL_SCOPES } from './bot.ts';
import { createDoor } from './door.ts';
import type { Fault } from './faults.ts';
import { openKeep } from './keep.ts';
import { createWindows, NO_LIMITS } from './limits.ts';
import { sandboxWords } from './words.ts';
import { createWorld, type World } from './world.ts';
import type { SandboxMessage } from './world-event.ts';

export interface SandboxOptions {
  /** 0: any free one */
  readonly port: number;
  /** loopback only */
  readonly host?: '127.0.0.1';
  readonly clock: { now(): Ms };
  /** a file in which messages survive restarts, shared with other sandboxes; null: nothing is kept */
  readonly keep: string | null;
  readonly faults?: readonly Fault[];
  readonly limits?: 'feishu' | 'off';
  /** how long every call takes at least, in ms of real time */
  readonly latency?: Ms;
  /** the only credentials that work; null: any that are well formed */
  readonly app?: { readonly id: string; readonly secret: string } | null;
  /** addresses (or `@domain`s) that nobody has; left out: everybody at `unknown.example` */
  readonly unknown?: readonly string[];
  /** secrets of custom bots, by the last part of their address: their signatures are checked */
  readonly bots?: Readonly<Record<string, string>>;
  /** what every app may do; left out: all that a pusher needs. Calls that need others are refused with 99991672 */
  readonly scopes?: readonly string[];
}

/** One line of the request log; `http` is null while it is under way and for ever when no answer left. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly at: Ms;
  readonly http: number | null;
  readonly code: number | null;
  readonly fault: Fault['kind'] | null;
}

export interface Sandbox {
  /** without a trailing slash: an app's `endpoint` */
  readonly url: string;
  readonly port: number;
  /** in the order they were sent */
  messages(): readonly SandboxMessage[];
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** the last 10,000 calls to the API, oldest first */
  requests(): readonly SandboxRequest[];
  close(): Promise<void>;
}

const KILOBYTE = 1024;
/** 150 KB is the most Feishu takes for a text; more than this is read no further. */
const JSON_LIMIT = 256 * KILOBYTE;
const UPLOAD_LIMIT = 31 * KILOBYTE * KILOBYTE;
const LOGGED = 10_000;

const isUpload = (path: string): boolean => /^\/open-apis\/im\/v1\/(images|files)$/.test(path);

const write = (response: ServerResponse, answer: Answer, world: World): void => {
  const logId =
    `${new Date(world.now()).toISOString().replaceAll(/\D/g, '')}${randomId().replaceAll('-', '').slice(0, 15)}`.toUpperCase();
  const whole = withLogId(answer, logId);
  response.writeHead(whole.http, {
    Date: new Date(world.now()).toUTCString(),
    'X-Tt-Logid': logId,
    'Content-Type': whole.is === 'json' ? 'application/json; charset=utf-8' : whole.type,
    ...whole.headers,
  });
  response.end(whole.is === 'json' ? JSON.stringify(whole.body) : whole.body);
};

/**
 * Starts a stand-in for Feishu's server on this machine: its calls, codes, limits and memory of uuids, a page that
 * shows what arrived, and faults that can be switched on. Throws `sandbox-port-taken`, `keep-unusable`.
 */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { clock, host = '127.0.0.1', latency = 0 } = options;
  const keep = options.keep === null ? null : openKeep(options.keep);
  const world = createWorld({
    now: () => clock.now(),
    app: options.app ?? null,
    unknown: options.unknown ?? ['@unknown.example'],
    bots: options.bots ?? {},
    scopes: new Set(options.scopes ?? ALL_SCOPES),
    windows: options.limits === 'off' ? NO_LIMITS : createWindows(),
    keep,
  });
  for (const fault of options.faults ?? []) world.faults.add(fault);
  keep?.onChange(world.catchUp);

  const closing = new AbortController();
  const sleep = async (ms: Ms): Promise<void> => {
    await systemClock.sleep(ms, closing.signal);
    // what was on its way when the sandbox closed never arrived
    closing.signal.throwIfAborted();
  };
  const api = createApi({ world, latency, sleep });
  const door = createDoor(world);
  const log: SandboxRequest[] = [];

  const call = async (request: IncomingMessage, url: URL): Promise<Reaction & { fault: Fault | null }> => {
    const body = await readBody(request, isUpload(url.pathname) ? UPLOAD_LIMIT : JSON_LIMIT);
    if (body === null) return { is: 'answer', answer: refuse(isUpload(url.pathname) ? 234006 : 230025), fault: null };
    return api({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      contentType: request.headers['content-type'] ?? '',
      authorization: request.headers.authorization,
      body,
    });
  };

  const serveApi = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const entry = {
      method: request.method ?? 'GET',
      path: url.pathname,
      at: clock.now(),
      http: null,
      code: null,
      fault: null,
    };
    const logged: { -readonly [K in keyof SandboxRequest]: SandboxRequest[K] } = entry;
    log.push(logged);
    if (log.length > LOGGED) log.shift();
    const reaction = await call(request, url);
    logged.fault = reaction.fault?.kind ?? null;
    if (reaction.is === 'cut') response.destroy();
    if (reaction.is !== 'answer') return;
    logged.http = reaction.answer.http;
    logged.code = codeOf(reaction.answer);
    write(response, reaction.answer, world);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    if (url.pathname.startsWith('/open-apis/')) return serveApi(request, response, url);
    const answer = await door(request, response, url);
    if (answer !== null) write(response, answer, world);
  };

  const server = createServer({ requireHostHeader: false }, (request, response) => {
    response.sendDate = false;
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    keep?.close();
    throw failure(sandboxWords, 'sandbox-port-taken', { port: options.port, why: error.message });
  });

  const end = async (): Promise<void> => {
    world.catchUp();
    closing.abort();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    keep?.close();
  };
  let ended: Promise<void> | null = null;

  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    messages: () => {
      if (ended === null) world.catchUp();
      return [...world.messages.values()];
    },
    addFault: world.faults.add,
    clearFaults: world.faults.clear,
    requests: () => [...log],
    close: () => {
      ended ??= end();
      return ended;
    },
  };
};
