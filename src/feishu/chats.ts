import type { Feishu } from './client.ts';
import type { Or } from './contact.ts';
import { everyPage } from './pages.ts';
import { dataOf } from './reply.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A group as a member sees it; from outside only its name and status are told. */
export interface Group {
  readonly name: string | null;
  /** normal, dissolved, dissolved_save */
  readonly status: string | null;
  /** who may speak: all_members, only_owner (and administrators), moderator_list */
  readonly speakers: string | null;
  /** the owner is a bot: then no owner is named */
  readonly ownedByBot: boolean;
  /** App IDs of the bots that are administrators */
  readonly botManagers: readonly string[];
}

/** `GET im/v1/chats/:chat_id` (im-v1/chat/get): scope im:chat, im:chat:read or im:chat:readonly. */
export const groupOf = async (feishu: Feishu, chatId: string): Promise<Or<Group>> => {
  const reply = await feishu.call({ method: 'GET', path: `im/v1/chats/${encodeURIComponent(chatId)}` });
  if (reply.is !== 'answer' || reply.code !== 0) return { is: 'refused', reply };
  const data = dataOf(reply);
  const managers = data['bot_manager_id_list'];
  return {
    is: 'done',
    value: {
      name: text(data['name']),
      status: text(data['chat_status']),
      speakers: text(data['moderation_permission']),
      ownedByBot: text(data['owner_id']) === null,
      botManagers: Array.isArray(managers) ? managers.filter((id) => typeof id === 'string') : [],
    },
  };
};

/** `GET im/v1/chats/:chat_id/members/is_in_chat` (chat-members/is_in_chat): whether the bot itself is a member. */
export const isMember = async (feishu: Feishu, chatId: string): Promise<Or<boolean>> => {
  const reply = await feishu.call({
    method: 'GET',
    path: `im/v1/chats/${encodeURIComponent(chatId)}/members/is_in_chat`,
  });
  if (reply.is !== 'answer' || reply.code !== 0) return { is: 'refused', reply };
  return { is: 'done', value: dataOf(reply)['is_in_chat'] === true };
};

/** A group the bot is in, as the list of them tells it. */
export interface GroupListed {
  readonly id: string;
  readonly name: string;
  /** people of other companies are in it */
  readonly external: boolean;
}

/**
 * `GET im/v1/chats` (chat/list): the groups the bot is in, without its chats with one person; the oldest first, the only
 * order in which no page moves. Dissolved ones are left out. Scope im:chat, im:chat:read or im:chat:readonly.
 */
export const groupsOfBot = async (feishu: Feishu): Promise<Or<readonly GroupListed[]>> => {
  const listed = await everyPage(feishu, 'im/v1/chats', { sort_type: 'ByCreateTimeAsc', page_size: '100' });
  if (listed.is === 'refused') return listed;
  const groups = listed.value.flatMap((chat) => {
    const id = text(chat['chat_id']);
    if (id === null || text(chat['chat_status'])?.startsWith('dissolved')) return [];
    return [{ id, name: text(chat['name']) ?? id, external: chat['external'] === true }];
  });
  return { is: 'done', value: groups };
};
