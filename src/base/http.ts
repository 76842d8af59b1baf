import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Ms } from '../model/time.ts';
import { systemClock } from './clock.ts';
import {
  agentFor,
  type Connecting,
  hostOf,
  nodeHttp,
  nodeHttps,
  portOf,
  proxyHeaders,
  type Way,
} from './http-connect.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** until the socket is wholly ready: name, TCP, proxy, TLS */
  readonly connectTimeout: Ms;
  /** from the call until the last byte of the answer */
  readonly totalTimeout: Ms;
  /** an answer may have; more is `lost` */
  readonly maxBytes: number;
  readonly proxy: string | null;
  /** PEM of an authority to trust beside the usual ones */
  readonly ca?: string | null;
  readonly signal?: AbortSignal;
  /** refuses private addresses: `not-sent`, before anything is connected */
  readonly onlyPublic?: boolean;
  /** over a connection of its own: for what may not be repeated, since a kept one may be closed just as we write */
  readonly fresh?: boolean;
  /** asked when the socket is ready and just before the request is written: false means that it does not leave */
  readonly beforeSend?: () => boolean;
}

/**
 * How a request ended. The difference between the last two is what "never twice" stands on:
 * `not-sent` – surely nothing of it reached the server; `lost` – it, or a part, may have, and no whole answer came.
 */
export type HttpAnswer =
  | {
      readonly is: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly body: Buffer;
    }
  | { readonly is: 'not-sent'; readonly why: string }
  | { readonly is: 'lost'; readonly why: string; readonly afterMs: Ms; readonly tooLarge: boolean };

export interface Http {
  /** Never throws for what the network did, and never repeats a request that may have left. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Closes idle sockets. Requests under way are not waited for. */
  close(): void;
}

/** A kept socket turned out to be closed before anything was written on it: the request may go over another. */
type Try = HttpAnswer | { readonly is: 'stale' };

/** More closed sockets than this in a row is not the pool's doing. */
const STALE_TRIES = 20;

