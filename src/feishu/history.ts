import { type Ms, SECOND } from '../model/time.ts';
import type { Feishu } from './client.ts';
import { dataOf, type Reply } from './reply.ts';

/** A message as a chat's history has it. */
export interface HistoryItem {
  readonly messageId: string;
  readonly msgType: string;
  readonly deleted: boolean;
  /** the app's id when a bot sent it */
  readonly senderApp: string | null;
  /** the JSON string of its content */
  readonly content: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const itemOf = (value: unknown): HistoryItem => {
  const item = record(value);
  const sender = record(item['sender']);
  return {
    messageId: text(item['message_id']),
    msgType: text(item['msg_type']),
    deleted: item['deleted'] === true,
    senderApp: sender['id_type'] === 'app_id' ? text(sender['id']) : null,
    content: text(record(item['body'])['content']),
  };
};

/**
 * One page of a chat's messages between two times of Feishu's (`GET im/v1/messages`, im-v1/message/list; seconds, at most
 * 50). `user_card_content` asks for cards as they were sent. Groups need the scope `im:message.group_msg`.
 */
export const historyPage = async (
  feishu: Feishu,
  { chatId, since, until, page }: { chatId: string; since: Ms; until: Ms; page: string | null },
  signal?: AbortSignal,
): Promise<{ items: readonly HistoryItem[]; next: string | null } | Reply> => {
  const reply = await feishu.call(
    {
      method: 'GET',
      path: 'im/v1/messages',
      query: {
        container_id_type: 'chat',
        container_id: chatId,
        start_time: String(Math.floor(since / SECOND)),
        end_time: String(Math.ceil(until / SECOND)),
        sort_type: 'ByCreateTimeAsc',
        page_size: '50',
        card_msg_content_type: 'user_card_content',
        ...(page === null ? {} : { page_token: page }),
      },
    },
    signal,
  );
  if (reply.is !== 'answer' || reply.code !== 0) return reply;
  const data = dataOf(reply);
  const items = Array.isArray(data['items']) ? data['items'].map(itemOf) : [];
  return { items, next: data['has_more'] === true ? text(data['page_token']) || null : null };
};
