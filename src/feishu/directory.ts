import { DAY, type Ms } from '../model/time.ts';
import type { Feishu } from './client.ts';
import { departmentMembers, findPeople, type Known } from './contact.ts';
import { type Unavailable, unavailable } from './unavailable.ts';

/** Where ids that were found are kept, for all processes. */
export interface DirectoryStore {
  known(app: string, refs: readonly string[]): Promise<ReadonlyMap<string, { openId: string; seenAt: Ms }>>;
  learn(app: string, found: ReadonlyMap<string, string>): Promise<void>;
}

/** An address rarely changes its owner; one that was found today is not asked for again. */
const FRESH: Ms = DAY;
/** When Feishu cannot be asked, an older id is better than none. */
const USABLE: Ms = 30 * DAY;

type Person = { readonly is: 'found'; readonly openId: string } | { readonly is: 'not-found' | 'left' };
const personOf = (known: Known | undefined): Person => {
  if (known?.left) return { is: 'left' };
  return known?.openId == null ? { is: 'not-found' } : { is: 'found', openId: known.openId };
};

/** People and departments of a tenant, as an app sees them; ids are remembered, with their age. */
export const createDirectory = (deps: {
  feishu: (app: string) => Feishu | null;
  store: DirectoryStore;
  now: () => Ms;
}) => ({
  people: async (app: string, refs: readonly string[]): Promise<ReadonlyMap<string, Person> | Unavailable> => {
    const kept = await deps.store.known(app, refs);
    const within =
      (age: Ms) =>
      (ref: string): boolean =>
        deps.now() - (kept.get(ref)?.seenAt ?? 0) < age;
    const people = new Map<string, Person>();
    const remember = (ref: string): void => {
      people.set(ref, { is: 'found', openId: kept.get(ref)?.openId ?? '' });
    };
    refs.filter(within(FRESH)).forEach(remember);
    const missing = refs.filter((ref) => !people.has(ref));
    const feishu = deps.feishu(app);
    if (missing.length === 0 || feishu === null) return people;
    const ids = (kind: string): string[] =>
      missing.filter((ref) => ref.startsWith(`${kind}:`)).map((ref) => ref.slice(kind.length + 1));
    const answer = await findPeople(feishu, { emails: ids('email'), mobiles: ids('mobile') });
    if (answer.is === 'refused') {
      if (!missing.every(within(USABLE))) return unavailable(answer.reply);
      missing.forEach(remember);
      return people;
    }
    const learnt = new Map<string, string>();
    for (const ref of missing) {
      const id = ref.slice(ref.indexOf(':') + 1);
      const person = personOf(ref.startsWith('email:') ? answer.value.emails.get(id) : answer.value.mobiles.get(id));
      people.set(ref, person);
      if (person.is === 'found') learnt.set(ref, person.openId);
    }
    await deps.store.learn(app, learnt);
    return people;
  },

  members: async (app: string, department: string): Promise<readonly string[] | Unavailable> => {
    const feishu = deps.feishu(app);
    if (feishu === null) return [];
    const answer = await departmentMembers(feishu, department);
    return answer.is === 'refused' ? unavailable(answer.reply) : answer.value;
  },
});
