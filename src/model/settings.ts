import type { Calendar } from './calendar.ts';
import type { Guard } from './guard.ts';
import type { LoginSettings } from './login.ts';
import type { OnFailure } from './on-failure.ts';
import type { Recipient } from './recipient.ts';
import type { QuietHours } from './schedule.ts';
import type { Lang } from './text.ts';
import { DAY, type Ms } from './time.ts';

/** One Feishu app: who sends. `endpoint` is a base URL without a trailing slash. */
export interface App {
  readonly name: string;
  readonly id: string;
  readonly secret: string;
  readonly endpoint: string;
}

/** A custom bot of one group: its address is its password. `secret` signs what is sent to it. */
export interface Webhook {
  readonly name: string;
  readonly url: string;
  readonly secret: string | null;
}

export interface LogSettings {
  readonly format: 'text' | 'json';
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** bytes a log file may have before it is rotated */
  readonly maxSize: number;
  /** rotated files that stay */
  readonly keep: number;
}

/** What larkcron may send in a second and in a minute for one app, and to one person or group in a second. */
export interface Limits {
  readonly perSecond: number;
  readonly perMinute: number;
  readonly perTarget: number;
}

/** Where the console listens when nobody says where. */
export const CONSOLE_PORT = 8420;

/** Where the console listens, and by which address people reach it when that is another one; null: not said. */
export interface ConsoleSettings {
  readonly host: string | null;
  readonly port: number | null;
  readonly url: string | null;
  /** beside tokens: how people log in */
  readonly login: LoginSettings;
}

/** Where the ledger is: a file on this machine, or a schema of a PostgreSQL database that several nodes share. */
export type LedgerPlace =
  | { readonly is: 'sqlite'; readonly file: string }
  | { readonly is: 'postgres'; readonly url: string; readonly schema: string; readonly pool: number };

/** For how long runs are kept, counted from when they were opened, and the tries of their messages. */
export interface Retention {
  readonly runs: Ms;
  readonly attempts: Ms;
}

/** larkcron.yaml, read. Paths are absolute. */
export interface Settings {
  readonly file: string;
  readonly directory: string;
  readonly timezone: string;
  readonly lang: Lang;
  readonly apps: Readonly<Record<string, App>>;
  readonly ledger: LedgerPlace;
  readonly owner: Recipient | null;
  /** of jobs that say nothing else, and of failures that belong to no job */
  readonly onFailure: OnFailure;
  readonly recipients: Readonly<Record<string, readonly Recipient[]>>;
  /** a watcher's address, pinged each minute while larkcron is at work */
  readonly heartbeat: string | null;
  /** of jobs that have none of their own */
  readonly quiet: readonly QuietHours[];
  /** the days on which jobs may run, by name */
  readonly calendars: Readonly<Record<string, Calendar>>;
  readonly limits: Limits;
  readonly log: LogSettings;
  readonly retention: Retention;
  /** an HTTP(S) proxy for calls to Feishu, from settings or the environment */
  readonly proxy: string | null;
  /** PEM of an authority that every request trusts beside the usual ones */
  readonly ca: string | null;
  /** the `http` source reaches no private address */
  readonly onlyPublic: boolean;
  readonly console: ConsoleSettings;
  readonly guard: Guard;
}

/** Feishu's own figures for sending (im-v1/message/create): the most that settings may allow. */
export const QUOTA: Limits = { perSecond: 50, perMinute: 1_000, perTarget: 5 };

/** Four per cent below Feishu's own figures, to leave room for clocks (Feishu: 50/s, 1000/min, 5/s per chat). */
export const DEFAULT_LIMITS: Limits = { perSecond: 48, perMinute: 960, perTarget: 5 };
export const DEFAULT_LOG: LogSettings = { format: 'text', level: 'info', maxSize: 10 * 1024 * 1024, keep: 5 };
/** More than a year, so that this day can be compared with the one a year ago. */
export const DEFAULT_RETENTION: Retention = { runs: 400 * DAY, attempts: 90 * DAY };
export const DEFAULT_TIMEOUT: Ms = 30_000;
