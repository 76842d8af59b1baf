import type { Job } from '../model/job.ts';

/** Two keys of a job, or a key and a recipient, that cannot go together. */
export interface Conflict {
  readonly key: string;
  readonly other: string;
}

/**
 * What Feishu's calls cannot do: a card alone can be renewed, once a day's messages are one card they are no thread,
 * a batch takes one message to people and has no ids to renew or answer, and a custom bot has neither ids nor uploads.
 */
export const conflictsOf = (
  { message, attach, batch, urgent, to, each }: Job,
  { update, thread }: { readonly update: boolean; readonly thread: boolean },
): Conflict[] => {
  const { kind } = message;
  const pairs: (readonly [boolean, string, string])[] = [
    [update && thread, 'thread', 'update'],
    [update && kind !== 'card' && kind !== 'raw', 'update', kind],
    [update && attach.length > 0, 'attach', 'update'],
    [batch && update, 'update', 'batch'],
    [batch && thread, 'thread', 'batch'],
    [batch && urgent !== null, 'urgent', 'batch'],
    [batch && attach.length > 0, 'attach', 'batch'],
    [batch && kind === 'file', 'batch', 'file'],
    [batch && kind === 'post', 'batch', 'post'],
    [batch && kind === 'template', 'batch', 'template'],
    [batch && each !== null, 'batch', 'to: { from }'],
  ];
  const found = pairs.filter(([clash]) => clash).map(([, key, other]) => ({ key, other }));
  const group = to.find(({ idType }) => idType === 'chat_id' || idType === 'webhook');
  if (batch && group !== undefined) found.push({ key: 'batch', other: group.shown });
  const bot = to.find(({ idType }) => idType === 'webhook');
  if (bot === undefined) return found;
  const needsApp = [
    update ? 'update' : null,
    thread ? 'thread' : null,
    attach.length > 0 ? 'attach' : null,
    kind === 'image' || kind === 'file' || kind === 'post' ? kind : null,
  ];
  return [...found, ...needsApp.filter((key) => key !== null).map((key) => ({ key, other: bot.shown }))];
};
