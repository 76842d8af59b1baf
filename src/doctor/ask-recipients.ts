import { AVAILABILITY_AT_ONCE, type Availability, availabilityOf } from '../feishu/app-info.ts';
import { groupOf, isMember } from '../feishu/chats.ts';
import type { Feishu } from '../feishu/client.ts';
import { understand } from '../feishu/codes.ts';
import { departmentMembers, findPeople } from '../feishu/contact.ts';
import type { Reply } from '../feishu/reply.ts';
import type { App } from '../model/settings.ts';
import type { Finding } from './finding.ts';
import type { Addressed, AppPlan } from './plan.ts';
import {
  addressFinding,
  departmentFinding,
  groupFinding,
  type Heard,
  isUnasked,
  lookUpRefusal,
  peopleNotAsked,
  personFinding,
  unaskable,
} from './recipients.ts';

type PersonId = 'open_id' | 'union_id' | 'user_id';
const PERSON_IDS: readonly string[] = ['open_id', 'union_id', 'user_id'] satisfies PersonId[];

/** Somebody of a batch is the reason why it was refused whole. */
const blamesOne = (reply: Reply): boolean => {
  if (reply.is !== 'answer' || reply.code === null) return false;
  const { code, http, msg } = reply;
  return ['recipient', 'message'].includes(understand({ code, http, msg }).class);
};

/** Whom the app is there for, up to 100 a call; a refused batch is halved until it is clear who was refused. */
const hear = async (feishu: Feishu, appId: string, idType: PersonId, ids: readonly string[]) => {
  const heard = new Map<string, Availability | Reply>();
  const ask = async (some: readonly string[]): Promise<void> => {
    if (some.length === 0) return;
    const answer = await availabilityOf(feishu, { appId, idType, ids: some });
    if (answer.is === 'done') {
      for (const [id, availability] of answer.value) heard.set(id, availability);
    } else if (some.length > 1 && blamesOne(answer.reply)) {
      const half = Math.ceil(some.length / 2);
      await ask(some.slice(0, half));
      await ask(some.slice(half));
    } else {
      for (const id of some) heard.set(id, answer.reply);
    }
  };
  for (let from = 0; from < ids.length; from += AVAILABILITY_AT_ONCE)
    await ask(ids.slice(from, from + AVAILABILITY_AT_ONCE));
  return (id: string): Heard => heard.get(id) ?? null;
};

interface Asking {
  readonly app: App;
  readonly feishu: Feishu;
  readonly signal: AbortSignal;
  readonly tell: (finding: Finding) => void;
}

const askPersons = async ({ app, feishu, tell }: Asking, people: readonly Addressed[]): Promise<void> => {
  const unasked: Addressed[] = [];
  for (const idType of PERSON_IDS as readonly PersonId[]) {
    const some = people.filter(({ recipient }) => recipient.idType === idType);
    const ids = some.map(({ recipient }) => recipient.id);
    const heardOf = await hear(feishu, app.id, idType, ids);
    for (const to of some) {
      const heard = heardOf(to.recipient.id);
      if (isUnasked(heard) && !to.owner) unasked.push(to);
      else tell(personFinding(app, to, heard, { found: false }));
    }
  }
  if (unasked.length > 0) tell(peopleNotAsked(app, unasked));
};

const askAddresses = async ({ app, feishu, tell }: Asking, people: readonly Addressed[]): Promise<void> => {
  const idsOf = (kind: string): string[] =>
    people.filter(({ recipient }) => recipient.idType === kind).map(({ recipient }) => recipient.id);
  const found = await findPeople(feishu, { emails: idsOf('email'), mobiles: idsOf('mobile') });
  if (found.is === 'refused') {
    for (const to of people) tell(lookUpRefusal(app, to, found.reply));
    return;
  }
  const knownAs = ({ recipient: { idType, id } }: Addressed) =>
    idType === 'email' ? found.value.emails.get(id.toLowerCase()) : found.value.mobiles.get(id);
  const openIds = people.flatMap((to) => knownAs(to)?.openId ?? []);
  const heardOf = await hear(feishu, app.id, 'open_id', [...new Set(openIds)]);
  for (const to of people) {
    const known = knownAs(to);
    tell(addressFinding(app, to, known) ?? personFinding(app, to, heardOf(known?.openId ?? ''), { found: true }));
  }
};

const askGroup = async ({ app, feishu, tell }: Asking, to: Addressed): Promise<void> => {
  const { id } = to.recipient;
  const [member, group] = await Promise.all([isMember(feishu, id), groupOf(feishu, id)]);
  tell(groupFinding(app, to, member, group));
};

const askDepartment = async ({ app, feishu, tell }: Asking, to: Addressed): Promise<void> => {
  const members = await departmentMembers(feishu, to.recipient.id);
  const ids = members.is === 'done' ? members.value : [];
  const heardOf = await hear(feishu, app.id, 'open_id', ids);
  tell(departmentFinding(app, to, members, ids.map(heardOf)));
};

/** Whether everybody an app writes to can be reached, asked without writing to anybody. */
export const askRecipients = async (asking: Asking, { recipients }: AppPlan): Promise<void> => {
  const kind = ({ recipient }: Addressed): string => recipient.idType;
  const persons = recipients.filter((to) => PERSON_IDS.includes(kind(to)));
  const addresses = recipients.filter((to) => ['email', 'mobile'].includes(kind(to)));
  if (persons.length > 0) await askPersons(asking, persons);
  if (addresses.length > 0) await askAddresses(asking, addresses);
  for (const to of recipients) {
    if (asking.signal.aborted) return;
    if (kind(to) === 'chat_id') await askGroup(asking, to);
    else if (kind(to) === 'department') await askDepartment(asking, to);
    else if (!persons.includes(to) && !addresses.includes(to)) asking.tell(unaskable(asking.app, to));
  }
};
