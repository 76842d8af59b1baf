import type { ServerResponse } from 'node:http';
import type { Lang } from '../../model/text.ts';
import type { World } from '../world.ts';
import { chatById, chatEntryHtml, chatPaneHtml } from './draw-chat.ts';
import { messageHtml } from './draw-message.ts';

/** One change as an event: the message as it is now, and the pieces of the page that show it. */
const eventText = (seq: number, world: World, lang: Lang): string => {
  const message = world.messages.get(world.changes[seq - 1] ?? '');
  if (message === undefined) return '';
  const chat = chatById(world, message.chatId);
  const data = {
    seq,
    message,
    html: {
      message: messageHtml(message, world, lang),
      entry: chatEntryHtml(chat, world, lang),
      pane: chatPaneHtml({ ...chat, messages: [] }, world, lang),
    },
  };
  return `id: ${seq}\nevent: message\ndata: ${JSON.stringify(data)}\n\n`;
};

/**
 * Server-sent events: one `message` for each message sent, updated or recalled after the change number `after`. A
 * number from before a restart gets `restart`: what it saw is no more.
 */
export const followChanges = ({
  world,
  response,
  lang,
  after,
  headers,
}: {
  world: World;
  response: ServerResponse;
  lang: Lang;
  after: number;
  headers: Readonly<Record<string, string>>;
}): void => {
  let seen = Number.isInteger(after) && after >= 0 ? after : world.changes.length;
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.write('retry: 1000\n\n');
  if (seen > world.changes.length) response.write('event: restart\ndata: {}\n\n');
  const tell = (): void => {
    while (seen < world.changes.length) {
      seen += 1;
      response.write(eventText(seen, world, lang));
    }
  };
  tell();
  response.on('close', world.onChange(tell));
};
