import type { App } from '../app.ts';
import type { LinkApp } from '../feishu/explain.ts';
import { causeOf } from '../incident/cause.ts';
import { subjectOf } from '../incident/compose.ts';
import { whyMissed } from '../incident/why.ts';
import { type Delivery, type DeliveryState, newest } from '../model/delivery.ts';
import { unmended } from '../model/hearing.ts';
import type { Incident } from '../model/incident.ts';
import type { Way } from '../model/on-failure.ts';
import type { Reason } from '../model/run.ts';
import { type Lang, say, type Text } from '../model/text.ts';
import { utc } from './run-json.ts';

/** Somebody the latest notice did not reach. */
export interface NotTold {
  readonly to: string;
  readonly way: Way;
  readonly code: string;
  readonly message: Text;
}

/** What a program said on its way out may be long. */
const short = (words: string): string => {
  const line = words.replaceAll(/\s+/g, ' ').replace(/[::]?\s*$/, '');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};

/** Who was not told, by which way, and why; `links` leads to an app's console. */
export const notTold = (incident: Incident, links: Readonly<Record<string, LinkApp>>): readonly NotTold[] =>
  unmended(incident).map((miss) => {
    const { code, words } = whyMissed(miss, links[miss.app ?? ''] ?? null);
    const message = { zh: short(words.zh), en: short(words.en) };
    return { to: miss.to ?? incident.to ?? '', way: miss.by, code, message };
  });

export const notToldJson = (missed: readonly NotTold[], lang: Lang) =>
  missed.map(({ message, ...rest }) => ({ ...rest, message: say(message, lang) }));

/** What is shown of an incident beside itself; `because` is the app's that it is part of. */
export interface IncidentAsides {
  readonly cause: Reason | null;
  readonly because: Incident | null;
  readonly missed: readonly NotTold[];
  readonly lang: Lang;
}

/** Of thousands that did not arrive the first ones say it. */
const TELLING = 100;

/** The deliveries of a run that may say why it failed: what was refused or is unsure, and what never left. */
const tellingOf = async (app: App, run: string): Promise<readonly Delivery[]> => {
  const { history } = app.ledger();
  const latest = newest(await history.outline(run));
  const first = (...states: readonly DeliveryState[]): string[] =>
    latest.flatMap(({ id, state }) => (states.includes(state) ? [id] : [])).slice(0, TELLING);
  return history.deliveriesOf(run, [...first('rejected', 'unknown'), ...first('cancelled')]);
};

/** Why its latest run failed, as the owner was told. */
export const causeOfLast = async (app: App, incident: Incident): Promise<Reason | null> => {
  const ledger = app.ledger();
  const run = await ledger.history.run(incident.lastRun);
  if (run === null) return null;
  const { kind, name } = subjectOf(incident);
  const { code, words } = causeOf(run, await tellingOf(app, run.id), {
    app: kind === 'app' ? name : null,
    gate: kind === 'app' ? await ledger.apps.gate(name) : null,
    links: (of) => app.project.settings.apps[of] ?? null,
  });
  return { code, message: words };
};

/** What a program reads of it; times UTC. */
export const incidentJson = (incident: Incident, { cause, because, missed, lang }: IncidentAsides) => ({
  subject: incident.subject,
  state: incident.state,
  openedAt: utc(incident.openedAt),
  closedAt: incident.closedAt === null ? null : utc(incident.closedAt),
  count: incident.count,
  run: incident.run,
  lastRun: incident.lastRun,
  cause: cause === null ? null : { code: cause.code, message: say(cause.message, lang) },
  jobs: incident.jobs,
  because: because?.subject ?? null,
  notice: {
    state: incident.tell === 'calling' ? 'queued' : incident.tell,
    kind: incident.notice,
    to: incident.tell === 'told' && incident.heard.length > 0 ? incident.heard.join(', ') : incident.to,
    told: incident.heard,
    notTold: notToldJson(missed, lang),
    at: incident.noticedAt === null ? null : utc(incident.noticedAt),
    ways: incident.tried,
  },
});
