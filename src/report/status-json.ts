import type { App } from '../app.ts';
import { isError } from '../model/errors.ts';
import type { Lang } from '../model/text.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { notTold, notToldJson } from './incident-json.ts';
import { notToldLines, toldLine, UNHEARD_FOR } from './incident-words.ts';
import { utc, utcOrNull } from './run-json.ts';

const OPEN = ['pending', 'running', 'delivering'] as const;
/** Of more it is said that there are so many. */
const MOST_OPEN = 1_000;
/** A process that works reports every five seconds. */
const FRESH: Ms = 15 * SECOND;

/** Who wakes larkcron by this machine's crontab; null: that is not looked at. */
export type InCrontab = 'installed' | 'absent' | 'no-crontab' | null;

/** Who wakes us, what waits, what is wrong, as programs read it. `words`: the same of those not told for a person. */
export const statusJson = async (app: App, { crontab, now, lang }: { crontab: InCrontab; now: Ms; lang: Lang }) => {
  const { project } = app;
  const { history } = app.ledger();
  const { timezone, apps } = project.settings;
  const beat = await history.lastBeat();
  const open = await history.runs({ job: null, states: OPEN, since: null, limit: MOST_OPEN });
  const incidents = await history.openIncidents();
  const closed = await history.closedIncidents(now - UNHEARD_FOR);
  const unheard = [...incidents, ...closed].flatMap((incident) => {
    const missed = notTold(incident, apps);
    const isOver = incident.tell === 'unreachable' || (incident.tell === 'told' && missed.length > 0);
    return isOver ? [{ incident, missed }] : [];
  });
  return {
    crontab,
    lastTick: utcOrNull(await history.lastTick()),
    lastBeat: utcOrNull(beat),
    atWork: beat !== null && now - beat < FRESH,
    drained: (await history.nodes()).flatMap(({ name, drainedAt }) => (drainedAt === null ? [] : [name])),
    open: open.map(({ id, job, state }) => ({ id, job, state })),
    nextWork: utcOrNull(await history.nextWork()),
    incidents: incidents.map(({ subject, openedAt, count, run }) => ({ subject, openedAt: utc(openedAt), count, run })),
    unreachable: unheard.map(({ incident, missed }) => ({
      subject: incident.subject,
      to: incident.tell === 'unreachable' ? incident.to : [...new Set(missed.map((miss) => miss.to))].join(', '),
      notTold: notToldJson(missed, lang),
      words: [
        ...(incident.tell === 'unreachable' ? [toldLine(incident, timezone, lang)] : []),
        ...notToldLines(missed, lang),
      ],
    })),
    broken: [...project.problems].filter(([, problems]) => problems.some(isError)).map(([name]) => name),
  };
};