/** `ca`: PEM of an authority that every request trusts beside the usual ones. */
export const createHttp = (ca: string | null = null): Http => {
  const agents = new Map<string, Agent>();
  const agentOf = (way: Way): Agent => {
    const key = JSON.stringify([way.secure, way.proxy, way.ca, way.fresh, way.onlyPublic]);
    const agent = agents.get(key) ?? agentFor(way);
    agents.set(key, agent);
    return agent;
  };
  return {
    request: async (request) => {
      let url: URL;
      try {
        url = new URL(request.url);
        if (request.proxy !== null) new URL(request.proxy);
      } catch {
        return { is: 'not-sent', why: 'not a usable address' };
      }
      const agent = agentOf({
        secure: url.protocol === 'https:',
        proxy: request.proxy,
        ca: request.ca ?? ca,
        fresh: request.fresh ?? false,
        onlyPublic: request.onlyPublic ?? false,
      });
      for (let n = 1; ; n++) {
        const answer = await oneTry(request, url, agent);
        if (answer.is !== 'stale') return answer;
        if (n === STALE_TRIES) return { is: 'not-sent', why: 'the connection was closed' };
      }
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
};

const begin = (request: HttpRequest, url: URL, agent: Agent, connecting: AbortSignal): ClientRequest => {
  const secure = url.protocol === 'https:';
  // a plain address goes to its proxy whole (RFC 9112, absolute-form)
  const viaProxy = request.proxy !== null && !secure;
  const path = `${url.pathname}${url.search}`;
  const how: Connecting = {
    method: request.method,
    host: hostOf(url),
    port: portOf(url),
    path: viaProxy ? `${url.protocol}//${url.host}${path}` : path,
    headers: { ...request.headers, ...(viaProxy ? proxyHeaders(new URL(request.proxy as string)) : {}) },
    ...(url.username === '' ? {} : { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }),
    agent,
    connecting,
  };
  return (secure ? nodeHttps() : nodeHttp()).request(how);
};

const oneTry = (request: HttpRequest, url: URL, agent: Agent): Promise<Try> =>
  new Promise((resolve) => {
    const started = systemClock.monotonic();
    const connecting = new AbortController();
    let under: ClientRequest | null = null;
    let written = false;
    let tooLarge = false;
    let stopped: string | null = null;

    const end = (answer: Try): void => {
      clearTimeout(connectTimer);
      clearTimeout(totalTimer);
      request.signal?.removeEventListener('abort', onAbort);
      resolve(answer);
    };
    const fail = (why: string): void =>
      end(
        written
          ? { is: 'lost', why, afterMs: Math.round(systemClock.monotonic() - started), tooLarge }
          : { is: 'not-sent', why },
      );
    const stopFor = (why: string): void => {
      stopped ??= why;
      fail(stopped);
      if (under?.socket) under.destroy();
      else connecting.abort();
    };
    const onAbort = (): void => stopFor('interrupted');
    const connectTimer = setTimeout(
      () => stopFor(`no connection within ${request.connectTimeout} ms`),
      request.connectTimeout,
    );
    const totalTimer = setTimeout(() => stopFor(`no answer within ${request.totalTimeout} ms`), request.totalTimeout);

    if (request.signal?.aborted) return stopFor('interrupted');
    request.signal?.addEventListener('abort', onAbort, { once: true });
    let sending: ClientRequest;
    try {
      sending = begin(request, url, agent, connecting.signal);
    } catch (error) {
      return stopFor(wordsOf(error as Error)); // a header or method that HTTP cannot say
    }
    under = sending;

    const write = (): void => {
      if (stopped !== null || sending.destroyed) return;
      if (request.beforeSend?.() === false) {
        stopFor('not sent any more');
      } else {
        written = true;
        sending.end(request.body);
      }
    };
    sending.on('socket', () => {
      clearTimeout(connectTimer);
      // Two turns of the loop: if the server has closed a kept socket meanwhile, we hear of it before we write
      if (sending.reusedSocket) setImmediate(() => setImmediate(write));
      else write();
    });
    sending.on('error', (error) => {
      if (!written && sending.reusedSocket && stopped === null) end({ is: 'stale' });
      else fail(wordsOf(error));
    });
    sending.on('response', (answer) => {
      // 407 is the proxy's own word: it passed nothing on
      if (answer.statusCode === 407 && request.proxy !== null) written = false;
      if (!written) return stopFor('the proxy refused: HTTP 407');
      collect(answer, request.maxBytes, (body) => {
        tooLarge = body === TOO_LARGE;
        if (body === TOO_LARGE) stopFor(`the answer has more than ${request.maxBytes} bytes`);
        else if (typeof body === 'string') stopFor(body);
        else end({ is: 'answer', status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
    });
  });

const TOO_LARGE = 'too large';

/** The whole body, or the reason why there is none. */
const collect = (answer: IncomingMessage, maxBytes: number, done: (body: Buffer | string) => void): void => {
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) done(TOO_LARGE);
    else chunks.push(chunk);
  });
  answer.on('error', (error) => done(wordsOf(error)));
  answer.on('end', () => done(answer.complete ? Buffer.concat(chunks) : 'the answer broke off'));
};

/** Several addresses tried give an error without words of its own. */
const wordsOf = (error: Error): string => {
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  return first.message || (first as NodeJS.ErrnoException).code || first.name;
};

const variable = (env: Readonly<Record<string, string | undefined>>, name: string): string =>
  env[name.toLowerCase()] || env[name] || '';

/** What the environment names as proxy for an address, of whatever kind it is; null when it exempts the address. */
export const namedProxy = (address: string, env: Readonly<Record<string, string | undefined>>): string | null => {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const host = hostOf(url).toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host))
    return null;
  const named = variable(env, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || variable(env, 'ALL_PROXY');
  if (named === '') return null;
  const direct = variable(env, 'NO_PROXY')
    .split(/[\s,]+/)
    .some((entry) => exempts(entry.toLowerCase(), host, portOf(url)));
  return direct ? null : named.includes('://') ? named : `http://${named}`;
};

/**
 * The proxy that the environment names for an address, or null: HTTPS_PROXY, HTTP_PROXY or ALL_PROXY (lower case
 * wins), unless NO_PROXY lists the host (`host`, `.suffix`, `*.suffix`, an IP address, each with `:port`, or `*`), or
 * it is none that speaks HTTP. This machine itself is never reached through a proxy.
 */
export const proxyFor = (address: string, env: Readonly<Record<string, string | undefined>>): string | null => {
  const proxy = namedProxy(address, env);
  return proxy !== null && URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol) ? proxy : null;
};

const exempts = (entry: string, host: string, port: number): boolean => {
  if (entry === '') return false;
  if (entry === '*') return true;
  const [, name = '', only] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(/^[^[]*:.*:/.test(entry) ? `[${entry}]` : entry) ?? [];
  if (only !== undefined && Number(only) !== port) return false;
  const suffix = name.replace(/^\*?\./, '');
  return host === suffix || host.endsWith(`.${suffix}`);
};
