import { consoleLink } from '../feishu/explain.ts';
import { blocksOf } from '../model/card.ts';
import { URGENCIES } from '../model/delivery.ts';
import type { Job } from '../model/job.ts';
import type { App } from '../model/settings.ts';
import { type Finding, finding, type Where } from './finding.ts';
import { USE_WORDS } from './words.ts';

export type Use = keyof typeof USE_WORDS;

/** Any one of these scopes will do; the first is the one to ask for. Without it: messages fail, or something less. */
interface Need {
  readonly anyOf: readonly [string, ...string[]];
  readonly without: 'fault' | 'warning';
}

const READ: Need['anyOf'] = ['im:message:readonly', 'im:message', 'im:message.history:readonly'];

/**
 * What each use of Feishu needs of an app's own scopes (im-v1/message: create, delete, list; im-v1/image, file: create;
 * contact-v3: user/batch_get_id, user/find_by_department, department/children; bitable-v1: records/search, fields;
 * sheets-v2, v3; wiki-v2: get_node).
 */
export const NEEDS: Readonly<Record<Use, Need>> = {
  send: { anyOf: ['im:message:send_as_bot', 'im:message', 'im:message:send'], without: 'fault' },
  recall: { anyOf: ['im:message:send_as_bot', 'im:message', 'im:message:recall'], without: 'warning' },
  'look-up-mobiles': { anyOf: ['contact:user.id:readonly'], without: 'fault' },
  'look-up-emails': { anyOf: ['contact:user.id:readonly'], without: 'warning' },
  departments: {
    anyOf: [
      'contact:contact.base:readonly',
      'contact:department.organize:readonly',
      'contact:contact:readonly_as_app',
      'contact:contact:readonly',
      'contact:contact:access_as_app',
    ],
    without: 'fault',
  },
  'user-ids': { anyOf: ['contact:user.employee_id:readonly'], without: 'fault' },
  upload: { anyOf: ['im:resource', 'im:resource:upload'], without: 'fault' },
  batch: { anyOf: ['im:message:send_multi_users'], without: 'fault' },
  'urgent-app': { anyOf: ['im:message.urgent'], without: 'warning' },
  'urgent-sms': { anyOf: ['im:message.urgent:sms'], without: 'warning' },
  'urgent-phone': { anyOf: ['im:message.urgent:phone'], without: 'warning' },
  'look-in-chats': { anyOf: READ, without: 'warning' },
  'read-bases': { anyOf: ['bitable:app:readonly', 'bitable:app'], without: 'fault' },
  'read-sheets': {
    anyOf: ['sheets:spreadsheet:readonly', 'sheets:spreadsheet', 'drive:drive:readonly', 'drive:drive'],
    without: 'fault',
  },
  'read-wikis': { anyOf: ['wiki:wiki:readonly', 'wiki:wiki', 'wiki:node:read'], without: 'fault' },
  // in groups besides one of those above
  'look-in-groups': { anyOf: ['im:message.group_msg'], without: 'warning' },
};

/** Kinds of messages and blocks of cards that are uploaded before they are sent. */
const UPLOADED: readonly string[] = ['image', 'file'];

const uploads = ({ message, attach }: Job): boolean =>
  attach.length > 0 ||
  UPLOADED.includes(message.kind) ||
  (message.kind === 'card' && blocksOf(message.card.body).some(({ block }) => UPLOADED.includes(block)));

/** What a job asks of Feishu. One e-mail address alone needs no look-up: Feishu takes it as it is. */
export const usesOf = (job: Job): Use[] => {
  const has = (kind: string): boolean => job.to.some(({ idType }) => idType === kind) || job.each?.type === kind;
  const uses: readonly (readonly [Use, boolean])[] = [
    ['send', true],
    ['recall', true],
    ['look-up-mobiles', has('mobile')],
    ['look-up-emails', has('email') && (job.to.length > 1 || job.each !== null || job.batch || job.urgent !== null)],
    ['departments', has('department')],
    ['user-ids', has('user_id')],
    ['upload', uploads(job)],
    ['batch', job.batch],
    ...URGENCIES.map((by) => [`urgent-${by}` as const, job.urgent?.by === by] as const),
    ['look-in-chats', true],
    ['look-in-groups', has('chat_id')],
  ];
  return uses.flatMap(([use, is]) => (is ? [use] : []));
};

/** What a job's sources ask of Feishu, with the app they ask as. */
export const documentUses = (job: Job): readonly (readonly [app: string, use: Use])[] =>
  Object.values(job.data).flatMap((spec) => {
    if (spec.source !== 'bitable' && spec.source !== 'sheet') return [];
    const app = spec.app ?? job.app;
    const own = [app, spec.source === 'bitable' ? 'read-bases' : 'read-sheets'] as const;
    return spec.document.is === 'wiki' ? [own, [app, 'read-wikis'] as const] : [own];
  });

/** Each scope that is missing, with the page that grants it and the first (gravest) use of it; one good finding when none is. */
export const scopeFindings = (
  app: App,
  uses: ReadonlyMap<Use, readonly string[]>,
  granted: ReadonlySet<string>,
): Finding[] => {
  const missing = [...uses].flatMap(([use, jobs]) => {
    const { anyOf, without } = NEEDS[use];
    if (anyOf.some((scope) => granted.has(scope))) return [];
    const [scope] = anyOf;
    const where: Where = { check: 'scopes', app, subject: scope, jobs };
    const link = consoleLink('scopes', app, [scope]);
    return [finding(where, without, 'scope-missing', { scope, use: USE_WORDS[use] }, { link })];
  });
  const byScope = new Map<string | null, Finding>();
  for (const each of missing) {
    const first = byScope.get(each.subject) ?? each;
    byScope.set(each.subject, { ...first, jobs: [...new Set([...first.jobs, ...each.jobs])] });
  }
  if (missing.length > 0) return [...byScope.values()];
  const used = new Set([...uses.keys()].map((use) => NEEDS[use].anyOf.find((scope) => granted.has(scope))));
  return [finding({ check: 'scopes', app }, 'ok', 'scopes-granted', { scopes: [...used].join(', ') })];
};
