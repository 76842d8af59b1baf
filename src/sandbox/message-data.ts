import type { Json } from '../model/dataset.ts';
import type { SandboxMessage } from './world-event.ts';

/** A message as Feishu shows it in `data` (im-v1/message/create). A recalled one keeps no content. */
export const messageData = (message: SandboxMessage): { readonly [key: string]: Json } => ({
  message_id: message.messageId,
  ...(message.rootId === null ? {} : { root_id: message.rootId }),
  ...(message.parentId === null ? {} : { parent_id: message.parentId }),
  ...(message.threadId === null ? {} : { thread_id: message.threadId }),
  msg_type: message.msgType,
  create_time: String(message.createdAt),
  update_time: String(message.updatedAt ?? message.createdAt),
  deleted: message.recalledAt !== null,
  updated: message.updatedAt !== null,
  chat_id: message.chatId,
  sender: { id: message.app, id_type: 'app_id', sender_type: 'app', tenant_key: 'sandbox' },
  body: { content: message.recalledAt === null ? message.content : 'This message was recalled' },
});
