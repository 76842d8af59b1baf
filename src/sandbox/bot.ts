import { digest } from '../base/ids.ts';
import { ok, okFlat } from './answer.ts';
import type { Endpoint } from './request.ts';

/** The scopes that the sandbox's app has: those a pusher needs. */
const SCOPES: readonly string[] = [
  'im:message',
  'im:message:send_as_bot',
  'im:message:readonly',
  'im:resource',
  'im:chat:readonly',
  'contact:user.id:readonly',
];

export const BOT_NAME = 'larkcron';

/** `GET bot/v3/info`: the payload stands in `bot`, not in `data`. */
export const botInfo: Endpoint = ({ app }) =>
  okFlat({
    bot: {
      activate_status: 2,
      app_name: BOT_NAME,
      avatar_url: '',
      ip_white_list: [],
      open_id: `ou_${digest(['bot', app])}`,
    },
  });

/** `GET application/v6/scopes`: 1 granted, 2 not. */
export const listScopes: Endpoint = () =>
  ok({ scopes: SCOPES.map((scope_name) => ({ scope_name, grant_status: 1, scope_type: 'tenant' })) });
