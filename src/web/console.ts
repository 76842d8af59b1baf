import { Hono } from 'hono';
import type { App } from '../app.ts';
import type { Clock } from '../base/clock.ts';
import { failure, LarkcronError } from '../model/errors.ts';
import type { Lang } from '../model/text.ts';
import { SECOND } from '../model/time.ts';
import * as runActs from './act/runs.ts';
import * as workshopActs from './act/workshop.ts';
import { hidden, langOf, problemOf, sendJson, statusOf } from './answer.ts';
import { appOf, bind, type Office } from './bind.ts';
import { guardDoor, type Place, setHeaders } from './door.ts';
import { bindEvents, createListeners } from './events.ts';
import { type Health, liveness, readiness } from './health.ts';
import { createLoginLimit, WINDOW } from './login-limit.ts';
import { bindMetrics, type Metrics } from './metrics.ts';
import { describeApi } from './openapi.ts';
import { bindPages } from './pages.ts';
import { acts } from './routes/acts.ts';
import { reads } from './routes/reads.ts';
import * as sessions from './session.ts';
import { calendar } from './show/calendar.ts';
import { createDoctor } from './show/doctor.ts';
import { incidents } from './show/incidents.ts';
import * as ofJob from './show/job.ts';
import { jobs } from './show/jobs.ts';
import * as lists from './show/lists.ts';
import * as people from './show/people.ts';
import { preview } from './show/preview.ts';
import * as ofRun from './show/run.ts';
import { status } from './show/status.ts';
import { today } from './show/today.ts';
import { addressOf, cookieName, type Doorkeeper, mayAsk, whoAsks } from './who.ts';
import { webWords } from './words.ts';

/** What the console is given by whoever starts it. */
export interface ConsoleParts {
  /** null: the settings are being read anew */
  readonly app: () => App | null;
  readonly clock: Clock;
  readonly hide: (text: string) => string;
  readonly lang: Lang;
  readonly health: Health;
  readonly place: Place;
  readonly port: () => number;
  readonly metrics: Metrics;
  /** the built pages; null: there are none */
  readonly pages: string | null;
  /** hears of a fault of ours, in whole */
  readonly onBug: (error: unknown) => void;
}

const HEALTH_METHODS: readonly string[] = ['GET', 'HEAD'];

const bindHealth = (hono: Hono, health: Health, hide: (text: string) => string): void => {
  hono.all('/healthz', (c) => {
    if (!HEALTH_METHODS.includes(c.req.method)) return c.body(null, 405, { allow: 'GET, HEAD' });
    const { status, body } = liveness(health);
    return sendJson(c, body, status);
  });
  hono.all('/readyz', async (c) => {
    if (!HEALTH_METHODS.includes(c.req.method)) return c.body(null, 405, { allow: 'GET, HEAD' });
    const { status, body } = await readiness(health);
    return sendJson(c, hidden(body, hide), status);
  });
};

const bindReads = (hono: Hono, office: Office, doctor: ReturnType<typeof createDoctor>): void => {
  bind(hono, reads.today, today, office);
  bind(hono, reads.status, status, office);
  bind(hono, reads.jobs, jobs, office);
  bind(hono, reads.job, ofJob.job, office);
  bind(hono, reads.preview, preview, office);
  bind(hono, reads.jobDays, ofJob.jobDays, office);
  bind(hono, reads.jobTimes, ofJob.jobTimes, office);
  bind(hono, reads.runs, lists.runs, office);
  bind(hono, reads.run, ofRun.run, office);
  bind(hono, reads.sent, ofRun.sent, office);
  bind(hono, reads.deliveries, lists.deliveries, office);
  bind(hono, reads.delivery, lists.delivery, office);
  bind(hono, reads.incidents, incidents, office);
  bind(hono, reads.recipients, people.recipients, office);
  bind(hono, reads.findPeople, people.findPeople, office);
  bind(hono, reads.calendar, calendar, office);
  bind(hono, reads.doctor, doctor.doctor, office);
};

