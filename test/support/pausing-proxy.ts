import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on this machine on which packets may be swallowed for a while, as by a network that fails half. */
export const pausingProxy = async (port: number) => {
  let swallows = false;
  let cutAfter: string | null = null;
  let to = port;
  const open = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    open.add(from);
    from.on('data', (data) => {
      // what is swallowed is lost, and its connection with it
      if (swallows) return;
      to.write(data);
      if (cutAfter === null || !data.includes(cutAfter)) return;
      cutAfter = null;
      // the server has the question, and nobody hears its answer
      to.end();
      from.destroy();
    });
    from.on('close', () => {
      open.delete(from);
      if (!swallows && !to.writableEnded) to.destroy();
    });
    from.on('error', () => {});
  };
  // else each small packet waits 40 ms for the one before to be acknowledged, and a transaction for all its packets
  const server = createServer({ noDelay: true }, (client) => {
    const there = connect({ port: to, host: '127.0.0.1', noDelay: true });
    pass(client, there);
    pass(there, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as { port: number };
  return {
    port: own,
    swallow: (): void => {
      swallows = true;
    },
    /** the next question with these words in it reaches the server, and its answer nobody */
    cut: (after: string): void => {
      cutAfter = after;
    },
    /** the connections that were open are gone; new ones work */
    mend: (): void => {
      swallows = false;
      for (const socket of open) socket.destroy();
    },
    /** nobody listens any more, and what was open is gone */
    refuse: (): void => {
      for (const socket of open) socket.destroy();
      server.close();
    },
    /** … and again, for a server at this port */
    accept: (next: number): Promise<void> => {
      to = next;
      return new Promise((resolve) => server.listen(own, '127.0.0.1', resolve));
    },
    close: (): void => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
};
