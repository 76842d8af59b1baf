import { spawn } from 'node:child_process';

/** What systemd is told: sd_notify(3). */
export type Notice = 'READY=1' | 'WATCHDOG=1' | 'STOPPING=1';

/**
 * Tells systemd how it goes, where it asked for it. Node.js opens no datagram sockets of the file system, so systemd's own
 * `systemd-notify` does (hence `NotifyAccess=all` in the unit). Nothing waits for it, and a machine without it is no fault.
 */
export const createNotifier = (environment: Readonly<Record<string, string | undefined>>) => {
  const socket = environment['NOTIFY_SOCKET'];
  return (notice: Notice): void => {
    if (socket === undefined || socket === '') return;
    const child = spawn('systemd-notify', [`--pid=${process.pid}`, notice], {
      stdio: 'ignore',
      env: { PATH: environment['PATH'] ?? '/usr/bin:/bin', NOTIFY_SOCKET: socket },
    });
    child.on('error', () => {});
    child.unref();
  };
};
