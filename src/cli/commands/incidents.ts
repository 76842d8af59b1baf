import type { App } from '../../app.ts';
import { newest } from '../../model/delivery.ts';
import type { Incident } from '../../model/incident.ts';
import type { Reason } from '../../model/run.ts';
import { DAY } from '../../model/time.ts';
import { type Act, text } from '../command.ts';
import { incidentJson, incidentLines } from '../picture-of-incident.ts';

import { parseTime } from '../time.ts';
import { explained } from '../what-to-do.ts';

/** Why its latest run failed: the run's reason, else what Feishu said of a delivery, under its own code. */
const causeOf = async (app: App, incident: Incident): Promise<Reason | null> => {
  const { history } = app.ledger();
  const run = await history.run(incident.lastRun);
  if (run === null) return null;
  const refused = newest(await history.deliveries(run.id)).filter(
    ({ state }) => state === 'rejected' || state === 'unknown',
  );
  const first = refused.find(({ fault }) => fault === 'app') ?? refused[0];
  const said = first === undefined ? null : explained(first, app.project.settings.apps[first.app] ?? null);
  if (said !== null && (run.reason === null || incident.subject.startsWith('app:')))
    return { code: String(said.code), message: said.words };
  return run.reason ?? first?.reason ?? null;
};

/** `larkcron incidents`: what fails and what has recovered lately, and who was told. Exit 0: it lists, `status` judges. */
export const incidents: Act = async ({ options }, context) => {
  const { out, clock } = context;
  const project = context.project([]);
  const app = await context.app(project);
  const { timezone: zone } = project.settings;
  const written = text(options, 'since');
  const now = clock.now();
  const since = written === null ? now - 7 * DAY : parseTime('--since', written, { zone, now });
  const { history } = app.ledger();
  const all = [...(await history.openIncidents()), ...(await history.closedIncidents(since))];
  const listed = [];
  for (const incident of all) {
    const of = {
      cause: await causeOf(app, incident),
      because: all.find(({ id }) => id === incident.because) ?? null,
      lang: out.lang,
    };
    for (const line of incidentLines(incident, { ...of, zone })) out.line(line);
    listed.push(incidentJson(incident, of));
  }
  if (all.length === 0) out.line(out.say({ zh: '没有失败的任务。', en: 'Nothing fails.' }));
  out.data({ incidents: listed });
  return 0;
};
