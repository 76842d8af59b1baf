import { randomBytes } from 'node:crypto';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';
import { type Answer, okFlat, refuse } from './answer.ts';
import { type Endpoint, fieldsOf, textOf } from './request.ts';
import type { World } from './world.ts';
import type { Token } from './world-event.ts';

/** A token lives two hours; asked with less than 30 minutes left Feishu makes a new one, and the old one lives on
 * (tenant_access_token_internal). */
const LIFE: Ms = 120 * MINUTE;
const RENEW_BELOW: Ms = 30 * MINUTE;

const WELL_FORMED_APP = /^cli_[\w-]{1,60}$/;

const refusedCredentials = (id: string, secret: string, app: World['app']): Answer | null => {
  if (!WELL_FORMED_APP.test(id) || secret === '') return refuse(10003, { msg: 'invalid param' });
  if (app === null) return null;
  if (id !== app.id) return refuse(10014, { msg: 'app id not exists' });
  return secret === app.secret ? null : refuse(10014, { msg: 'app secret invalid' });
};

/** `POST auth/v3/tenant_access_token/internal`: bad credentials come with HTTP 200, `expire` counts what is left. */
export const issueToken: Endpoint = (request, world) => {
  const fields = fieldsOf(request.body) ?? {};
  const app = textOf(fields['app_id']);
  const refused = refusedCredentials(app, textOf(fields['app_secret']), world.app);
  if (refused !== null) return refused;
  const token = current(world, app) ?? fresh(world, app);
  return okFlat({ tenant_access_token: token.token, expire: Math.floor((token.expiresAt - world.now()) / SECOND) });
};

const current = (world: World, app: string): Token | null =>
  [...world.tokens.values()].findLast((token) => token.app === app && token.expiresAt - world.now() >= RENEW_BELOW) ??
  null;

const fresh = (world: World, app: string): Token => {
  const token = { token: `t-${randomBytes(20).toString('hex')}`, app, expiresAt: world.now() + LIFE };
  world.record({ event: 'token', token });
  return token;
};

/** The app behind an Authorization header, or the refusal: 99991661 none, 99991671 malformed, 99991663 not (or no longer) valid. */
export const authorize = (header: string | undefined, world: World): Token | Answer => {
  const value = /^Bearer\s+(\S+)$/i.exec(header?.trim() ?? '')?.[1];
  if (value === undefined) return refuse(99991661);
  if (!/^[tu]-/.test(value)) return refuse(99991671);
  const token = world.tokens.get(value);
  return token !== undefined && token.expiresAt > world.now() ? token : refuse(99991663);
};
