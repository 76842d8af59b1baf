import type { Text } from '../model/text.ts';
import type { Context } from './context.ts';

/** What a program started by cron or a person reads: see docs/reference/commands. */
export type ExitStatus = 0 | 1 | 2 | 3 | 70 | 130 | 143;

export interface Option {
  /** as commander reads it: `--to <recipient>` */
  readonly flags: string;
  readonly summary: Text;
  /** may be given several times */
  readonly many?: boolean;
}

export const option = (flags: string, zh: string, en: string, many = false): Option => ({
  flags,
  summary: { zh, en },
  many,
});

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export type Act = (
  call: { readonly args: readonly string[]; readonly options: Options },
  context: Context,
) => Promise<ExitStatus>;

/** One verb: how it is called, in words, and where its code is. The code is loaded only when the verb is used. */
export interface Command {
  readonly name: string;
  readonly alias?: string;
  /** as commander reads it: `<job...>` */
  readonly args?: string;
  readonly summary: Text;
  readonly options?: readonly Option[];
  readonly load?: () => Promise<Act>;
  /** the same on a running daemon, when --server names one */
  readonly remote?: () => Promise<Act>;
  readonly commands?: readonly Command[];
}

export const text = (options: Options, name: string): string | null => {
  const value = options[name];
  return typeof value === 'string' ? value : null;
};

export const texts = (options: Options, name: string): readonly string[] => {
  const value = options[name];
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
};

export const flag = (options: Options, name: string): boolean => options[name] === true;
