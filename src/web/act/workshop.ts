import { openMessage } from '../../acts/open-message.ts';
import { actWords } from '../../acts/words.ts';
import type { App } from '../../app.ts';
import { badSettings } from '../../config/load.ts';
import { ownersApp } from '../../doctor/plan.ts';
import type { Dataset } from '../../model/dataset.ts';
import { failure, isError } from '../../model/errors.ts';
import { withMarkerPlace } from '../../model/marker.ts';
import { withoutRepeats } from '../../model/repeats.ts';
import type { Ms } from '../../model/time.ts';
import { gather } from '../../run/gather.ts';
import { markCard } from '../../run/mark.ts';
import { findingOf } from '../answer.ts';
import { atMost } from '../at-most.ts';
import type { Asked, Handler } from '../bind.ts';
import { drawContent } from '../draw.ts';
import { askedFor, sameRun } from '../once.ts';
import type { acts } from '../routes/acts.ts';
import { runRow } from '../rows.ts';
import { soundJob } from '../show/jobs.ts';
import { datasetsOf, type Worked, workOn } from '../workshop.ts';

const few = atMost(2);

/** The data given, and of the job it is to be like those that are not. */
const dataFor = async (
  { data, like }: Asked<typeof acts.workshop>['body'],
  app: App,
  now: Ms,
): Promise<Readonly<Record<string, Dataset>>> => {
  const given = datasetsOf(data);
  if (like === null) return given;
  const job = soundJob(app, like);
  const { made } = await gather(job, { due: now, run: null, test: false, force: true }, app.preparation());
  return { ...made.data, ...given };
};

const worked = (body: Asked<typeof acts.workshop>['body'], app: App, now: Ms): Promise<Worked> =>
  few(async () => workOn(body.text, await dataFor(body, app, now), { app, now }));

export const workshop: Handler<typeof acts.workshop> = async ({ body }, { app, clock, lang }) => {
  const { card, problems } = await worked(body, app, clock.now());
  const { directory } = app.project.settings;
  const content = { msgType: 'interactive', body: JSON.stringify(card) };
  return {
    ok: card !== null && !problems.some(isError),
    findings: withoutRepeats(problems).map((each) => findingOf(each, lang, directory)),
    part: card === null ? null : drawContent(content, { part: 1, kind: 'card', lang: app.project.settings.lang }),
  };
};

export const workshopSend: Handler<typeof acts.workshopSend> = async ({ body }, { app, clock, lang, key }) => {
  const { settings } = app.project;
  if (settings.owner === null) throw failure(actWords, 'no-owner', undefined, { status: 2 });
  const { card, problems } = await worked(body, app, clock.now());
  const faults = problems.filter((found) => isError(found) || found.code === 'workshop-picture');
  if (card === null || faults.length > 0) throw badSettings(faults);
  const content = {
    msgType: 'interactive',
    body: JSON.stringify(withMarkerPlace(markCard(card, '【测试】'))),
  };
  const asked = askedFor(body);
  const opened = await openMessage(app, {
    to: [settings.owner],
    message: { app: ownersApp(settings)?.name ?? 'default', kind: 'card', content },
    onceKey: key === null ? null : `api:${key}`,
    asked,
    now: clock.now(),
  });
  return { run: runRow(sameRun(opened, key, asked), lang) };
};
