import type { Delivery } from './delivery.ts';
import type { NoticeKind } from './incident.ts';
import type { OnFailure, SecondWay, Way } from './on-failure.ts';
import { parseRecipient, type Recipient, type TargetKind } from './recipient.ts';
import type { Reason } from './run.ts';

/** Somebody whom a notice did not reach by one way, with the last word on that. */
export interface Miss extends Pick<Delivery, 'code' | 'http' | 'message' | 'reason'> {
  /** as reports show it; null: all whom that way was for, as nothing was sent at all */
  readonly to: string | null;
  readonly by: Way;
  /** null: a program */
  readonly app: string | null;
  readonly idType: TargetKind | null;
}

/** How far the latest notice of an incident has come: the ways it was tried by, who has it, and who was missed. */
export interface Hearing {
  readonly tried: readonly Way[];
  readonly heard: readonly string[];
  readonly misses: readonly Miss[];
}

export const missOf = ({ recipient, app, target, code, http, message, reason }: Delivery, by: Way): Miss => ({
  ...{ to: recipient, by, app, idType: target.idType },
  ...{ code, http, message, reason },
});

/** A way whose notice never became a message, or whose program failed. */
export const missedAll = (by: Way, to: string | null, reason: Reason | null): Miss => ({
  ...{ to, by, app: null, idType: null },
  ...{ code: null, http: null, message: null, reason },
});

/** What one way did. A way that is judged again (a late proof) replaces what it had said. */
export const afterWay = (
  before: Hearing,
  by: Way,
  { heard, misses }: Pick<Hearing, 'heard' | 'misses'>,
): Pick<Hearing, 'heard' | 'misses'> => ({
  heard: [...new Set([...before.heard, ...heard])],
  misses: [...before.misses.filter((miss) => miss.by !== by), ...misses],
});

/** Those misses that no other way made good. */
export const unmended = ({ heard, misses }: Pick<Hearing, 'heard' | 'misses'>): readonly Miss[] =>
  misses.filter(({ to }) => to === null || !heard.includes(to));

/** Of those who are to hear, who has not: everybody while no message to people was tried, then exactly those missed. */
export const stillToTell = (
  { notify, via }: Pick<OnFailure, 'notify' | 'via'>,
  hearing: Hearing,
): readonly Recipient[] => {
  const toPeople = (way: Way): boolean => way === 'first' || via?.is === 'app';
  if (!hearing.tried.some(toPeople)) return notify;
  const missed = unmended(hearing).filter(({ by }) => toPeople(by));
  if (missed.some(({ to }) => to === null)) return notify.filter(({ shown }) => !hearing.heard.includes(shown));
  const names = [...new Set(missed.flatMap(({ to }) => to ?? []))];
  // somebody of a department is missed under an id that nobody wrote
  return names.flatMap((name) => notify.find(({ shown }) => shown === name) ?? parseRecipient(name) ?? []);
};

export type WayTo =
  | { readonly way: Way; readonly is: 'people'; readonly to: readonly Recipient[]; readonly app: string | null }
  | { readonly way: 'via'; readonly is: 'other'; readonly via: Exclude<SecondWay, { is: 'app' }> };

/** Whoever heard of a failure by the second way, and by it alone, hears of its end by it, too. */
const isOwed = (way: Way, kind: NoticeKind, heardBy: readonly Way[]): boolean =>
  kind === 'recovery' && way === 'via' && heardBy.includes('via');

/**
 * The next way of a notice, and to whom; null: it is over, well or not. The first of the ways is for everybody, each
 * other one for those who were missed. `heardBy`: the ways that told of the failure whose end this may be.
 */
export const nextWay = (
  policy: Pick<OnFailure, 'notify' | 'via'>,
  ways: readonly Way[],
  hearing: Hearing,
  { kind, heardBy }: { kind: NoticeKind; heardBy: readonly Way[] },
): WayTo | null => {
  const way = ways.find((each) => !hearing.tried.includes(each));
  if (way === undefined) return null;
  const { via } = policy;
  const missed = hearing.tried.length === 0 || unmended(hearing).length > 0;
  if (way === 'via' && via !== null && via.is !== 'app')
    return missed || isOwed(way, kind, heardBy) ? { way, is: 'other', via } : null;
  // a custom bot is not reached better by another app
  const again = hearing.tried.length > 0 && way === 'via';
  const to = stillToTell(policy, hearing).filter(({ idType }) => !again || idType !== 'webhook');
  if (!missed || to.length === 0) return null;
  return { way, is: 'people', to, app: way === 'via' && via?.is === 'app' ? via.app : null };
};
