import { batchProgress, recallBatch, sendBatch } from './batch.ts';
import { listFields, listTables, searchRecords } from './bitable.ts';
import { botInfo, checkAvailability, getApplication, listScopes } from './bot.ts';
import { getChat, isInChat, listChats } from './chats.ts';
import { findPeople } from './contact.ts';
import { listChildren, listMembers } from './departments.ts';
import { getMessage, listMessages, recallMessage, updateCard } from './messages.ts';
import type { Endpoint } from './request.ts';
import { createMessage, replyToMessage } from './send.ts';
import { getNode, querySheets, readValues } from './sheets.ts';
import { issueToken } from './token.ts';
import { uploadFile, uploadImage } from './uploads.ts';
import { urge } from './urgent.ts';
import { agreeToLogIn, grantUserToken, userInfo } from './user-login.ts';
import { postToGroup } from './webhook.ts';

export interface Route {
  readonly method: string;
  /** `:name` stands for one part */
  readonly path: string;
  readonly endpoint: Endpoint;
  /** `open`: without a token. `sends`: makes a message; `hook`: makes one without a token. `upload`: takes a large form. */
  readonly kind: 'open' | 'sends' | 'hook' | 'upload' | 'plain';
  /** any one of these scopes is needed; empty: none is */
  readonly scopes: readonly string[];
}

const route = (
  method: string,
  path: string,
  endpoint: Endpoint,
  scopes: readonly string[] = [],
  kind: Route['kind'] = 'plain',
): Route => ({ method, path: `/open-apis/${path}`, endpoint, kind, scopes });

const SEND = ['im:message', 'im:message:send_as_bot', 'im:message:send'];
const UPDATE = ['im:message', 'im:message:send_as_bot', 'im:message:update'];
const RECALL = ['im:message', 'im:message:send_as_bot', 'im:message:recall'];
const READ = ['im:message', 'im:message:readonly', 'im:message.history:readonly'];
const UPLOAD = ['im:resource', 'im:resource:upload'];
const CHATS = ['im:chat', 'im:chat:read', 'im:chat:readonly'];
const PEOPLE = [
  'contact:contact.base:readonly',
  'contact:department.organize:readonly',
  'contact:contact:access_as_app',
  'contact:contact:readonly',
  'contact:contact:readonly_as_app',
];
const SELF = ['application:application:self_manage', 'admin:app.info:readonly'];

const BASES = ['bitable:app:readonly', 'bitable:app'];
const SPREADSHEETS = ['sheets:spreadsheet:readonly', 'sheets:spreadsheet', 'drive:drive:readonly', 'drive:drive'];

/** Every call of Feishu's that the sandbox knows. */
export const ROUTES: readonly Route[] = [
  route('POST', 'auth/v3/tenant_access_token/internal', issueToken, [], 'open'),
  route('GET', 'authen/v1/authorize', agreeToLogIn, [], 'open'),
  route('POST', 'authen/v2/oauth/token', grantUserToken, [], 'open'),
  route('GET', 'authen/v1/user_info', userInfo, [], 'open'),
  route('POST', 'im/v1/messages', createMessage, SEND, 'sends'),
  route('POST', 'im/v1/messages/:message_id/reply', replyToMessage, SEND, 'sends'),
  route('PATCH', 'im/v1/messages/:message_id', updateCard, UPDATE),
  route('DELETE', 'im/v1/messages/:message_id', recallMessage, RECALL),
  route('GET', 'im/v1/messages/:message_id', getMessage, READ),
  route('GET', 'im/v1/messages', listMessages, READ),
  route('PATCH', 'im/v1/messages/:message_id/urgent_app', urge('app'), ['im:message.urgent']),
  route('PATCH', 'im/v1/messages/:message_id/urgent_sms', urge('sms'), ['im:message.urgent:sms']),
  route('PATCH', 'im/v1/messages/:message_id/urgent_phone', urge('phone'), ['im:message.urgent:phone']),
  route('POST', 'message/v4/batch_send/', sendBatch, ['im:message:send_multi_users'], 'sends'),
  route('GET', 'im/v1/batch_messages/:batch_id/get_progress', batchProgress, READ),
  route('DELETE', 'im/v1/batch_messages/:batch_id', recallBatch, RECALL),
  route('POST', 'bot/v2/hook/:token', postToGroup, [], 'hook'),
  route('POST', 'im/v1/images', uploadImage, UPLOAD, 'upload'),
  route('POST', 'im/v1/files', uploadFile, UPLOAD, 'upload'),
  route('POST', 'contact/v3/users/batch_get_id', findPeople, ['contact:user.id:readonly']),
  route('GET', 'contact/v3/departments/:department_id/children', listChildren, PEOPLE),
  route('GET', 'contact/v3/users/find_by_department', listMembers, PEOPLE),
  route('GET', 'bitable/v1/apps/:app_token/tables', listTables, BASES),
  route('GET', 'bitable/v1/apps/:app_token/tables/:table_id/fields', listFields, BASES),
  route('POST', 'bitable/v1/apps/:app_token/tables/:table_id/records/search', searchRecords, [
    ...BASES,
    'base:record:retrieve',
  ]),
  route('GET', 'sheets/v3/spreadsheets/:token/sheets/query', querySheets, SPREADSHEETS),
  route('GET', 'sheets/v2/spreadsheets/:token/values/:range', readValues, SPREADSHEETS),
  route('GET', 'wiki/v2/spaces/get_node', getNode, ['wiki:wiki:readonly', 'wiki:wiki', 'wiki:node:read']),
  route('GET', 'bot/v3/info', botInfo),
  route('GET', 'application/v6/scopes', listScopes),
  route('GET', 'application/v6/applications/:app_id', getApplication, SELF),
  route('POST', 'application/v6/applications/:app_id/visibility/check_white_black_list', checkAvailability, SELF),
  route('GET', 'im/v1/chats', listChats, CHATS),
  route('GET', 'im/v1/chats/:chat_id', getChat, CHATS),
  route('GET', 'im/v1/chats/:chat_id/members/is_in_chat', isInChat, [...CHATS, 'im:chat.members:read']),
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
