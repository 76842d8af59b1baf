import { digest } from '../../base/ids.ts';
import { type Lang, say } from '../../model/text.ts';
import { escapeHtml } from '../../picture/safe-html.ts';
import { groupName } from '../chats.ts';
import type { World } from '../world.ts';
import type { SandboxMessage } from '../world-event.ts';
import { clockTime } from './clock-time.ts';
import { messageHtml, previewOf } from './draw-message.ts';
import { pageWords } from './page-words.ts';

/** One person or group that was written to; messages oldest first. */
export interface Chat {
  readonly id: string;
  readonly name: string;
  readonly isGroup: boolean;
  readonly messages: readonly SandboxMessage[];
}

const chatOf = (world: World, id: string, messages: readonly SandboxMessage[]): Chat => {
  const recipient = messages[0]?.recipient;
  const isGroup = recipient?.idType === 'chat_id' || recipient?.idType === 'webhook';
  const name =
    recipient?.idType === 'webhook'
      ? `webhook ${recipient.id.slice(0, 8)}…`
      : isGroup
        ? groupName(id)
        : world.shown(recipient?.id ?? id);
  return { id, name, isGroup, messages };
};

/** Chats, those with the newest message first. */
export const chatsOf = (world: World): readonly Chat[] => {
  const groups = Map.groupBy(world.messages.values(), ({ chatId }) => chatId);
  const newest = ({ messages }: Chat): number => messages.at(-1)?.createdAt ?? 0;
  return [...groups]
    .map(([id, messages]) => chatOf(world, id, messages))
    .reverse()
    .sort((a, b) => newest(b) - newest(a));
};

export const chatById = (world: World, id: string): Chat =>
  chatOf(
    world,
    id,
    [...world.messages.values()].filter(({ chatId }) => chatId === id),
  );

/** An avatar's colour is the chat's own: one of six, by its id. */
const avatarHtml = ({ id, name, isGroup }: Chat): string => {
  const color = Number.parseInt(digest([id], 4), 16) % 6;
  const first = [...name.replace(/^o[unc]_(sandbox_)?/, '')][0] ?? '?';
  return `<span class="avatar c${color}${isGroup ? ' group' : ''}" aria-hidden="true">${escapeHtml(first.toUpperCase())}</span>`;
};

/** The chat's line in the list on the left. */
export const chatEntryHtml = (chat: Chat, world: World, lang: Lang): string => {
  const last = chat.messages.at(-1);
  if (last === undefined) return '';
  return `<li id="l-${escapeHtml(chat.id)}"><a href="#c-${escapeHtml(chat.id)}">${avatarHtml(chat)}<span class="name">${escapeHtml(chat.name)}</span><time>${clockTime(last.createdAt)}</time><span class="preview">${escapeHtml(previewOf(last, world, lang))}</span></a></li>`;
};

/** The chat's own pane, with or without what was said in it. */
export const chatPaneHtml = (chat: Chat, world: World, lang: Lang): string => {
  const kind = say(chat.isGroup ? pageWords.group : pageWords.person, lang);
  const messages = chat.messages.map((message) => messageHtml(message, world, lang)).join('\n');
  return `<section class="chat" id="c-${escapeHtml(chat.id)}"><header><a class="back" href="#" aria-label="${say(pageWords.back, lang)}">‹</a>${avatarHtml(chat)}<div><h2>${escapeHtml(chat.name)}</h2><small>${kind} · <code>${escapeHtml(chat.id)}</code></small></div></header><div class="messages">${messages}</div></section>`;
};
