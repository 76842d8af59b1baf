import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who a process is, so that another one can tell that it is gone even when its number was given away again. */
export interface ProcessIdentity {
  readonly host: string;
  readonly boot: string;
  readonly pidns: string;
  readonly pid: number;
  readonly pidStart: string;
}

const attempt = (read: () => string): string => {
  try {
    return read();
  } catch {
    return ''; // not Linux, or no such process: told apart by the other fields and by the beat
  }
};

/** Field 22 of /proc/PID/stat: when the process started, in clock ticks since boot. The name before it may hold spaces. */
const startOf = (pid: number | 'self'): string =>
  attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '');

export const thisProcess = (): ProcessIdentity => ({
  host: hostname(),
  boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  pidns: attempt(() => readlinkSync('/proc/self/ns/pid')),
  pid: process.pid,
  pidStart: startOf('self'),
});

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * `dead` and `alive` are certain; `beyond` our sight (another host or container) only the beat can tell. Another boot is
 * beyond it, too: machines made from one image may have one name.
 */
export const lifeOf = (other: ProcessIdentity, me: ProcessIdentity): 'dead' | 'alive' | 'beyond' => {
  if (other.host !== me.host || other.boot !== me.boot || other.pidns !== me.pidns) return 'beyond';
  return exists(other.pid) && (other.pidStart === '' || startOf(other.pid) === other.pidStart) ? 'alive' : 'dead';
};
