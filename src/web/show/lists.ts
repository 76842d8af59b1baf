import { theRun } from '../../acts/the-run.ts';
import type { DeliveryFilter } from '../../ledger/browse.ts';
import { failure } from '../../model/errors.ts';
import { own } from '../../model/own.ts';
import type { Ms } from '../../model/time.ts';
import type { Handler } from '../bind.ts';
import type { reads } from '../routes/reads.ts';
import { deliveryRow, runRow, withTries } from '../rows.ts';
import { webWords } from '../words.ts';

const moment = (iso: string | undefined): Ms | null => (iso === undefined ? null : Date.parse(iso));

export const runs: Handler<typeof reads.runs> = async ({ query }, { app, lang }) => {
  const { job = null, state = null, since, until, cursor = null, limit } = query;
  const filter = { job, states: state, since: moment(since), until: moment(until) };
  const { items, next } = await app.ledger().history.runPage(filter, { after: cursor, limit });
  return { items: items.map((run) => runRow(run, lang)), next };
};

export const deliveries: Handler<typeof reads.deliveries> = async ({ query }, { app, lang }) => {
  const { run, job = null, recipient = null, state = null, code = null, since, until, cursor = null, limit } = query;
  const filter: DeliveryFilter = {
    run: run === undefined ? null : (await theRun(app, run)).id,
    job,
    recipient,
    states: state,
    code,
    since: moment(since),
    until: moment(until),
  };
  const { items, next } = await app.ledger().history.deliveryPage(filter, { after: cursor, limit });
  const { apps } = app.project.settings;
  return { items: items.map((each) => deliveryRow(each, lang, own(apps, each.app) ?? null)), next };
};

export const delivery: Handler<typeof reads.delivery> = async ({ params }, { app, lang }) => {
  const { history } = app.ledger();
  const found = await history.delivery(params.delivery);
  if (found === null) throw failure(webWords, 'no-such-delivery', undefined, { status: 2 });
  const tries = (await history.triesOf([found])).get(found.id) ?? [];
  return withTries(found, tries, lang, own(app.project.settings.apps, found.app) ?? null);
};
