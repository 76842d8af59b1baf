import type { BatchProgress, Content } from '../model/delivery.ts';
import { personType } from '../model/recipient.ts';
import type { Feishu } from './client.ts';
import { bareContent } from './messages.ts';
import { dataOf, type Reply } from './reply.ts';

const LISTS = { open_id: 'open_ids', union_id: 'union_ids', user_id: 'user_ids' } as const;

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
const count = (value: unknown): number => (typeof value === 'number' && value >= 0 ? value : Number(value) || 0);

/** `POST message/v4/batch_send/` (im-v1/batch_message): up to 200 people a call, no uuid; Feishu sends in its own time. */
export const sendBatch = (
  feishu: Feishu,
  { people, content, guard }: { people: readonly string[]; content: Content; guard?: () => boolean },
  signal?: AbortSignal,
): Promise<Reply> => {
  const lists = Map.groupBy(people, (id) => LISTS[personType(id)]);
  return feishu.call(
    {
      method: 'POST',
      path: 'message/v4/batch_send/',
      body: { ...bareContent(content), ...Object.fromEntries(lists) },
      operation: 'batch',
      fresh: true,
      ...(guard === undefined ? {} : { guard }),
    },
    signal,
  );
};

/** Those of a batch whom Feishu says it cannot reach. */
export const unreachedBy = (reply: Reply): string[] => {
  if (reply.is !== 'answer') return [];
  const data = dataOf(reply);
  return Object.values(LISTS).flatMap((list) => texts(data[`invalid_${list}`]));
};

/** `GET im/v1/batch_messages/:id/get_progress`; null when Feishu does not say. `valid` may be 0 until it has begun. */
export const batchProgress = async (
  feishu: Feishu,
  id: string,
  signal?: AbortSignal,
): Promise<BatchProgress | null> => {
  const reply = await feishu.call(
    { method: 'GET', path: `im/v1/batch_messages/${encodeURIComponent(id)}/get_progress` },
    signal,
  );
  if (reply.is !== 'answer' || reply.code !== 0) return null;
  const progress = dataOf(reply)['batch_message_send_progress'];
  if (typeof progress !== 'object' || progress === null) return null;
  const numbers = progress as Readonly<Record<string, unknown>>;
  return {
    valid: count(numbers['valid_user_ids_count']),
    success: count(numbers['success_user_ids_count']),
    read: count(numbers['read_user_ids_count']),
  };
};

/** `DELETE im/v1/batch_messages/:id`: asynchronous, within the time that the tenant's admin allows. */
export const recallBatch = (feishu: Feishu, id: string, signal?: AbortSignal): Promise<Reply> =>
  feishu.call({ method: 'DELETE', path: `im/v1/batch_messages/${encodeURIComponent(id)}` }, signal);
