import { batchProgress, recallBatch, sendBatch } from './batch.ts';
import { botInfo, listScopes } from './bot.ts';
import { getChat, isInChat, listChats } from './chats.ts';
import { findPeople } from './contact.ts';
import { listChildren, listMembers } from './departments.ts';
import { getMessage, listMessages, recallMessage, updateCard } from './messages.ts';
import type { Endpoint } from './request.ts';
import { createMessage, replyToMessage } from './send.ts';
import { issueToken } from './token.ts';
import { uploadFile, uploadImage } from './uploads.ts';
import { urge } from './urgent.ts';
import { postToGroup } from './webhook.ts';

export interface Route {
  readonly method: string;
  /** `:name` stands for one part */
  readonly path: string;
  readonly endpoint: Endpoint;
  /** `open`: without a token. `sends`: makes a message; `hook`: makes one without a token. `upload`: takes a large form. */
  readonly kind: 'open' | 'sends' | 'hook' | 'upload' | 'plain';
}

const route = (method: string, path: string, endpoint: Endpoint, kind: Route['kind'] = 'plain'): Route => ({
  method,
  path: `/open-apis/${path}`,
  endpoint,
  kind,
});

/** Every call of Feishu's that the sandbox knows. */
export const ROUTES: readonly Route[] = [
  route('POST', 'auth/v3/tenant_access_token/internal', issueToken, 'open'),
  route('POST', 'im/v1/messages', createMessage, 'sends'),
  route('POST', 'im/v1/messages/:message_id/reply', replyToMessage, 'sends'),
  route('PATCH', 'im/v1/messages/:message_id', updateCard),
  route('DELETE', 'im/v1/messages/:message_id', recallMessage),
  route('GET', 'im/v1/messages/:message_id', getMessage),
  route('GET', 'im/v1/messages', listMessages),
  route('PATCH', 'im/v1/messages/:message_id/urgent_app', urge('app')),
  route('PATCH', 'im/v1/messages/:message_id/urgent_sms', urge('sms')),
  route('PATCH', 'im/v1/messages/:message_id/urgent_phone', urge('phone')),
  route('POST', 'message/v4/batch_send/', sendBatch, 'sends'),
  route('GET', 'im/v1/batch_messages/:batch_id/get_progress', batchProgress),
  route('DELETE', 'im/v1/batch_messages/:batch_id', recallBatch),
  route('POST', 'bot/v2/hook/:token', postToGroup, 'hook'),
  route('POST', 'im/v1/images', uploadImage, 'upload'),
  route('POST', 'im/v1/files', uploadFile, 'upload'),
  route('POST', 'contact/v3/users/batch_get_id', findPeople),
  route('GET', 'contact/v3/departments/:department_id/children', listChildren),
  route('GET', 'contact/v3/users/find_by_department', listMembers),
  route('GET', 'bot/v3/info', botInfo),
  route('GET', 'application/v6/scopes', listScopes),
  route('GET', 'im/v1/chats', listChats),
  route('GET', 'im/v1/chats/:chat_id', getChat),
  route('GET', 'im/v1/chats/:chat_id/members/is_in_chat', isInChat),
];

export type Found =
  | { readonly is: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly is: 'other-method' }
  | { readonly is: 'nowhere' };

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const paramsOf = (pattern: string, path: string): Record<string, string> | null => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const is = given[i] as string;
    if (part.startsWith(':') && is !== '') params[part.slice(1)] = decoded(is);
    else if (part !== is) return null;
  }
  return params;
};

/** The route of a request; tells a wrong method from a path that is not there. */
export const findRoute = (method: string, path: string): Found => {
  const matches = ROUTES.flatMap((one) => {
    const params = paramsOf(one.path, path);
    return params === null ? [] : [{ route: one, params }];
  });
  const match = matches.find((one) => one.route.method === method);
  if (match !== undefined) return { is: 'route', ...match };
  return { is: matches.length > 0 ? 'other-method' : 'nowhere' };
};
