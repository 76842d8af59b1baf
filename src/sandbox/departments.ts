import type { Json } from '../model/dataset.ts';
import { type Answer, ok, refuse, refuseField } from './answer.ts';
import type { ApiRequest, Endpoint } from './request.ts';

interface Department {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly people: readonly string[];
}

const people = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `ou_sandbox_${name}_${String(i + 1).padStart(2, '0')}`);

/** A company that is always there: a department with two below it, one of them larger than a page. */
const DEPARTMENTS: readonly Department[] = [
  { id: 'od-sandbox', name: '运营中心 Operations', parent: null, people: people('lead', 2) },
  { id: 'od-sandbox-stores', name: '门店部 Stores', parent: 'od-sandbox', people: people('store', 70) },
  // the second lead works in both
  {
    id: 'od-sandbox-oncall',
    name: '值班组 On call',
    parent: 'od-sandbox',
    people: [...people('oncall', 3), 'ou_sandbox_lead_02'],
  },
];

/** One page of at most 50 (contact-v3: find_by_department, department/children). */
const page = ({ query }: ApiRequest, all: readonly Json[]): Answer => {
  const size = Number(query.get('page_size') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 50) return refuseField('page_size', 'page_size must be 1 to 50');
  const from = Number(query.get('page_token') || 0);
  const more = from + size < all.length;
  return ok({
    items: all.slice(from, from + size),
    has_more: more,
    ...(more ? { page_token: String(from + size) } : {}),
  });
};

const departmentOf = (id: string): Department | undefined => DEPARTMENTS.find((one) => one.id === id);

/** `GET contact/v3/departments/:department_id/children`: those below it; the sandbox has one level. */
export const listChildren: Endpoint = (request) => {
  const id = request.params['department_id'] ?? '';
  if (departmentOf(id) === undefined) return refuse(40004, { ext: 'no department authority' });
  const below = DEPARTMENTS.filter(({ parent }) => parent === id);
  return page(
    request,
    below.map((one) => ({ open_department_id: one.id, department_id: one.id, name: one.name })),
  );
};

/** `GET contact/v3/users/find_by_department`: its direct members. */
export const listMembers: Endpoint = (request) => {
  const department = departmentOf(request.query.get('department_id') ?? '');
  if (department === undefined) return refuse(40004, { ext: 'no department authority' });
  return page(
    request,
    department.people.map((open_id) => ({ open_id, name: open_id })),
  );
};
