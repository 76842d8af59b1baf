import { addressIn, findPerson, groupsLike, listGroups } from '../../acts/find-people.ts';
import { configWords } from '../../config/words.ts';
import { patient } from '../../doctor/patient.ts';
import type { LinkApp } from '../../feishu/explain.ts';
import type { LastTo } from '../../ledger/browse.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { own } from '../../model/own.ts';
import type { Recipient } from '../../model/recipient.ts';
import { type Lang, say } from '../../model/text.ts';
import { utcOrNull } from '../../report/run-json.ts';
import { lastWords, reasonOf, whatToDo } from '../../report/what-to-do.ts';
import { atMost } from '../at-most.ts';
import type { Asked, Desk, Handler } from '../bind.ts';
import type { reads } from '../routes/reads.ts';
import { madeAt } from '../rows.ts';

/** Why the latest message could not reach them; null: it did, or nothing is known. */
const unreachable = ({ last }: LastTo, app: LinkApp | null, lang: Lang) => {
  if (last.state !== 'rejected' || last.fault !== 'recipient') return null;
  const words = lastWords(last, app) ?? reasonOf(last, app);
  const hint = whatToDo(last, app);
  return {
    at: utcOrNull(madeAt(last.id)),
    code: last.code,
    message: words === null ? (last.message ?? '') : say(words, lang),
    hint: hint === null ? null : say(hint, lang),
  };
};

export const recipients: Handler<typeof reads.recipients> = async (_asked, { app, lang }) => {
  const { jobs, settings } = app.project;
  const rows = new Map<string, { kind: string; groups: Set<string>; jobs: Set<string> }>();
  const rowFor = ({ shown, idType }: Recipient) => {
    const row = rows.get(shown) ?? { kind: idType, groups: new Set(), jobs: new Set() };
    rows.set(shown, row);
    return row;
  };
  for (const [name, members] of Object.entries(settings.recipients))
    for (const member of members) rowFor(member).groups.add(name);
  for (const job of jobs) for (const recipient of job.to) rowFor(recipient).jobs.add(job.name);
  if (settings.owner !== null) rowFor(settings.owner);
  const last = await app.ledger().history.lastTo([...rows.keys()]);
  return {
    recipients: [...rows].map(([recipient, row]) => {
      const to = last.get(recipient) ?? null;
      return {
        recipient,
        kind: row.kind,
        groups: [...row.groups],
        jobs: [...row.jobs],
        lastDeliveredAt: utcOrNull(to?.deliveredAt ?? null),
        unreachable: to === null ? null : unreachable(to, own(settings.apps, to.last.app) ?? null, lang),
      };
    }),
    fromData: jobs.flatMap(({ name, each }) =>
      each === null ? [] : [{ job: name, column: `${each.from}.${each.column}` }],
    ),
  };
};

/** Each may ask Feishu for a minute. */
const few = atMost(2);

export const findPeople: Handler<typeof reads.findPeople> = ({ query }, desk) => few(() => found(query, desk));

const found = async (query: Asked<typeof reads.findPeople>['query'], { app, clock }: Desk) => {
  const { apps } = app.project.settings;
  const names = Object.keys(apps);
  const name = query.app ?? (names.includes('default') ? 'default' : (names[0] ?? 'default'));
  const used = own(apps, name);
  const client = app.feishu(name);
  if (used === undefined || client === null)
    throw failure(configWords, 'unknown-app', { name, suggestion: nearest(name, names) }, { status: 2 });
  const feishu = patient(client, clock, AbortSignal.timeout(60_000));
  const address = addressIn(query.query);
  if (address !== null) {
    const id = await findPerson(feishu, used, address);
    return { app: name, groups: [], people: [{ id, [address.kind]: address.id }] };
  }
  const all = await listGroups(feishu, used);
  const groups = query.query === '' ? all : groupsLike(all, query.query);
  return {
    app: name,
    groups: groups.map(({ id, name: words, external }) => ({ id, name: words, external })),
    people: [],
  };
};
