import type { World } from './world.ts';
import type { SandboxMessage } from './world-event.ts';

type Given = Pick<SandboxMessage, 'chatId' | 'app' | 'recipient' | 'msgType' | 'content'> & Partial<SandboxMessage>;

/** A message that has just arrived: of its own unless it is said to answer another. */
export const newMessage = (world: World, given: Given): SandboxMessage => ({
  messageId: world.newId('om'),
  uuid: null,
  createdAt: world.now(),
  updatedAt: null,
  recalledAt: null,
  parentId: null,
  rootId: null,
  threadId: null,
  urgent: [],
  ...given,
});
