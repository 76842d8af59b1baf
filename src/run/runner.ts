import { isoInZone } from '../base/wall-clock.ts';
import type { ClaimedRun, Ledger } from '../ledger/ledger.ts';
import { anchorKey } from '../model/anchor.ts';
import { sourceWait } from '../model/backoff.ts';
import type { Cut } from '../model/cut.ts';
import { LarkcronError } from '../model/errors.ts';
import { type Job, MAX_RECIPIENTS } from '../model/job.ts';
import type { Report } from '../model/log-event.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Reason } from '../model/run.ts';
import type { App, Limits } from '../model/settings.ts';
import { verbatim } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import type { Directory } from './directory.ts';
import { fallbackParts } from './fallback.ts';
import type { Preparation } from './gather.ts';
import type { Part } from './parts.ts';
import { deliverUntil, isPerson, planBatches, planDeliveries, type ReadyPart } from './plan.ts';
import { prepare } from './prepare.ts';
import { readRequest } from './request.ts';
import { resolveRecipients } from './resolve.ts';
import { frozen, type Uploads } from './uploads.ts';
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

/** What is to be sent to the recipients of a run, and how. */
interface Outgoing extends Pick<Job, 'app' | 'batch' | 'urgent'> {
  readonly parts: readonly Part[];
  readonly cuts: readonly Cut[];
  readonly until: Ms;
  readonly maxTries: number;
  /** more recipients than this, and nothing is sent */
  readonly most: number;
  readonly anchor: string | null;
  /** a card that would not change is renewed all the same */
  readonly force: boolean;
  /** if Feishu refuses the card for its content, a plain one goes out */
  readonly fallback: boolean;
  /** what the job is to know once it has arrived */
  readonly remember: string | null;
}

/** Deliveries written in one commit: more would hold the others up. */
const BATCH = 500;
const READY_MESSAGE_TRIES = 12;

/**
 * The story of a run: claimed, its data fetched, its message made, its deliveries written, made visible. Whatever goes
 * wrong ends it in the ledger; nothing is thrown but bugs. Another process that took it over is obeyed in silence.
 */
