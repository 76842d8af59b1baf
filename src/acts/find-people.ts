import { lacksScope, refusal } from '../doctor/finding.ts';
import { type GroupListed, groupsOfBot } from '../feishu/chats.ts';
import type { Feishu } from '../feishu/client.ts';
import { findPeople } from '../feishu/contact.ts';
import { consoleLink } from '../feishu/explain.ts';
import type { Reply } from '../feishu/reply.ts';
import { failure, type LarkcronError } from '../model/errors.ts';
import { LOOKS } from '../model/recipient.ts';
import type { App } from '../model/settings.ts';
import type { Text } from '../model/text.ts';
import { runWords } from '../run/words.ts';
import { peopleWords } from './people-words.ts';

/** What somebody is looked for by: what Feishu is asked, and what was written. */
export interface Address {
  readonly kind: 'email' | 'mobile';
  readonly id: string;
}

/** An e-mail address or a mobile number, else null; blanks and dashes in a number mean nothing. */
export const addressIn = (written: string): Address | null => {
  const id = written.trim();
  if (LOOKS.email?.[0].test(id)) return { kind: 'email', id };
  return LOOKS.mobile?.[0].test(id) ? { kind: 'mobile', id: id.replaceAll(/[ -]/g, '') } : null;
};

/** Each question's scope: with either of them it is answered. */
export const GROUPS_SCOPE = 'im:chat:readonly';
export const PEOPLE_SCOPE = 'contact:user.id:readonly';

const LIST_GROUPS: Text = { zh: '列出机器人所在的群', en: "list the bot's groups" };
const FIND_PEOPLE: Text = { zh: '用邮箱或手机号找人', en: 'find people by e-mail address or mobile number' };

/** A question that Feishu did not answer, with what to do: the scope that is missing and where it is granted, or why. */
const refused = (reply: Reply, { app, what, scope }: { app: App; what: Text; scope: string }): LarkcronError => {
  if (lacksScope(reply))
    return failure(peopleWords, 'needs-scope', { scope, what, link: consoleLink('scopes', app, [scope]) ?? '' });
  const { message, hint, link } = refusal({ check: 'recipient', app }, reply);
  const todo = { zh: `${hint?.zh ?? ''} ${link ?? ''}`.trim(), en: `${hint?.en ?? ''} ${link ?? ''}`.trim() };
  return failure(peopleWords, 'cannot-ask', { what, why: message, todo });
};

/** All groups the bot is in. Throws `needs-scope`, `cannot-ask`. */
export const listGroups = async (feishu: Feishu, app: App): Promise<readonly GroupListed[]> => {
  const listed = await groupsOfBot(feishu);
  if (listed.is === 'refused') throw refused(listed.reply, { app, what: LIST_GROUPS, scope: GROUPS_SCOPE });
  // a group is named by its members: nothing in it is to reach the terminal as a command
  return listed.value.map((each) => ({ ...each, name: each.name.replaceAll(/\p{Cc}+/gu, ' ') }));
};

/** Those whose name or id has the words in it, in any case. */
export const groupsLike = (groups: readonly GroupListed[], words: string): readonly GroupListed[] => {
  const wanted = words.trim().toLowerCase();
  return groups.filter(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase().includes(wanted));
};

/** The open_id of whoever has an address. Throws `recipient-not-found`, `has-left`, `needs-scope`, `cannot-ask`. */
export const findPerson = async (feishu: Feishu, app: App, { kind, id }: Address): Promise<string> => {
  const asked = { emails: kind === 'email' ? [id] : [], mobiles: kind === 'mobile' ? [id] : [] };
  const found = await findPeople(feishu, asked);
  if (found.is === 'refused') throw refused(found.reply, { app, what: FIND_PEOPLE, scope: PEOPLE_SCOPE });
  const [known] = [...found.value.emails.values(), ...found.value.mobiles.values()];
  if (known?.left) throw failure(peopleWords, 'has-left', { query: id });
  if (known?.openId == null) throw failure(runWords, 'recipient-not-found', { recipient: id });
  return known.openId;
};
