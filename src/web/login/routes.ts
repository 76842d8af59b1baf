import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { App } from '../../app.ts';
import type { AccessToken } from '../../ledger/access.ts';
import { failure, LarkcronError } from '../../model/errors.ts';
import { type Person, roleOf } from '../../model/login.ts';
import { HOUR, type Ms, SECOND } from '../../model/time.ts';
import { sendJson, statusOf } from '../answer.ts';
import { appOf, type Office } from '../bind.ts';
import { acts } from '../routes/acts.ts';
import type { Doorkeeper } from '../who.ts';
import { webWords } from '../words.ts';
import { feishuProvider } from './feishu.ts';
import { oidcProvider } from './oidc.ts';
import { goOnPage, refusedPage } from './page.ts';
import type { Provider } from './provider.ts';
import { isWay, LIFE, newSlip, openSlip, ownPath, type Slip, sealSlip } from './slip.ts';

/** A working day: who may still come in is asked again by then. */
const SESSION_OF_PERSON: Ms = 12 * HOUR;

/** What whoever tries is at fault for: not a provider that is away, nor a ledger that is locked. */
const FAILED: readonly string[] = ['login-over', 'login-refused', 'login-no-role'];

const providersOf = (app: App): readonly Provider[] => {
  const { feishu, oidc } = app.project.settings.console.login;
  return [
    ...(feishu === null ? [] : [feishuProvider(feishu, app)]),
    ...(oidc === null ? [] : [oidcProvider(oidc, app)]),
  ].filter((provider) => provider !== null);
};

interface LoginParts {
  readonly doorkeeper: (app: App) => Doorkeeper;
  readonly cookie: () => string;
  readonly secure: boolean;
  /** the console's public address; null: what the browser calls us */
  readonly url: string | null;
  /** begins the session of somebody who is known now */
  readonly begin: (c: Context, app: App, token: AccessToken, life: Ms) => Promise<unknown>;
}

/** `/login/feishu`, `/login/oidc`, and where people come back to; which ways there are. */
export const bindLogins = (
  hono: Hono,
  office: Office,
  { doorkeeper, cookie, secure, url, begin }: LoginParts,
): void => {
  // of an app's settings, made once: a provider is asked for its addresses once
  const made = new WeakMap<App, readonly Provider[]>();
  const providers = (app: App): readonly Provider[] => {
    const known = made.get(app) ?? providersOf(app);
    made.set(app, known);
    return known;
  };
  const providerFor = (c: Context, app: App): Provider => {
    const way = c.req.param('way') ?? '';
    const provider = providers(app).find((each) => each.way === way);
    if (provider !== undefined) return provider;
    throw failure(
      webWords,
      isWay(way) ? 'login-not-set' : 'no-such-page',
      { path: c.req.path.slice(0, 100) },
      { status: 2 },
    );
  };
  const redirectOf = (c: Context, { way }: Provider): string =>
    `${url ?? `http://${c.req.header('host') ?? ''}`}/login/${way}/callback`;
  const slipCookie = (): string => `${cookie()}_login`;
  const options = { httpOnly: true, sameSite: 'Lax', path: '/', secure } as const;

  /** A page, whatever becomes of it: who comes here is a person with a browser. */
  const served = (work: (c: Context, app: App) => Promise<Response>) => async (c: Context) => {
    c.header('cache-control', 'no-store');
    const app = appOf(office);
    try {
      return await work(c, app);
    } catch (error) {
      // its ledger and its way out were closed under it: the settings changed meanwhile
      const known = office.app() === app ? error : failure(webWords, 'not-at-work', undefined, { status: 1 });
      if (!(known instanceof LarkcronError)) throw error;
      return c.html(office.hide(refusedPage(known.explanation)), statusOf(known) as 400);
    }
  };

  hono.get(acts.logins.path, (c) =>
    sendJson(c, { ways: providers(appOf(office)).map(({ way, name }) => ({ way, name, path: `/login/${way}` })) }),
  );

  hono.get(
    '/login/:way',
    served(async (c, app) => {
      const provider = providerFor(c, app);
      const slip = newSlip(provider.way, ownPath(c.req.query('back')), office.clock.now());
      const address = await provider.address(slip, redirectOf(c, provider));
      setCookie(c, slipCookie(), sealSlip(slip, provider.secret), { ...options, maxAge: LIFE / SECOND });
      return c.redirect(address, 302);
    }),
  );

  /** What this browser carried since it began; throws `login-over` where that was elsewhere or long ago, and what the provider says. */
  const slipOf = (c: Context, { way, secret }: Provider, came: URL): Slip => {
    const slip = openSlip(getCookie(c, slipCookie()), { way, secret, now: office.clock.now() });
    deleteCookie(c, slipCookie(), options);
    if (slip === null || came.searchParams.get('state') !== slip.state)
      throw failure(webWords, 'login-over', undefined, { status: 2 });
    const denied = came.searchParams.get('error');
    if (denied !== null) throw failure(webWords, 'login-refused', { why: denied.slice(0, 100) }, { status: 2 });
    return slip;
  };

  /** The person among the tokens, with the role of the settings. Throws `login-no-role`, which stands in the audit. */
  const admitted = async (person: Person, { way, roles }: Provider, app: App): Promise<AccessToken> => {
    // by the way they came, it is never what a token or somebody at the machine could be called
    const name = `${way}:${person.shown}`;
    const role = roleOf(person, roles);
    if (role !== null) return app.ledger().access.person({ key: `${way}:${person.subject}`, name, role });
    const outcome = 'login-no-role';
    const nothing = { role: null, job: null, run: null };
    await app.ledger().audit.note({ who: name, what: 'session.begin', ...nothing, details: { way }, outcome });
    throw failure(webWords, outcome, { shown: person.shown, way, id: person.identities[0] }, { status: 2 });
  };

  hono.get(
    '/login/:way/callback',
    served(async (c, app) => {
      const provider = providerFor(c, app);
      const { limit, address, onWrong } = doorkeeper(app);
      const from = address(c);
      const seconds = limit.wait(from);
      if (seconds > 0) throw failure(webWords, 'too-many-logins', { seconds }, { status: 2 });
      try {
        const came = new URL(c.req.url);
        const slip = slipOf(c, provider, came);
        const person = await provider.person(slip, redirectOf(c, provider), came);
        await begin(c, app, await admitted(person, provider, app), SESSION_OF_PERSON);
        return c.html(goOnPage(slip.back));
      } catch (error) {
        if (error instanceof LarkcronError && FAILED.includes(error.code)) {
          limit.failed(from);
          onWrong(from);
        }
        throw error;
      }
    }),
  );
};
