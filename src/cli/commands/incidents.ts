import { parseTime } from '../../acts/time.ts';
import { DAY } from '../../model/time.ts';
import { causeOfLast, incidentJson, notTold } from '../../report/incident-json.ts';
import { type Act, text } from '../command.ts';
import { incidentLines } from '../picture-of-incident.ts';

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
