import type { Availability } from '../feishu/app-info.ts';
import type { Group } from '../feishu/chats.ts';
import type { Known, Or } from '../feishu/contact.ts';
import { consoleLink } from '../feishu/explain.ts';
import type { Reply } from '../feishu/reply.ts';
import type { App } from '../model/settings.ts';
import { SELF } from './app-state.ts';
import { type Finding, finding, lacksScope, refusal, type Where } from './finding.ts';
import type { Addressed } from './plan.ts';

export const whereOf = (app: App, { recipient, owner, jobs }: Addressed): Where & { readonly app: App } => ({
  check: owner ? 'owner' : 'recipient',
  app,
  subject: recipient.shown,
  jobs,
});

/** Asking about groups needs it; sending to them does not. */
const GROUPS = 'im:chat:readonly';

const notAsked = (where: Where & { app: App }, scope: string): Finding =>
  finding(where, 'skipped', 'needs-scope', { scope }, { link: consoleLink('scopes', where.app, [scope]) });

/** Whether the bot may speak where only some do: a bot that owns the group is not named, so it may be this one. */
const speech = (app: App, { speakers, botManagers, ownedByBot }: Group): 'yes' | 'no' | 'perhaps' => {
  if (speakers === null || speakers === 'all_members' || botManagers.includes(app.id)) return 'yes';
  return speakers === 'only_owner' && !ownedByBot ? 'no' : 'perhaps';
};

/** Is there such a group, is the bot in it, may it speak there. */
export const groupFinding = (app: App, to: Addressed, member: Or<boolean>, group: Or<Group>): Finding => {
  const where = whereOf(app, to);
  const unsaid = (reply: Reply): Finding => (lacksScope(reply) ? notAsked(where, GROUPS) : refusal(where, reply));
  if (member.is === 'refused') return unsaid(member.reply);
  if (group.is === 'refused') {
    // outside a group nothing more may be told of it
    return member.value ? unsaid(group.reply) : finding(where, 'fault', 'not-in-group', { name: to.recipient.id });
  }
  const name = group.value.name ?? to.recipient.id;
  if (group.value.status?.startsWith('dissolved')) return finding(where, 'fault', 'group-dissolved', { name });
  if (!member.value) return finding(where, 'fault', 'not-in-group', { name });
  switch (speech(app, group.value)) {
    case 'yes':
      return finding(where, 'ok', 'group-reachable', { name });
    case 'no':
      return finding(where, 'fault', 'may-not-speak', { name });
    case 'perhaps':
      return finding(where, 'warning', 'perhaps-may-not-speak', { name });
  }
};

/** What was heard of whether the app is there for somebody; null: nothing, though it was asked. */
export type Heard = Availability | Reply | null;

const isReply = (heard: Heard): heard is Reply => typeof heard === 'object' && heard !== null;

/** The scope is missing, so that nobody's availability could be asked. */
export const isUnasked = (heard: Heard): boolean => isReply(heard) && lacksScope(heard);

/** A person whose id is known. `found`: by an e-mail address or a number, which is a finding of its own. */
export const personFinding = (app: App, to: Addressed, heard: Heard, { found }: { found: boolean }): Finding => {
  const where = whereOf(app, to);
  const link = consoleLink('version', app);
  if (isReply(heard)) {
    if (!lacksScope(heard)) return refusal(where, heard);
    return found ? finding(where, 'ok', 'person-found', undefined) : notAsked(where, SELF);
  }
  switch (heard) {
    case 'available':
      return finding(where, 'ok', 'person-available', undefined);
    case 'outside':
      return finding(where, 'fault', 'person-outside', undefined, { link });
    case 'denied':
      return finding(where, 'fault', 'person-denied', undefined);
    case null:
      return finding(where, 'skipped', 'person-unsaid', undefined);
  }
};

/** An e-mail address or a number that leads to nobody; null: it leads to somebody. */
export const addressFinding = (app: App, to: Addressed, known: Known | undefined): Finding | null => {
  if (known?.left) return finding(whereOf(app, to), 'fault', 'person-left', undefined);
  return known?.openId == null ? finding(whereOf(app, to), 'fault', 'person-unknown', undefined) : null;
};

/** Nobody could be looked up. An e-mail address can be written to all the same, a number cannot. */
export const lookUpRefusal = (app: App, to: Addressed, reply: Reply): Finding => {
  const asItIs = to.recipient.idType === 'email' && lacksScope(reply);
  return refusal(whereOf(app, to), reply, asItIs ? 'skipped' : 'fault');
};

const SHOWN = 5;

/** A department's people, as the app sees them, and what was heard of each. */
export const departmentFinding = (app: App, to: Addressed, members: Or<readonly string[]>, heard: Heard[]): Finding => {
  const where = whereOf(app, to);
  if (members.is === 'refused') return refusal(where, members.reply);
  const count = members.value.length;
  if (count === 0) return finding(where, 'warning', 'department-empty', undefined);
  const outside = members.value.filter((_, i) => heard[i] === 'outside' || heard[i] === 'denied');
  if (outside.length === 0) return finding(where, 'ok', 'department-reachable', { count });
  const some = `${outside.slice(0, SHOWN).join(', ')}${outside.length > SHOWN ? ' …' : ''}`;
  const link = consoleLink('version', app);
  return finding(where, 'fault', 'department-partly', { count, outside: outside.length, some }, { link });
};

/** Many people whose availability could not be asked, as one finding. */
export const peopleNotAsked = (app: App, people: readonly Addressed[]): Finding => {
  const jobs = [...new Set(people.flatMap((one) => one.jobs))];
  const link = consoleLink('scopes', app, [SELF]);
  const where: Where = { check: 'recipient', app, jobs };
  return finding(where, 'skipped', 'people-not-asked', { count: people.length, scope: SELF }, { link });
};

/** Somebody who can only be asked by writing to them, as a webhook bot. */
export const unaskable = (app: App, to: Addressed): Finding =>
  finding(whereOf(app, to), 'skipped', 'cannot-be-asked', { recipient: to.recipient.shown });
