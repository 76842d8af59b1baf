import type { App } from '../../app.ts';
import { causeOf } from '../../incident/cause.ts';
import { subjectOf } from '../../incident/compose.ts';
import { newest } from '../../model/delivery.ts';
import type { Incident } from '../../model/incident.ts';
import type { Reason } from '../../model/run.ts';
import { DAY } from '../../model/time.ts';
import { type Act, text } from '../command.ts';
import { incidentJson, incidentLines, notTold } from '../picture-of-incident.ts';
import { parseTime } from '../time.ts';

/** Why its latest run failed, as the owner was told. */
const causeOfLast = async (app: App, incident: Incident): Promise<Reason | null> => {
  const ledger = app.ledger();
  const run = await ledger.history.run(incident.lastRun);
  if (run === null) return null;
  const { kind, name } = subjectOf(incident);
  const { code, words } = causeOf(run, newest(await ledger.history.deliveries(run.id)), {
    app: kind === 'app' ? name : null,
    gate: kind === 'app' ? await ledger.apps.gate(name) : null,
    links: (of) => app.project.settings.apps[of] ?? null,
  });
  return { code, message: words };
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
      cause: await causeOfLast(app, incident),
      because: all.find(({ id }) => id === incident.because) ?? null,
      missed: notTold(incident, app.project.settings.apps),
      lang: out.lang,
    };
    for (const line of incidentLines(incident, { ...of, zone })) out.line(line);
    listed.push(incidentJson(incident, of));
  }
  if (all.length === 0) out.line(out.say({ zh: '没有失败的任务。', en: 'Nothing fails.' }));
  out.data({ incidents: listed });
  return 0;
};
