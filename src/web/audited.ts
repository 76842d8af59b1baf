import type { App } from '../app.ts';
import type { AuditEntry } from '../ledger/access.ts';
import { LarkcronError } from '../model/errors.ts';
import { hidden } from './answer.ts';
import type { Route } from './routes/route.ts';
import type { Who } from './who.ts';

/** Enough for whom and why; a card that was sent stands with its run. */
const MOST_DETAILS = 4_000;
/** What names something in an address; what is longer names nothing. */
const MOST_LETTERS = 200;

const named = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= MOST_LETTERS ? value : null;

const detailsOf = (details: AuditEntry['details']): AuditEntry['details'] => {
  const bytes = Buffer.byteLength(JSON.stringify(details));
  return bytes > MOST_DETAILS ? { bytes } : details;
};

/** What somebody set out to do: the route's act, and what was asked. */
export interface Deed {
  readonly who: Who;
  readonly route: Pick<Route, 'audit'>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

interface Book {
  readonly app: App;
  readonly hide: (text: string) => string;
}

/** The run that an act made, where its answer has one. */
const runIn = (answer: unknown): string | null => {
  const run = (answer as { readonly run?: { readonly id?: unknown } | null } | null)?.run;
  return named(run?.id);
};

const note = async (
  { who, route, params, body }: Deed,
  { outcome, run = null }: { outcome: string; run?: string | null },
  { app, hide }: Book,
): Promise<void> => {
  if (route.audit === undefined) return;
  const { job, run: asked, ...others } = params;
  const details = detailsOf({ ...others, ...(body as object | null) });
  await app.ledger().audit.note({
    ...{ who: who.token.name, role: who.token.role, what: route.audit, job: named(job), run: named(asked) ?? run },
    ...{ details: hidden(details, hide) as AuditEntry['details'], outcome },
  });
};

/** What was not even tried, since whoever asked may not. */
export const notAllowed = (deed: Deed, outcome: string, book: Book): Promise<void> => note(deed, { outcome }, book);

/** Notes who did what, whether or not it could be done. A route that stands in no audit is simply done. */
export const audited = async <T>(deed: Deed, book: Book, act: () => Promise<T>): Promise<T> => {
  let done: T;
  try {
    done = await act();
  } catch (error) {
    await note(deed, { outcome: error instanceof LarkcronError ? error.code : 'bug' }, book);
    throw error;
  }
  await note(deed, { outcome: 'ok', run: runIn(done) }, book);
  return done;
};
