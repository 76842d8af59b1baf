import type { Ms } from '../model/time.ts';
import { hostOf, portOf } from './http-connect.ts';

/** Whether something takes connections at an address: null, or what stood in the way. Nothing is said to it. */
export const reach = (address: string, within: Ms): Promise<string | null> =>
  new Promise((resolve) => {
    const { connect } = process.getBuiltinModule('node:net');
    const url = new URL(address);
    const socket = connect({ host: hostOf(url), port: portOf(url), timeout: within });
    const end = (why: string | null): void => {
      socket
        .removeAllListeners('error')
        .on('error', () => {})
        .destroy();
      resolve(why);
    };
    socket.on('connect', () => end(null));
    socket.on('timeout', () => end(`no connection within ${within} ms`));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
