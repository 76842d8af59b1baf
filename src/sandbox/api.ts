import { type Ms, SECOND } from '../model/time.ts';
import { type Answer, refuse } from './answer.ts';
import { type Fault, faultAnswer } from './faults.ts';
import { APP_RULES } from './limits.ts';
import { listMessages } from './messages.ts';
import { type ApiRequest, fieldsOf, isFields, textOf } from './request.ts';
import { findRoute, type Route } from './routes.ts';
import { inFlightKey, recipientsOf } from './send.ts';
import { authorize } from './token.ts';
import type { World } from './world.ts';
import type { Token } from './world-event.ts';

/** A request before its token was looked at. */
export type Incoming = Omit<ApiRequest, 'app' | 'params'>;

/** What the server does with a request: answer it, take the connection away, or leave it hanging. */
export type Reaction =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'cut' }
  | { readonly is: 'hang' };

const answered = (answer: Answer): Reaction => ({ is: 'answer', answer });
const isToken = (value: Token | Answer): value is Token => 'token' in value;

const DEFAULT_SLOWNESS = 3;

/** 99991400 with the seconds to wait (api-call-guide: rate limits). */
const refuseFlood = (request: ApiRequest, route: Route, world: World): Answer | null => {
  const wait = world.windows.take(`${request.app} ${route.method} ${route.path}`, world.now(), APP_RULES);
  if (wait === 0) return null;
  const reset = String(Math.ceil(wait / SECOND));
  return refuse(99991400, { headers: { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': reset } });
};

/** 99991672 names the scopes of which one is needed, and the page that grants them (generic error codes). */
const refuseScope = (route: Route, world: World, app: string): Answer | null => {
  const { scopes } = route;
  if (scopes.length === 0 || scopes.some((scope) => world.scopes.has(scope))) return null;
  const link = `https://open.feishu.cn/app/${app}/auth?q=${scopes.join(',')}&op_from=openapi&token_type=tenant`;
  return refuse(99991672, {
    msg: `Access denied. One of the following scopes is required: [${scopes.join(', ')}].应用尚未开通所需的应用身份权限:[${scopes.join(', ')}],点击链接申请并开通任一权限即可:${link}`,
    error: { permission_violations: scopes.map((subject) => ({ type: 'action_scope_required', subject })) },
  });
};

/**
 * One call of the API from its token to its answer: path, token, the app's rate, faults, then the endpoint itself.
 * `inFlight` holds the uuids under way; `sleep` is how latency passes.
 */
export const createApi = ({
  world,
  latency,
  sleep,
}: {
  world: World;
  latency: Ms;
  sleep: (ms: Ms) => Promise<void>;
}): ((incoming: Incoming) => Promise<Reaction & { readonly fault: Fault | null }>) => {
  const inFlight = new Set<string>();

  const run = async (request: ApiRequest, route: Route, delay: Ms): Promise<Answer> => {
    const key = route.kind === 'sends' ? inFlightKey(request) : null;
    if (key !== null && inFlight.has(key)) return refuse(230049);
    if (key !== null) inFlight.add(key);
    try {
      if (delay > 0) await sleep(delay);
      return route.endpoint(request, world);
    } finally {
      if (key !== null) inFlight.delete(key);
    }
  };

  return async (incoming) => {
    const plain = (answer: Answer) => ({ ...answered(answer), fault: null });
    world.catchUp();
    const found = findRoute(incoming.method, incoming.path);
    if (found.is === 'nowhere') return plain(refuse(99991201));
    if (found.is === 'other-method') return plain(refuse(99991301));
    const { route, params } = found;
    const hook = route.kind === 'hook';
    const open = route.kind === 'open' || hook;
    const token = open ? null : authorize(incoming.authorization, world);
    if (token !== null && !isToken(token)) return plain(token);
    const request: ApiRequest = { ...incoming, params, app: token?.app ?? '' };
    const denied = open ? null : refuseScope(route, world, request.app);
    if (denied !== null) return plain(denied);
    const flooded = open ? null : refuseFlood(request, route, world);
    if (flooded !== null) return plain(flooded);
    const recipients = route.kind === 'open' ? [] : recipientsOf(request, world);
    const fault = world.faults.take({
      path: request.path,
      sends: route.kind === 'sends' || hook,
      open: route.kind === 'open',
      history: route.endpoint === listMessages,
      recipients,
      app: open ? textOf(fieldsOf(request.body)?.['app_id']) : request.app,
    });
    if (fault?.kind === 'hang-before') return { is: 'hang', fault };
    if (fault?.kind === '99991663' && token !== null) world.record({ event: 'token-dropped', token: token.token });
    const spoilt = fault === null ? null : faultAnswer(fault);
    if (spoilt !== null) return { ...answered(spoilt), fault };
    const slowness = fault?.kind === 'slow' ? (fault.seconds ?? DEFAULT_SLOWNESS) * SECOND : 0;
    const answer = await run(request, route, latency + slowness);
    if (fault?.kind === 'lost-answer') return { is: 'cut', fault };
    if (fault?.kind === 'hang') return { is: 'hang', fault };
    return { ...answered(answer), fault };
  };
};

/** The recipient-facing words every error of Feishu's ends with: `log_id` and where to look it up. */
export const withLogId = (answer: Answer, logId: string): Answer => {
  if (answer.is !== 'json' || answer.body['code'] === 0) return answer;
  const error = answer.body['error'];
  const troubleshooter = `https://open.feishu.cn/search?from=openapi&log_id=${logId}&code=${String(answer.body['code'])}`;
  const details = isFields(error) ? (error as typeof answer.body) : {};
  return { ...answer, body: { ...answer.body, error: { ...details, log_id: logId, troubleshooter } } };
};