const bindActs = (hono: Hono, office: Office, doctor: ReturnType<typeof createDoctor>): void => {
  bind(hono, acts.startRun, runActs.startRun, office);
  bind(hono, acts.pause, runActs.pause, office);
  bind(hono, acts.resume, runActs.resume, office);
  bind(hono, acts.backfill, runActs.backfill, office);
  bind(hono, acts.resend, runActs.resend, office);
  bind(hono, acts.recall, runActs.recall, office);
  bind(hono, acts.cancel, runActs.cancel, office);
  bind(hono, acts.examine, doctor.examine, office);
  bind(hono, acts.workshop, workshopActs.workshop, office);
  bind(hono, acts.workshopSend, workshopActs.workshopSend, office);
  bind(hono, acts.session, sessions.session, office);
  bind(hono, acts.tokens, sessions.tokens, office);
  bind(hono, acts.makeToken, sessions.makeToken, office, { reveals: true });
  bind(hono, acts.revokeToken, sessions.revokeToken, office);
  bind(hono, acts.audit, sessions.audit, office);
};

/** The console as one function from request to answer; it listens nowhere by itself. */
export const createConsole = (parts: ConsoleParts) => {
  const { app, clock, hide, place, health, metrics, onBug } = parts;
  const limit = createLoginLimit(clock.monotonic);
  const secure = place.url?.startsWith('https:') ?? false;
  const cookie = () => cookieName(parts.port(), secure);
  const doorkeeper = (of: App): Doorkeeper => ({
    access: of.ledger().access,
    limit,
    address: (c) => addressOf(c, place.url !== null),
    onWrong: (address) => of.report({ event: 'login.refused', address }),
  });
  const office: Office = {
    app,
    clock,
    hide,
    refusals: createLoginLimit(clock.monotonic),
    who: async (c) => {
      return whoAsks(c, { ...doorkeeper(appOf({ app })), cookie: cookie() });
    },
  };
  const listeners = createListeners(office);
  const doctor = createDoctor();
  const hono = new Hono();

  const langFor = (accepted: string | undefined): Lang => langOf(accepted, app()?.project.settings.lang ?? parts.lang);

  hono.onError((error, c) => {
    const known = error instanceof LarkcronError ? error : failure(webWords, 'bug', undefined, { status: 70 });
    // what no person asked wrongly and no source failed at is a fault of ours
    if (!(error instanceof LarkcronError)) onBug(error);
    setHeaders(c);
    if (statusOf(known) === 401) c.header('www-authenticate', 'Bearer');
    if (known.code === 'too-many-logins') c.header('retry-after', String(WINDOW / SECOND));
    const { directory } = app()?.project.settings ?? { directory: '' };
    const problem = problemOf(known, langFor(c.req.header('accept-language')), directory);
    return sendJson(c, hidden(problem, hide), statusOf(known), 'application/problem+json');
  });
  hono.notFound((c) => {
    throw failure(webWords, 'no-such-page', { path: c.req.path.slice(0, 100) }, { status: 2 });
  });

  hono.use('*', async (c, next) => {
    await next();
    setHeaders(c);
  });
  hono.use('*', guardDoor(place));
  bindHealth(hono, health, hide);
  const description = JSON.stringify(describeApi());
  hono.get('/api/openapi.json', async (c) => {
    mayAsk(await office.who(c), 'viewer', c);
    return c.body(description, 200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' });
  });
  sessions.bindSession(hono, office, { doorkeeper, cookie, secure, url: place.url });
  bindReads(hono, office, doctor);
  bindActs(hono, office, doctor);
  bindEvents(hono, office, listeners);
  bindMetrics(hono, office, metrics);
  bindPages(hono, parts.pages);
  return { fetch: hono.fetch, settingsChanged: listeners.settingsChanged };
};
