import type { Json } from '../model/dataset.ts';
import { isDissolved, isForeignGroup, speakersOf } from './addressee.ts';
import { ok, refuse, refuseField } from './answer.ts';
import type { Endpoint } from './request.ts';
import type { World } from './world.ts';

/** Groups that are there from the start, so that `init` and `recipients` have something to choose from. */
const FIRST_GROUPS: Readonly<Record<string, string>> = {
  oc_sandbox_stores: '门店经营群 Stores',
  oc_sandbox_prices: '价格通知群 Prices',
  oc_sandbox_oncall: '系统值班群 On call',
};

/** A group's name, else its id: the sandbox takes any well-formed chat_id for a group the bot is in. */
export const groupName = (chatId: string): string => FIRST_GROUPS[chatId] ?? chatId;

const groupsOf = (world: World): readonly string[] => {
  const written = [...world.messages.values()].filter(({ recipient }) => recipient.idType === 'chat_id');
  return [...new Set([...Object.keys(FIRST_GROUPS), ...written.map(({ chatId }) => chatId)])];
};

const summary = (chatId: string): { readonly [key: string]: Json } => ({
  chat_id: chatId,
  avatar: '',
  name: groupName(chatId),
  description: '',
  external: false,
  chat_status: isDissolved(chatId) ? 'dissolved' : 'normal',
  tenant_key: 'sandbox',
});

/** `GET im/v1/chats`: the groups the bot is in, pages of at most 100; chats with one person are not among them. */
export const listChats: Endpoint = ({ query }, world) => {
  const size = Number(query.get('page_size') ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > 100) return refuseField('page_size', 'page_size must be 1 to 100');
  const from = Number(query.get('page_token') || 0);
  const groups = groupsOf(world);
  const more = from + size < groups.length;
  const items = groups.slice(from, from + size).map(summary);
  return ok({ items, page_token: more ? String(from + size) : '', has_more: more });
};

/** `GET im/v1/chats/:chat_id`. */
export const getChat: Endpoint = ({ params }) => {
  const chatId = params['chat_id'] ?? '';
  if (!/^oc_[\w-]{1,64}$/.test(chatId)) return refuse(232006);
  const { name, external, chat_status, tenant_key } = summary(chatId) as Record<string, Json>;
  const outline = {
    name: name as Json,
    external: external as Json,
    chat_status: chat_status as Json,
    tenant_key: tenant_key as Json,
  };
  if (isForeignGroup(chatId)) return ok(outline);
  return ok({
    ...outline,
    chat_mode: 'group',
    chat_type: 'private',
    moderation_permission: speakersOf(chatId),
    owner_id_type: 'open_id',
    owner_id: 'ou_sandbox_lead_01',
    at_all_permission: 'all_members',
    urgent_setting: 'all_members',
    user_count: '3',
    bot_count: '1',
  });
};

/** `GET im/v1/chats/:chat_id/members/is_in_chat`: whether the bot itself is in it. */
export const isInChat: Endpoint = ({ params }) => {
  const chatId = params['chat_id'] ?? '';
  return /^oc_[\w-]{1,64}$/.test(chatId)
    ? ok({ is_in_chat: !isForeignGroup(chatId) && !isDissolved(chatId) })
    : refuse(232006);
};
