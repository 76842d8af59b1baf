import type { Feishu } from './client.ts';
import { everyPage } from './pages.ts';
import { dataOf, hasData, type Reply } from './reply.ts';

const AT_ONCE = 50;

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : []);

/** A person as `batch_get_id` knows them: no `openId` means nobody the app may see. */
export interface Known {
  readonly openId: string | null;
  /** needs a field scope of its own; without it nobody has left */
  readonly left: boolean;
}

export type Or<T> = { readonly is: 'done'; readonly value: T } | { readonly is: 'refused'; readonly reply: Reply };

/**
 * E-mail addresses and mobile numbers as open_ids, 50 of each a call (`POST contact/v3/users/batch_get_id`; scope
 * contact:user.id:readonly). An address that nobody has, or whose owner the app may not see, has no id in the answer.
 */
export const findPeople = async (
  feishu: Feishu,
  { emails, mobiles }: { emails: readonly string[]; mobiles: readonly string[] },
): Promise<Or<{ emails: ReadonlyMap<string, Known>; mobiles: ReadonlyMap<string, Known> }>> => {
  const found = { emails: new Map<string, Known>(), mobiles: new Map<string, Known>() };
  for (let from = 0; from < Math.max(emails.length, mobiles.length); from += AT_ONCE) {
    const reply = await feishu.call({
      method: 'POST',
      path: 'contact/v3/users/batch_get_id',
      query: { user_id_type: 'open_id' },
      body: {
        emails: emails.slice(from, from + AT_ONCE),
        mobiles: mobiles.slice(from, from + AT_ONCE),
        include_resigned: true,
      },
    });
    if (reply.is !== 'answer' || reply.code !== 0) return { is: 'refused', reply };
    if (!hasData(reply)) return { is: 'refused', reply: { ...reply, lacks: 'no-data' } };
    for (const user of listOf(dataOf(reply)['user_list'])) {
      const known = { openId: text(user['user_id']), left: record(user['status'])['is_resigned'] === true };
      const email = text(user['email']);
      const mobile = text(user['mobile']);
      if (email !== null) found.emails.set(email.toLowerCase(), known);
      if (mobile !== null) found.mobiles.set(mobile, known);
    }
  }
  return { is: 'done', value: found };
};

/**
 * open_ids of everybody in a department and in those below it: `od-…` is an open_department_id, anything else a
 * department_id (`GET contact/v3/departments/:id/children?fetch_child=true`, `GET contact/v3/users/find_by_department`,
 * which knows direct members only). Only people within the app's contact range are seen.
 */
export const departmentMembers = async (feishu: Feishu, department: string): Promise<Or<string[]>> => {
  const department_id_type = department.startsWith('od-') ? 'open_department_id' : 'department_id';
  const below = await everyPage(feishu, `contact/v3/departments/${encodeURIComponent(department)}/children`, {
    department_id_type,
    fetch_child: 'true',
    page_size: String(AT_ONCE),
  });
  if (below.is === 'refused') return below;
  const ids = below.value.flatMap((one) => {
    const id = text(one[department_id_type]);
    return id === null ? [] : [id];
  });
  const people = new Set<string>();
  for (const department_id of [department, ...ids]) {
    const members = await everyPage(feishu, 'contact/v3/users/find_by_department', {
      department_id,
      department_id_type,
      user_id_type: 'open_id',
      page_size: String(AT_ONCE),
    });
    if (members.is === 'refused') return members;
    for (const member of members.value) {
      const id = text(member['open_id']);
      if (id !== null && record(member['status'])['is_resigned'] !== true) people.add(id);
    }
  }
  return { is: 'done', value: [...people] };
};
