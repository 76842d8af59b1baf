import type { Agent, ClientRequestArgs, OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { isPublic, notPublic, publicLookup } from './public-address.ts';

/**
 * `import 'node:http'` costs 25 ms at start-up on Node 24, because a static import reads every export and one of them
 * (WebSocket) loads undici. Asked for this way it costs 4 ms; TLS, only for https, 5 more.
 */
export const nodeHttp = () => process.getBuiltinModule('node:http');
export const nodeHttps = () => process.getBuiltinModule('node:https');

/** Which way sockets go. One agent for each, so that kept sockets are never mixed up. */
export interface Way {
  readonly secure: boolean;
  readonly proxy: string | null;
  /** PEM of an additional authority, for https */
  readonly ca: string | null;
  /** a connection for one request only */
  readonly fresh: boolean;
  /** no connection to a private address; through a proxy, names are the proxy's to look up */
  readonly onlyPublic: boolean;
}

type Opened = (error: Error | null, socket?: Duplex) => void;

/** A kept socket idle for longer is closed by us, before the other side does and our next request runs into it. */
const IDLE = 4_000;

export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** `Proxy-Authorization` from the user and password in a proxy's address. */
export const proxyHeaders = (proxy: URL): Record<string, string> =>
  proxy.username === ''
    ? {}
    : {
        'Proxy-Authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`,
      };

/** What a request hands to its agent: how it is given up while its socket is not ready. Node's own `signal` costs each request 3 %. */
export interface Connecting extends ClientRequestArgs {
  readonly connecting?: AbortSignal;
}

/** Answers once: with the socket when `ready` happens on it, else with what went wrong. */
const whenReady = (
  socket: Duplex,
  ready: 'connect' | 'secureConnect',
  { connecting: signal }: Connecting,
  opened: Opened,
): void => {
  const settle = (error: Error | null): void => {
    socket.off(ready, onReady).off('error', settle).off('close', onClose);
    signal?.removeEventListener('abort', onAbort);
    if (error !== null) socket.on('error', () => {}).destroy(); // a second error of a socket nobody has any more
    opened(error, error === null ? socket : undefined);
  };
  const onReady = (): void => settle(null);
  const onClose = (): void => settle(new Error('the connection was closed while it was being made'));
  const onAbort = (): void => settle(new Error('given up'));
  socket.on(ready, onReady).on('error', settle).on('close', onClose);
  signal?.addEventListener('abort', onAbort, { once: true });
};

/** A tunnel through a proxy: CONNECT, and the proxy's yes. */
const tunnel = (proxy: URL, target: string, options: Connecting, opened: Opened): void => {
  const { request } = proxy.protocol === 'https:' ? nodeHttps() : nodeHttp();
  const headers: OutgoingHttpHeaders = { Host: target, ...proxyHeaders(proxy) };
  const ask = request({
    method: 'CONNECT',
    host: hostOf(proxy),
    port: portOf(proxy),
    path: target,
    headers,
    agent: false,
    ...(options.connecting === undefined ? {} : { signal: options.connecting }),
  });
  ask.on('error', (error) => opened(new Error(`proxy ${proxy.host}: ${error.message}`, { cause: error })));
  ask.on('response', (answer) => {
    ask.destroy();
    opened(new Error(`proxy ${proxy.host} refused: HTTP ${answer.statusCode}`));
  });
  ask.on('connect', (answer, socket) => {
    if (answer.statusCode === 200) {
      opened(null, socket);
    } else {
      socket.destroy();
      opened(new Error(`proxy ${proxy.host} refused: HTTP ${answer.statusCode}`));
    }
  });
  ask.end();
};

const lookupFor = (onlyPublic: boolean) => (onlyPublic ? { lookup: publicLookup } : {});

const secured = (socket: Duplex | null, { ca, onlyPublic, proxy }: Way, options: Connecting, opened: Opened): void => {
  const tls = process.getBuiltinModule('node:tls');
  const { isIP } = process.getBuiltinModule('node:net');
  const host = String(options.host ?? '');
  const where =
    socket === null ? { host, port: Number(options.port), ...lookupFor(onlyPublic && proxy === null) } : { socket };
  const authorities = ca === null ? {} : { ca: [...tls.getCACertificates('default'), ca] };
  const secure = tls.connect({
    ...where,
    ...authorities,
    ...(isIP(host) ? {} : { servername: host }),
    ALPNProtocols: ['http/1.1'],
  });
  secure.setNoDelay(true);
  whenReady(secure, 'secureConnect', options, opened);
};

const open = (way: Way, options: Connecting, opened: Opened): void => {
  const { isIP } = process.getBuiltinModule('node:net');
  const wanted = String(options.host);
  if (way.onlyPublic && (isIP(wanted) !== 0 ? !isPublic(wanted) : /^localhost\.?$/i.test(wanted))) {
    opened(notPublic(wanted, wanted));
    return;
  }
  const proxy = way.proxy === null ? null : new URL(way.proxy);
  const first = proxy === null ? options : { ...options, host: hostOf(proxy), port: portOf(proxy) };
  if (way.secure && proxy !== null) {
    const host = String(options.host);
    const target = `${host.includes(':') ? `[${host}]` : host}:${options.port}`;
    tunnel(proxy, target, options, (error, socket) => {
      if (socket === undefined) opened(error);
      else secured(socket, way, options, opened);
    });
  } else if (way.secure || proxy?.protocol === 'https:') {
    secured(null, way, first, opened);
  } else {
    const { connect } = process.getBuiltinModule('node:net');
    const to = {
      host: String(first.host),
      port: Number(first.port),
      noDelay: true,
      ...lookupFor(way.onlyPublic && proxy === null),
    };
    whenReady(connect(to), 'connect', options, opened);
  }
};

/**
 * An agent that hands a socket over only when it is wholly ready (connected, tunnelled, TLS agreed). So every error
 * before the `socket` event of a request proves that nothing of the request has left.
 */
export const agentFor = (way: Way): Agent => {
  const { Agent } = way.secure ? nodeHttps() : nodeHttp();
  const agent = new Agent(way.fresh ? { keepAlive: false } : { keepAlive: true, timeout: IDLE });
  agent.createConnection = (options, opened) => {
    open(way, options, (error, socket) => opened?.(error, socket as Duplex));
    return undefined;
  };
  return agent;
};
