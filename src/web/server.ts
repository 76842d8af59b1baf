import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { nodeHttp } from '../base/http-connect.ts';
import { failure } from '../model/errors.ts';
import type { Ms } from '../model/time.ts';
import { webWords } from './words.ts';

/** A request that is not whole by then is nobody's who means well. */
const SLOWEST: Ms = 10_000;
const CHECKED_EVERY: Ms = 2_000;
const MOST_CONNECTIONS = 200;

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens. Throws `port-in-use` (status 2). The program does not stay for its sake. */
export const listen = async (
  answer: (request: Request, env: object) => Response | Promise<Response>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> => {
  const listener = getRequestListener(answer as Parameters<typeof getRequestListener>[0], {
    overrideGlobalObjects: false,
  });
  const server: Server = nodeHttp().createServer(
    { connectionsCheckingInterval: CHECKED_EVERY },
    (request, response) => {
      void listener(request, response);
    },
  );
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