export const createRunner = (deps: RunnerDeps) => {
  const { ledger, report } = deps;

  const end = async (
    run: ClaimedRun,
    state: 'skipped' | 'failed',
    reason: Reason,
    remember: string | null = null,
  ): Promise<void> => {
    if (await ledger.runs.end(run.id, state, reason, { remember }))
      report({ event: 'run.ended', run: { ...run, state, reason } });
  };

  const deliver = async (run: ClaimedRun, message: Outgoing, recipients: readonly Recipient[]): Promise<void> => {
    const { most, urgent } = message;
    const onlyBots = recipients.every(({ idType }) => idType === 'webhook');
    const app = deps.apps[message.app] ?? (onlyBots ? { name: message.app, id: 'webhook' } : null);
    if (app === null) {
      await end(run, 'failed', { code: 'bad-settings', message: verbatim(`app ${message.app}?`) });
      return;
    }
    const idsOnly = message.batch || urgent !== null;
    const addressees = await resolveRecipients(recipients, app.name, deps.directory, { idsOnly });
    if (addressees.length > most) {
      const { message: why } = runWords['too-many-recipients']({ count: addressees.length, most });
      await end(run, 'failed', { code: 'too-many-recipients', message: why });
      return;
    }
    const people = addressees.filter(isPerson).length;
    const mayUrge = urgent !== null && people <= urgent.most;
    if (urgent !== null && !mayUrge) report({ event: 'urgent.withheld', run, people, most: urgent.most });
    const parts: ReadyPart[] = [];
    for (const part of message.parts)
      parts.push({ kind: part.kind, content: await frozen(part, app.name, deps.uploads) });
    const deliveries = (message.batch ? planBatches : planDeliveries)({
      run: run.id,
      app,
      addressees,
      parts,
      deliverUntil: message.until,
      maxTries: message.maxTries,
      anchor: message.anchor,
      urgent: mayUrge ? urgent.by : null,
    });
    if (deliveries.length === 0) {
      await end(run, 'skipped', {
        code: 'no-recipients',
        message: runWords['no-recipients']({ job: run.job ?? '' }).message,
      });
      return;
    }
    for (let from = 0; from < deliveries.length; from += BATCH) {
      if (!(await ledger.runs.addDeliveries(run.id, deliveries.slice(from, from + BATCH)))) return;
    }
    const supersedes = run.job !== null && run.ownAudience && run.dueAt !== null && deps.isFrequent(run.job, run.dueAt);
    if (
      await ledger.runs.toDelivering(run.id, {
        supersedes,
        evenIfSame: message.force,
        cuts: message.cuts,
        fallback: message.fallback,
        remember: message.remember,
      })
    ) {
      for (const cut of message.cuts) report({ event: 'run.cut', run, cut });
      report({ event: 'run.planned', run, deliveries: deliveries.length });
    }
  };

  const runJob = async (run: ClaimedRun, job: Job): Promise<void> => {
    const request = readRequest(run.request);
    const due = run.dueAt ?? run.createdAt;
    const prepared = await prepare(
      job,
      { due, run, test: request.test ?? false, force: request.force ?? false, to: request.to ?? [] },
      deps.preparation,
    );
    if (prepared.is === 'skipped') {
      await end(run, 'skipped', prepared.reason, prepared.remember);
      return;
    }
    const recipients = request.to ?? job.to;
    const until = Math.max(
      run.deliverUntil,
      deliverUntil(run.dueAt === null ? deps.now() : due, recipients.length, deps.limits, job.deliverWithin),
    );
    // a test run stands for itself: it renews nothing, answers to nothing and calls nobody
    const own = run.ownAudience;
    const day = isoInZone(due, { name: job.schedule?.timezone ?? deps.preparation.timezone }).slice(0, 10);
    await deliver(
      run,
      {
        app: job.app,
        parts: prepared.parts,
        cuts: prepared.cuts,
        until,
        maxTries: job.attempts,
        most: job.maxRecipients,
        batch: own && job.batch,
        anchor: own && job.together !== null ? anchorKey(job.together, day) : null,
        urgent: own ? job.urgent : null,
        force: request.force ?? false,
        fallback: own && job.fallback && prepared.parts[0].content.msgType === 'interactive',
        remember: prepared.remember,
      },
      recipients,
    );
  };

  /** In place of a card that was refused: to whom lacks it, and no more than once. */
  const runFallback = async (run: ClaimedRun, job: Job): Promise<void> => {
    const { to = [], code = 0 } = readRequest(run.request);
    const occasion = { due: run.dueAt ?? run.createdAt, run, test: false, force: true };
    await deliver(
      run,
      {
        app: job.app,
        parts: await fallbackParts(job, occasion, { to, code }, deps.preparation),
        cuts: [],
        until: run.deliverUntil,
        maxTries: job.attempts,
        most: job.maxRecipients,
        batch: job.batch,
        anchor: null,
        urgent: null,
        force: false,
        fallback: false,
        remember: null,
      },
      to,
    );
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
    /** Takes one pending run through to its deliveries; false when there was none to take. */
    step: async (which: Parameters<Ledger['runs']['claim']>[0]): Promise<boolean> => {
      const run = await ledger.runs.claim(which);
      if (run === null) return false;
      report({ event: 'run.started', run });
      try {
        if (run.job === null) {
          const { message, to } = readRequest(run.request);
          if (message !== undefined)
            await deliver(
              run,
              {
                app: message.app,
                parts: [{ kind: message.kind, content: message.content, card: null, files: [] }],
                cuts: [],
                until: run.deliverUntil,
                maxTries: READY_MESSAGE_TRIES,
                most: MAX_RECIPIENTS,
                batch: false,
                anchor: null,
                urgent: null,
                force: false,
                fallback: false,
                remember: null,
              },
              to ?? [],
            );
          return true;
        }
        const found = deps.jobs(run.job);
        if ('broken' in found) await end(run, 'failed', found.broken);
        else await (run.kind === 'fallback' ? runFallback : runJob)(run, found.job);
      } catch (error) {
        await fail(run, error);
      }
      return true;
    },
  };
};

/** A source's or card's failure as a run's reason. What the user wrote is `bad-settings`, whatever the finding's own code. */
const reasonOf = (error: LarkcronError): Reason => {
  const first = error.problems[0];
  const place = first?.at ? `${first.at.file}:${first.at.line}:${first.at.column} ` : '';
  const { message } = first ?? error.explanation;
  const failed = error.code.startsWith('upload-') ? 'upload-failed' : 'source-failed';
  const code = error.status === 2 ? 'bad-settings' : failed;
  return { code, message: { zh: place + message.zh, en: place + message.en } };
};
