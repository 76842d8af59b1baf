import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { nodeHttp } from '../base/http-connect.ts';
import { failure } from '../model/errors.ts';
import type { Ms } from '../model/time.ts';
import { webWords } from './words.ts';

/** A request that is not whole by then is nobody's who means well. */
const SLOWEST: Ms = 10_000;
const CHECKED_EVERY: Ms = 2_000;
const MOST_CONNECTIONS = 200;
/** An answer that nobody takes for so long is given up. Who listens for changes is sent something more often than that. */
const UNREAD: Ms = 60_000;

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens. Throws `port-in-use` (status 2). The program does not stay for its sake. */
export const listen = async (
  answer: (request: Request, env: object) => Response | Promise<Response>,
  { host, port, unread = UNREAD }: { readonly host: string; readonly port: number; readonly unread?: Ms },
): Promise<Listening> => {
  const answering = new WeakMap<Socket, ServerResponse>();
  const listener = getRequestListener(answer as Parameters<typeof getRequestListener>[0], {
    overrideGlobalObjects: false,
  });
  const server: Server = nodeHttp().createServer(
    { connectionsCheckingInterval: CHECKED_EVERY },
    (request, response) => {
      answering.set(request.socket, response);
      void listener(request, response);
    },
  );
  // of what is still being made (a dry run asks every source) there is nothing to take yet
  server.setTimeout(unread, (socket) => {
    const response = answering.get(socket);
    if (response === undefined || response.headersSent) socket.destroy();
  });
  server.requestTimeout = SLOWEST;
  server.headersTimeout = SLOWEST;
  server.maxConnections = MOST_CONNECTIONS;
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
    port: bound,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
