import type { Feishu } from '../feishu/client.ts';
import { type HistoryItem, historyPage } from '../feishu/history.ts';
import { outcomeOf } from '../feishu/outcomes.ts';
import { ANY_MARKER, hasMarkerPlace, markerOf } from '../model/marker.ts';
import type { Look } from '../model/settle.ts';
import { MINUTE } from '../model/time.ts';
import type { Unsent } from './channel.ts';

/** A chat in which more than this was said meanwhile is left to a person. */
const MOST_PAGES = 40;

/** Contents that history gives back as they were sent; a text with a mention comes back with another in its place. */
const isComparable = ({ msgType, body }: Unsent['content']): boolean =>
  msgType === 'image' || msgType === 'file' || (msgType === 'text' && !body.includes('<at '));

const sameJson = (a: string, b: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
};

type Verdict = 'it' | 'maybe' | 'other';

const verdictOn = (item: HistoryItem, { content, uuid }: Unsent): Verdict => {
  if (hasMarkerPlace(content.body)) {
    if (item.content.includes(markerOf(uuid))) return 'it';
    // a card of ours in which no marker is left to read could be the one
    return item.msgType === 'interactive' && !ANY_MARKER.test(item.content) ? 'maybe' : 'other';
  }
  if (item.msgType !== content.msgType) return item.deleted ? 'maybe' : 'other';
  if (!isComparable(content)) return 'maybe';
  return sameJson(item.content, content.body) ? 'it' : 'other';
};

/**
 * Looks for a message in the history of its chat, from a minute before its first try to five after its last. `absent`
 * only when the whole stretch was read and nothing in it could be the message.
 */
export const lookFor = async (feishu: Feishu, appId: string, unsent: Unsent, signal?: AbortSignal): Promise<Look> => {
  const { chatId } = unsent;
  if (chatId === null) return { is: 'cannot-tell' };
  let page: string | null = null;
  let maybe = false;
  for (let read = 0; read < MOST_PAGES; read++) {
    const answer = await historyPage(
      feishu,
      { chatId, since: unsent.since - MINUTE, until: unsent.until + 5 * MINUTE, page },
      signal,
    );
    if ('is' in answer) {
      const { is } = outcomeOf(answer);
      return { is: is === 'rejected' ? 'cannot-tell' : 'later' };
    }
    for (const item of answer.items) {
      if (item.senderApp !== appId) continue;
      const verdict = verdictOn(item, unsent);
      if (verdict === 'other' || (await unsent.known(item.messageId))) continue;
      if (verdict === 'it') return { is: 'found', messageId: item.messageId, chatId };
      maybe = true;
    }
    page = answer.next;
    if (page === null) return { is: maybe ? 'cannot-tell' : 'absent' };
  }
  return { is: 'cannot-tell' };
};
