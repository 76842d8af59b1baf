import type { App } from '../app.ts';
import { LOOPBACK } from '../base/loopback.ts';
import type { Project } from '../config/load.ts';
import { failure, LarkcronError } from '../model/errors.ts';
import type { LogEvent } from '../model/log-event.ts';
import { CONSOLE_PORT } from '../model/settings.ts';
import type { Health } from '../web/health.ts';
import { type Options, text } from './command.ts';
import type { Context } from './context.ts';
import { parsePort } from './time.ts';

/** The console of a running `start`. */
export interface RunningConsole {
  readonly url: string;
  /** hears what happens, for its measures */
  readonly watch: (event: LogEvent) => void;
  readonly settingsChanged: () => void;
  readonly close: () => Promise<void>;
}

/** What there is to say where it listens for others than this machine. */
const unsafe = async (url: string, { out }: Context): Promise<void> => {
  const { webWords } = await import('../web/words.ts');
  out.remark(webWords['unsafe-address']({ url }));
};

/** The first token, shown to who started it and to nobody else; where nobody looks, none is made. */
const firstToken = async (app: App, url: string, { out }: Context): Promise<void> => {
  if (!out.seen) return;
  const { hashOf, newToken } = await import('../web/secrets.ts');
  const token = newToken();
  const made = await app.ledger().access.make({ name: 'first', role: 'admin', hash: hashOf(token), onlyFirst: true });
  if (made === null) return;
  out.reveal(
    out.say({
      zh: `控制台(令牌只显示这一次):${url}/#token=${token}`,
      en: `The console (its token is shown this once): ${url}/#token=${token}`,
    }),
  );
};

/**
 * Serves the console, unless it is not wanted. Where nobody asked for a port and the usual one is taken, it goes
 * without. Throws `port-in-use`, and `no-token-yet` where it would listen for others and nobody could log in (status 2).
 */
export const openConsole = async (
  options: Options,
  context: Context,
  { app, project, health }: { readonly app: () => App | null; readonly project: Project; readonly health: Health },
): Promise<RunningConsole | null> => {
  const { out, clock, redact } = context;
  const current = app();
  if (options['console'] === false || current === null) return null;
  const { console: settings } = project.settings;
  const given = text(options, 'port');
  const port = parsePort(given, settings.port ?? CONSOLE_PORT);
  const host = text(options, 'host') ?? settings.host ?? '127.0.0.1';
  const place = { host, url: settings.url };
  const { createConsole } = await import('../web/console.ts');
  const { createMetrics } = await import('../web/metrics.ts');
  const { builtPages } = await import('../web/pages.ts');
  const { listen } = await import('../web/server.ts');
  const { webWords } = await import('../web/words.ts');
  const isOpen = !LOOPBACK.test(host);
  const others = settings.login.feishu !== null || settings.login.oidc !== null;
  if (isOpen && !others && !out.seen && (await current.ledger().access.tokens()).every(({ person }) => person))
    throw failure(webWords, 'no-token-yet', { host }, { status: 2 });

  const metrics = createMetrics();
  let bound = port;
  const served = createConsole({
    app,
    clock,
    hide: redact.hide,
    lang: out.lang,
    health,
    place,
    port: () => bound,
    metrics,
    pages: builtPages(),
    onBug: (error) => app()?.log.error('console.bug', String((error as Error).stack ?? error)),
  });
  try {
    const server = await listen(served.fetch, { host, port });
    bound = server.port;
    const url = settings.url ?? server.url;
    if (isOpen && !url.startsWith('https:')) await unsafe(url, context);
    await firstToken(current, url, context);
    return { url, watch: metrics.watch, settingsChanged: served.settingsChanged, close: server.close };
  } catch (error) {
    const asked = given !== null || settings.port !== null;
    if (asked || !(error instanceof LarkcronError) || error.code !== 'port-in-use') throw error;
    out.note(out.say(error.explanation.message));
    return null;
  }
};
