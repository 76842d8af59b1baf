import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The same database behind a network: what is asked of it takes `ms` longer to get there. */
export const farAway = async (url: string, ms: number): Promise<{ readonly url: string; close(): void }> => {
  const { port } = new URL(url);
  const server = createServer({ noDelay: true }, (client) => {
    const there = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
    client.on('data', (data) => void pause(ms).then(() => there.write(data)));
    client.on('close', () => there.end()).on('error', () => {});
    there.on('error', () => {}).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as { port: number };
  return { url: url.replace(`:${port}/`, `:${own}/`), close: () => server.close() };
};
