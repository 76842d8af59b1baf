import type { Feishu } from './client.ts';
import type { Or } from './contact.ts';
import { dataOf, type FeishuAnswer, type Reply } from './reply.ts';

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : []);

/** The call's answer read, or the reply that stood in the way. */
const read = <T>(reply: Reply, take: (answer: FeishuAnswer) => T): Or<T> =>
  reply.is === 'answer' && reply.code === 0 ? { is: 'done', value: take(reply) } : { is: 'refused', reply };

export interface Bot {
  readonly name: string | null;
  /** 2: enabled in this tenant */
  readonly status: number | null;
}

/** `GET bot/v3/info`: needs no scope, but is guarded by the IP allow-list; the payload stands in `bot`. */
export const botInfo = async (feishu: Feishu): Promise<Or<Bot>> =>
  read(await feishu.call({ method: 'GET', path: 'bot/v3/info' }), ({ body }) => {
    const bot = record(body?.['bot']);
    return { name: text(bot['app_name']), status: number(bot['activate_status']) };
  });

export interface AppState {
  /** 1: enabled */
  readonly status: number | null;
  /** the version that is published; null: none is */
  readonly online: string | null;
  /** a version that waits for the administrator */
  readonly waiting: string | null;
}

/** `GET application/v6/applications/me` (application-v6: get): scope application:application:self_manage. */
export const appState = async (feishu: Feishu): Promise<Or<AppState>> => {
  const query = { lang: 'zh_cn' }; // refused without it
  return read(await feishu.call({ method: 'GET', path: 'application/v6/applications/me', query }), (answer) => {
    const app = record(dataOf(answer)['app']);
    return {
      status: number(app['status']),
      online: text(app['online_version_id']),
      waiting: text(app['unaudit_version_id']),
    };
  });
};

/** Those of the app's scopes that the tenant has granted (`GET application/v6/scopes`, which needs none). */
export const grantedScopes = async (feishu: Feishu): Promise<Or<ReadonlySet<string>>> =>
  read(await feishu.call({ method: 'GET', path: 'application/v6/scopes' }), (answer) => {
    const granted = listOf(dataOf(answer)['scopes']).filter((scope) => scope['grant_status'] === 1);
    return new Set(granted.map((scope) => text(scope['scope_name']) ?? ''));
  });

/** Whether the app is there for a person: `denied` is its list of those who must not have it. */
export type Availability = 'available' | 'outside' | 'denied';

/** At most so many ids a call. */
export const AVAILABILITY_AT_ONCE = 100;

/**
 * `POST application/v6/applications/:app_id/visibility/check_white_black_list`, scope
 * application:application:self_manage: whom the app is available to. Who is not in the answer is not in the map.
 */
export const availabilityOf = async (
  feishu: Feishu,
  { appId, idType, ids }: { appId: string; idType: 'open_id' | 'union_id' | 'user_id'; ids: readonly string[] },
): Promise<Or<ReadonlyMap<string, Availability>>> => {
  const reply = await feishu.call({
    method: 'POST',
    path: `application/v6/applications/${encodeURIComponent(appId)}/visibility/check_white_black_list`,
    query: { user_id_type: idType },
    body: { user_ids: ids },
  });
  return read(reply, (answer) => {
    const found = listOf(dataOf(answer)['user_visibility_list']).map((one): [string, Availability] => {
      const listed = one['in_white_list'] === true || one['in_paid_list'] === true;
      return [text(one['user_id']) ?? '', one['in_black_list'] === true ? 'denied' : listed ? 'available' : 'outside'];
    });
    return new Map(found);
  });
};
