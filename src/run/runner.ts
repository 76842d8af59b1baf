import { isoInZone } from '../base/wall-clock.ts';
import type { SourceRead } from '../ledger/browse.ts';
import type { ClaimedRun, Ledger, NewDelivery } from '../ledger/ledger.ts';
import { anchorKey } from '../model/anchor.ts';
import { sourceWait } from '../model/backoff.ts';
import { LarkcronError } from '../model/errors.ts';
import { type Job, MAX_RECIPIENTS } from '../model/job.ts';
import type { Report } from '../model/log-event.ts';
import type { Moves } from '../model/memory.ts';
import { own } from '../model/own.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Reason } from '../model/run.ts';
import type { App, Limits } from '../model/settings.ts';
import { verbatim } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import { missingNotice } from './calendar-of.ts';
import type { Directory } from './directory.ts';
import { exampleOf } from './example.ts';
import { fallbackMessages } from './fallback.ts';
import type { Preparation } from './gather.ts';
import { writeFigures } from './memory.ts';
import { deliveriesOf, type Outgoing, resolved } from './outgoing.ts';
import { deliverUntil, isPerson } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { readRequest } from './request.ts';
import type { Uploads } from './uploads.ts';
import { runWords } from './words.ts';

/** What a job's file is worth right now: the job, or why there is none. */
export type JobLookup = (name: string) => { readonly job: Job } | { readonly broken: Reason };

export interface RunnerDeps {
  readonly ledger: Ledger;
  readonly preparation: Preparation;
  readonly jobs: JobLookup;
  readonly directory: Directory;
  readonly uploads: Uploads;
  readonly apps: Readonly<Record<string, App>>;
  readonly limits: Limits;
  readonly now: () => Ms;
  readonly report: Report;
  /** due more often than hourly: then only the newest run's messages are worth sending (core rule 17) */
  readonly isFrequent: (job: string, due: Ms) => boolean;
  readonly isTransient: (error: unknown) => boolean;
}

const READY_MESSAGE_TRIES = 12;

/** A message without a job's own ways. */
const PLAIN = {
  cuts: [],
  lasts: () => 0,
  maxTries: READY_MESSAGE_TRIES,
  most: MAX_RECIPIENTS,
  batch: false,
  anchor: null,
  urgent: null,
  force: false,
  fallback: false,
} satisfies Partial<Outgoing>;

const CARDS: readonly string[] = ['card', 'raw', 'template', 'made'];

/**
 * The story of a run: claimed, its data fetched, its message made, its deliveries written, made visible. Whatever goes
 * wrong ends it in the ledger; nothing is thrown but bugs. Another process that took it over is obeyed in silence.
 */
