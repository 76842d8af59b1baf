import type { App } from '../app.ts';
import { soundJobs } from '../config/load.ts';
import type { Resend } from '../ledger/ledger.ts';
import { type Content, type Delivery, resendable, type Target, unresolved } from '../model/delivery.ts';
import { failure } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Run } from '../model/run.ts';
import type { Ms } from '../model/time.ts';
import { deliverUntil } from '../run/plan.ts';
import { prepare } from '../run/prepare.ts';
import { recipientOf, resolveRecipients } from '../run/resolve.ts';
import { frozen } from '../run/uploads.ts';
import { actWords } from './words.ts';

/** A new message for an old run, made with its due time; `not-renderable` for what has no job. */
const rendered = async (
  app: App,
  run: Run,
  deliveries: readonly Delivery[],
): Promise<Readonly<Record<number, Content>>> => {
  const [job] = run.job === null || run.kind === 'fallback' ? [] : soundJobs(app.project, [run.job]);
  if (job === undefined) throw failure(actWords, 'not-renderable', { run: run.id }, { status: 2 });
  const occasion = { due: run.dueAt ?? run.createdAt, run, test: run.trigger === 'test', force: true };
  const prepared = await prepare(job, occasion, app.preparation());
  if (prepared.is !== 'message') throw failure(actWords, 'own-messages', { job: job.name }, { status: 2 });
  // a message that has become longer or shorter cannot take the places of the old one
  const before = new Map(deliveries.map(({ part, kind }) => [part, kind]));
  const same =
    prepared.parts.length === before.size && prepared.parts.every(({ kind }, i) => before.get(i + 1) === kind);
  if (!same) throw failure(actWords, 'other-parts', { job: job.name }, { status: 2 });
  const contents = await Promise.all(prepared.parts.map((part) => frozen(part, job.app, app.uploads())));
  return Object.fromEntries(contents.map((content, i) => [i + 1, content]));
};

const chosen = (written: readonly string[], deliveries: readonly Delivery[]): readonly string[] | null => {
  if (written.length === 0) return null;
  const known = [...new Set(deliveries.map(({ recipient }) => recipient))];
  for (const value of written) {
    if (!known.includes(value))
      throw failure(
        actWords,
        'not-in-run',
        { recipient: value, suggestion: nearest(value, known), known },
        { status: 2 },
      );
  }
  return written;
};

/** Recipients that were never resolved, looked up anew; of those that still are not, nothing is in the answer. */
const lookUp = async (app: App, lost: readonly Delivery[]): Promise<NonNullable<Resend['found']>> => {
  const found: Record<string, { recipient: string; target: Target }[]> = {};
  for (const delivery of lost) {
    const all = await resolveRecipients([recipientOf(delivery)], delivery.app, app.directory(), { idsOnly: true });
    const known = all.filter(({ refused }) => refused === null);
    if (known.length > 0) found[delivery.id] = known.map(({ shown, target }) => ({ recipient: shown, target }));
  }
  return found;
};

/** What a person wants sent again: `to` as reports show it, empty for all; `render`: a new card. */
export interface Wanted {
  readonly unknown: boolean;
  readonly to: readonly string[];
  readonly render: boolean;
}

/** What would be sent again, and to how many people; nothing is sent yet. `anew`: the run failed before it had any. */
export interface Again {
  readonly people: number;
  readonly anew: boolean;
  readonly isNothing: boolean;
  readonly deliveries: readonly Delivery[];
  /** answers how many are sent again */
  readonly send: (now: Ms) => Promise<number>;
}

/**
 * What of a run goes out again: what surely did not arrive, with `unknown` also what nobody knows of. Throws
 * `was-recalled`, `not-in-run`, `not-renderable`, `own-messages`, `other-parts` (status 2).
 */
export const resendOf = async (app: App, run: Run, { unknown, to, render }: Wanted): Promise<Again> => {
  if (run.recalled) throw failure(actWords, 'was-recalled', { run: run.id.slice(0, 8), job: run.job }, { status: 2 });
  const deliveries = await app.ledger().history.deliveries(run.id);
  const recipients = chosen(to, deliveries);
  const again = resendable(deliveries, { unknown, recipients });
  const found = await lookUp(app, unresolved(deliveries, recipients));
  const anew = deliveries.length === 0 && (run.state === 'failed' || run.state === 'missed');
  const people = new Set([...again, ...Object.values(found).flat()].map(({ recipient }) => recipient)).size;
  return {
    people,
    anew,
    isNothing: again.length + Object.keys(found).length === 0 && !anew,
    deliveries,
    send: async (now) => {
      const contents: Readonly<Record<number, Content>> = render && !anew ? await rendered(app, run, deliveries) : {};
      const until = deliverUntil(now, people, app.project.settings.limits, null);
      const what = { run: run.id, unknown, recipients, found, contents, deliverUntil: until, feishuNow: null };
      return app.ledger().runs.resend(what);
    },
  };
};
