import type { App } from '../../app.ts';
import type { Incident } from '../../model/incident.ts';
import type { Lang } from '../../model/text.ts';
import { DAY } from '../../model/time.ts';
import { causeOfLast, incidentJson, notTold } from '../../report/incident-json.ts';
import type { Handler } from '../bind.ts';
import type { reads } from '../routes/reads.ts';
import type { incident } from '../schemas/today.ts';
import type { z } from '../schemas/zod.ts';

/** Of a time long past there may be more than anybody reads. */
const MOST_CLOSED = 200;

/** Incidents with their causes; `others`: where the app's incident that one is part of may be found. */
export const incidentRows = async (
  app: App,
  incidents: readonly Incident[],
  others: readonly Incident[],
  lang: Lang,
): Promise<z.input<typeof incident>[]> => {
  const rows = [];
  for (const each of incidents) {
    const json = incidentJson(each, {
      cause: await causeOfLast(app, each),
      because: others.find(({ id }) => id === each.because) ?? null,
      missed: notTold(each, app.project.settings.apps),
      lang,
    });
    const { notice, jobs } = json;
    rows.push({
      ...json,
      id: each.id,
      jobs: [...jobs],
      notice: { ...notice, told: [...notice.told], ways: [...notice.ways] },
    });
  }
  return rows;
};

export const incidents: Handler<typeof reads.incidents> = async ({ query }, { app, clock, lang }) => {
  const { history } = app.ledger();
  const since = query.since === undefined ? clock.now() - 7 * DAY : Date.parse(query.since);
  const open = await history.openIncidents();
  const found = await history.closedIncidents(since, MOST_CLOSED + 1);
  const closed = found.slice(0, MOST_CLOSED);
  const all = [...open, ...closed];
  return {
    open: await incidentRows(app, open, all, lang),
    closed: await incidentRows(app, closed, all, lang),
    more: found.length > MOST_CLOSED,
  };
};
