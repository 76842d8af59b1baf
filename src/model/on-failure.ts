import type { Place } from './errors.ts';
import type { Recipient } from './recipient.ts';
import type { Ms } from './time.ts';

/** How people hear of a failure when the app that would tell them is what failed. */
export type SecondWay = { readonly at: Place | null } & (
  | { readonly is: 'app'; readonly app: string }
  | { readonly is: 'webhook'; readonly recipient: Recipient }
  /** a program, started without a shell, that is given the notice as text on its standard input */
  | { readonly is: 'command'; readonly argv: readonly string[]; readonly timeout: Ms }
);

/** Who hears of a job's failures, when, how often, and how if the first way is what failed. */
export interface OnFailure {
  /** empty: nobody */
  readonly notify: readonly Recipient[];
  /** so many runs in a row must fail before the first notice */
  readonly after: number;
  /** between two reminders while it stays open; null: none */
  readonly remind: Ms | null;
  readonly via: SecondWay | null;
}

/** `first` is a message of the app whose job it is, `via` what the settings name beside it. */
export type Way = 'first' | 'via';

/**
 * The ways of a notice in the order in which they are tried, each once. A broken app is not asked first to say that it
 * is broken; an app that is its own second way is none.
 */
export const waysOf = (
  { notify, via }: Pick<OnFailure, 'notify' | 'via'>,
  first: { readonly app: string; readonly broken: boolean },
): readonly Way[] => {
  const people = notify.length > 0;
  const usable = via !== null && (via.is === 'app' ? people && via.app !== first.app : true);
  const ways: readonly Way[] = [...(people ? (['first'] as const) : []), ...(usable ? (['via'] as const) : [])];
  return first.broken ? ways.toReversed() : ways;
};

/**
 * Who hears of an app's fault: everybody who would have heard of one of its jobs, by the first second way that is not
 * the app itself. Of no known job: as the settings say.
 */
export const togetherOf = (all: readonly OnFailure[], settings: OnFailure, app: string): OnFailure => {
  if (all.length === 0) return settings;
  const elsewhere = [settings, ...all].flatMap(({ via }) =>
    via === null || (via.is === 'app' && via.app === app) ? [] : [via],
  );
  const reminders = all.flatMap(({ remind }) => (remind === null ? [] : [remind]));
  return {
    notify: all.flatMap(({ notify }) => notify),
    after: Math.min(...all.map(({ after }) => after)),
    remind: reminders.length === 0 ? null : Math.min(...reminders),
    via: elsewhere[0] ?? null,
  };
};