export const createRunner = (deps: RunnerDeps) => {
  const { ledger, report } = deps;

  /** what the sources of the runs that are being prepared gave, by run */
  const reads = new Map<string, SourceRead[]>();
  const watched: Preparation = {
    ...deps.preparation,
    report: (event) => {
      deps.preparation.report(event);
      if (event.event !== 'source.read' || event.run === null) return;
      const { dataset, rows, tookMs } = event;
      reads.get(event.run.id)?.push({ dataset, rows, tookMs, at: deps.now() });
    },
  };

  const end = async (run: ClaimedRun, state: 'skipped' | 'failed', reason: Reason, moves?: Moves): Promise<void> => {
    if (await ledger.runs.end(run.id, state, reason, moves, reads.get(run.id)))
      report({ event: 'run.ended', run: { ...run, state, reason } });
  };

  const deliver = async (run: ClaimedRun, message: Outgoing): Promise<void> => {
    const { most, urgent, to } = message;
    const onlyBots = 'recipients' in to && to.recipients.every(({ idType }) => idType === 'webhook');
    const app = own(deps.apps, message.app) ?? (onlyBots ? { name: message.app, id: 'webhook' } : null);
    if (app === null) {
      await end(run, 'failed', { code: 'bad-settings', message: verbatim(`app ${message.app}?`) });
      return;
    }
    const idsOnly = message.batch || urgent !== null;
    const audience = await resolved(to, app.name, deps.directory, { idsOnly });
    if (audience.length > most) {
      const { message: why } = runWords['too-many-recipients']({ count: audience.length, most });
      await end(run, 'failed', { code: 'too-many-recipients', message: why });
      return;
    }
    const people = audience.filter(({ addressee }) => isPerson(addressee)).length;
    const mayUrge = urgent !== null && people <= urgent.most;
    if (urgent !== null && !mayUrge) report({ event: 'urgent.withheld', run, people, most: urgent.most });
    const until = Math.max(message.until, message.lasts(audience.length));
    const plan = { run: run.id, app, deliverUntil: until, maxTries: message.maxTries, anchor: message.anchor };
    const lists = deliveriesOf(message, audience, { ...plan, urgent: mayUrge ? urgent.by : null }, deps.uploads);
    let count = 0;
    // the last of them are written as they all become visible: most runs need one commit
    let rest: readonly NewDelivery[] = [];
    let next = await lists.next();
    for (; next.done !== true; next = await lists.next()) {
      if (rest.length > 0 && !(await ledger.runs.addDeliveries(run.id, rest))) return;
      rest = next.value;
      count += rest.length;
    }
    if (count === 0) {
      await end(run, 'skipped', {
        code: 'no-recipients',
        message: runWords['no-recipients']({ job: run.job ?? '' }).message,
      });
      return;
    }
    const { cuts, figures } = next.value;
    const each = 'theirs' in to;
    const candidate =
      each && message.candidate ? { ...message.candidate, figures: writeFigures(figures) } : message.candidate;
    const supersedes = run.job !== null && run.ownAudience && run.dueAt !== null && deps.isFrequent(run.job, run.dueAt);
    if (
      await ledger.runs.toDelivering(run.id, {
        rest,
        supersedes,
        evenIfSame: message.force,
        cuts,
        fallback: message.fallback,
        own: each,
        sources: reads.get(run.id) ?? [],
        ...(candidate === undefined ? {} : { candidate }),
        ...(message.moves === undefined ? {} : { moves: message.moves }),
      })
    ) {
      for (const cut of cuts) report({ event: 'run.cut', run, cut });
      report({ event: 'run.planned', run, deliveries: count });
    }
  };

  const runJob = async (run: ClaimedRun, job: Job): Promise<void> => {
    const request = readRequest(run.request);
    const due = run.dueAt ?? run.createdAt;
    const { to: others, test = false, force = false } = request;
    const prepared = await prepare(job, { due, run, test, force, to: others ?? [] }, watched);
    if (prepared.is === 'skipped') {
      await end(run, 'skipped', prepared.reason, prepared.moves);
      return;
    }
    const to = await audienceOf(run, job, prepared, others);
    // a test run stands for itself: it renews nothing, answers to nothing and calls nobody
    const own = run.ownAudience;
    const day = isoInZone(due, { name: job.schedule?.timezone ?? deps.preparation.timezone }).slice(0, 10);
    const from = run.dueAt === null ? deps.now() : due;
    await deliver(run, {
      app: job.app,
      to,
      cuts: prepared.is === 'message' ? prepared.cuts : [],
      until: run.deliverUntil,
      lasts: (recipients) => deliverUntil(from, recipients, deps.limits, job.deliverWithin),
      maxTries: job.attempts,
      most: job.maxRecipients,
      batch: own && job.batch,
      anchor: own && job.together !== null ? anchorKey(job.together, day) : null,
      urgent: own ? job.urgent : null,
      force,
      // texts and files are never refused for the content of a card
      fallback: own && job.fallback && CARDS.includes(job.message.kind),
      candidate: prepared.candidate,
      moves: prepared.moves,
    });
  };

  /** Whom a run goes to. Others than the job's own get one message, as an example, where everybody has their own. */
  const audienceOf = async (
    run: ClaimedRun,
    job: Job,
    prepared: Exclude<Prepared, { is: 'skipped' }>,
    others: readonly Recipient[] | undefined,
  ): Promise<Outgoing['to']> => {
    if (prepared.is === 'message') return { recipients: others ?? job.to, parts: prepared.parts };
    if (others === undefined) return prepared;
    const example = await exampleOf(prepared, others);
    if (example === null) return { recipients: [], parts: [] };
    if (example.of !== null) report({ event: 'run.example', run, ...example.of });
    return { recipients: others, parts: example.parts };
  };

  /** In place of a card that was refused: to whom lacks it, and no more than once. */
  const runFallback = async (run: ClaimedRun, job: Job): Promise<void> => {
    const { to = [], code = 0 } = readRequest(run.request);
    const occasion = { due: run.dueAt ?? run.createdAt, run, test: false, force: true };
    await deliver(run, {
      ...PLAIN,
      app: job.app,
      to: await fallbackMessages(job, occasion, { to, code }, watched),
      until: run.deliverUntil,
      maxTries: job.attempts,
      most: job.maxRecipients,
      batch: job.batch,
    });
  };

  /** Data that cannot be had for now is tried again while it makes sense; everything else ends the run. */
  const fail = async (run: ClaimedRun, error: unknown): Promise<void> => {
    // without its ledger a run can be neither ended nor put back
    if (!(error instanceof LarkcronError) || error.code.startsWith('ledger-')) throw error;
    const wait = deps.isTransient(error) ? sourceWait(run.tries) : null;
    const at = deps.now() + (wait ?? 0);
    if (wait !== null && run.onceKey !== null && at < run.deliverUntil) {
      if (await ledger.runs.again(run.id, at, reasonOf(error)))
        report({ event: 'run.again', run, because: error.explanation, at });
      return;
    }
    await end(run, 'failed', reasonOf(error));
  };

  return {
    claim: ledger.runs.claim,
    /** Takes a claimed run through to its deliveries. */
    take: async (run: ClaimedRun): Promise<void> => {
      report({ event: 'run.started', run });
      reads.set(run.id, []);
      try {
        if (run.job === null) {
          const { message, to } = readRequest(run.request);
          if (message !== undefined)
            await deliver(run, {
              ...PLAIN,
              app: message.app,
              to: {
                recipients: to ?? [],
                parts: [{ kind: message.kind, content: message.content, card: null, files: [] }],
              },
              until: run.deliverUntil,
            });
          return;
        }
        const found = deps.jobs(run.job);
        if ('broken' in found) {
          await end(run, 'failed', found.broken);
          return;
        }
        const unknown = missingNotice(found.job, run);
        if (unknown !== null) await end(run, 'failed', unknown);
        else await (run.kind === 'fallback' ? runFallback : runJob)(run, found.job);
      } catch (error) {
        await fail(run, error);
      } finally {
        reads.delete(run.id);
      }
    },
  };
};

/** A source's or card's failure as a run's reason. What the user wrote is `bad-settings`, whatever the finding's own code. */
const reasonOf = (error: LarkcronError): Reason => {
  const first = error.problems[0];
  const place = first?.at ? `${first.at.file}:${first.at.line}:${first.at.column} ` : '';
  const { message } = first ?? error.explanation;
  const failed = error.code.startsWith('upload-') ? 'upload-failed' : 'source-failed';
  const code = error.status === 2 ? 'bad-settings' : error.code === 'empty' ? 'empty' : failed;
  return { code, message: { zh: place + message.zh, en: place + message.en } };
};
