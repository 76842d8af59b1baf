import { digest } from '../base/ids.ts';
import type { Json } from '../model/dataset.ts';
import { availabilityOf, hasLeft, isBotless, isOfAnotherApp, isUnpublished } from './addressee.ts';
import { ok, okFlat, refuse, refuseField } from './answer.ts';
import { type Endpoint, fieldsOf } from './request.ts';

/** The scopes that the sandbox's apps have unless it is started with others: those a pusher needs. */
export const ALL_SCOPES: readonly string[] = [
  'im:message',
  'im:message:send_as_bot',
  'im:message:readonly',
  'im:message.group_msg',
  'im:message:send_multi_users',
  'im:message.urgent',
  'im:message.urgent:sms',
  'im:message.urgent:phone',
  'im:resource',
  'im:chat:readonly',
  'contact:user.id:readonly',
  'contact:user.employee_id:readonly',
  'contact:contact.base:readonly',
  'application:application:self_manage',
  'bitable:app:readonly',
  'sheets:spreadsheet:readonly',
  'wiki:wiki:readonly',
];

export const BOT_NAME = 'larkcron';

/** `GET bot/v3/info`: the payload stands in `bot`, not in `data`. */
export const botInfo: Endpoint = ({ app }) =>
  okFlat({
    bot: {
      activate_status: isBotless(app) ? 1 : 2,
      app_name: BOT_NAME,
      avatar_url: '',
      ip_white_list: [],
      open_id: `ou_${digest(['bot', app])}`,
    },
  });

/** `GET application/v6/scopes`: 1 granted, 2 not. */
export const listScopes: Endpoint = (_request, world) =>
  ok({ scopes: [...world.scopes].map((scope_name) => ({ scope_name, grant_status: 1, scope_type: 'tenant' })) });

/** `GET application/v6/applications/:app_id?lang=` (application-v6/application/get); `me` is the caller. */
export const getApplication: Endpoint = ({ app, params, query }, world) => {
  if (!query.get('lang')) return refuseField('lang', 'lang is required');
  if (params['app_id'] !== 'me' && params['app_id'] !== app) return refuse(210508);
  const version = isUnpublished(app) ? '' : `oav_${digest(['version', app])}`;
  return ok({
    app: {
      app_id: app,
      app_name: BOT_NAME,
      status: isUnpublished(app) ? 2 : 1,
      scene_type: 0,
      online_version_id: version,
      unaudit_version_id: '',
      scopes: [...world.scopes].map((scope) => ({ scope, level: 1, token_types: ['tenant'] })),
    },
  });
};

const MOST_IDS = 100;

/** `POST application/v6/applications/:app_id/visibility/check_white_black_list`: at most 100 people a call. */
export const checkAvailability: Endpoint = ({ app, params, body }, world) => {
  if (params['app_id'] !== app) return refuse(210508);
  const ids = fieldsOf(body)?.['user_ids'] ?? [];
  if (!Array.isArray(ids) || ids.length > MOST_IDS) return refuse(210001);
  const foreign = ids.find((id) => isOfAnotherApp(String(id)));
  if (foreign !== undefined) return refuse(99992361);
  const list = ids.map((id): Json => {
    const there = hasLeft(world.shown(String(id))) ? 'outside' : availabilityOf(String(id));
    return {
      user_id: String(id),
      in_white_list: there === 'available',
      in_black_list: there === 'denied',
      in_paid_list: false,
    };
  });
  return ok({ user_visibility_list: list, department_visibility_list: [], group_visibility_list: [] });
};
