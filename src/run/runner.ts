import type { ClaimedRun, Ledger } from '../ledger/ledger.ts';
import { sourceWait } from '../model/backoff.ts';
import { LarkcronError } from '../model/errors.ts';
import { type Job, MAX_RECIPIENTS } from '../model/job.ts';
import type { Report } from '../model/log-event.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Reason } from '../model/run.ts';
import type { App, Limits } from '../model/settings.ts';
import { verbatim } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import type { Directory } from './directory.ts';
import { deliverUntil, planDeliveries } from './plan.ts';
import { type Preparation, prepare } from './prepare.ts';
import { type ReadyMessage, readRequest } from './request.ts';
import { resolveRecipients } from './resolve.ts';
import { runWords } from './words.ts';

/** What a job's file is worth right now: the job, or why there is none. */
export type JobLookup = (name: string) => { readonly job: Job } | { readonly broken: Reason };

export interface RunnerDeps {
  readonly ledger: Ledger;
  readonly preparation: Preparation;
  readonly jobs: JobLookup;
  readonly directory: Directory;
  readonly apps: Readonly<Record<string, App>>;
  readonly limits: Limits;
  readonly now: () => Ms;
  readonly report: Report;
  /** due more often than hourly: then only the newest run's messages are worth sending (core rule 17) */
  readonly isFrequent: (job: string, due: Ms) => boolean;
  readonly isTransient: (error: unknown) => boolean;
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

  const end = async (run: ClaimedRun, state: 'skipped' | 'failed', reason: Reason): Promise<void> => {
    if (await ledger.runs.end(run.id, state, reason)) report({ event: 'run.ended', run: { ...run, state, reason } });
  };

  const deliver = async (
    run: ClaimedRun,
    message: ReadyMessage,
    recipients: readonly Recipient[],
    { until, maxTries, most }: { until: Ms; maxTries: number; most: number },
  ): Promise<void> => {
    const app = deps.apps[message.app];
    if (app === undefined) {
      await end(run, 'failed', { code: 'bad-settings', message: verbatim(`app ${message.app}?`) });
      return;
    }
    const addressees = await resolveRecipients(recipients, app.name, deps.directory);
    if (addressees.length > most) {
      const { message: why } = runWords['too-many-recipients']({ count: addressees.length, most });
      await end(run, 'failed', { code: 'too-many-recipients', message: why });
      return;
    }
    const deliveries = planDeliveries({
      run: run.id,
      app,
      addressees,
      kind: message.kind,
      content: message.content,
      deliverUntil: until,
      maxTries,
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
    if (await ledger.runs.toDelivering(run.id, { supersedes }))
      report({ event: 'run.planned', run, deliveries: deliveries.length });
  };

  const runJob = async (run: ClaimedRun, job: Job): Promise<void> => {
    const request = readRequest(run.request);
    const due = run.dueAt ?? run.createdAt;
    const prepared = await prepare(
      job,
      { due, run, test: request.test ?? false, force: request.force ?? false },
      deps.preparation,
    );
    if (prepared.is === 'skipped') {
      await end(run, 'skipped', prepared.reason);
      return;
    }
    const recipients = request.to ?? job.to;
    const until = Math.max(
      run.deliverUntil,
      deliverUntil(run.dueAt === null ? deps.now() : due, recipients.length, deps.limits, job.deliverWithin),
    );
    await deliver(run, { app: job.app, kind: prepared.kind, content: prepared.content }, recipients, {
      until,
      maxTries: job.attempts,
      most: job.maxRecipients,
    });
  };

  /** Data that cannot be had for now is tried again while it makes sense; everything else ends the run. */
  const fail = async (run: ClaimedRun, error: unknown): Promise<void> => {
    if (!(error instanceof LarkcronError)) throw error;
    const wait = deps.isTransient(error) ? sourceWait(run.tries) : null;
    const at = deps.now() + (wait ?? 0);
    if (wait !== null && run.onceKey !== null && at < run.deliverUntil) {
      if (await ledger.runs.again(run.id, at)) report({ event: 'run.again', run, because: error.explanation, at });
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
            await deliver(run, message, to ?? [], {
              until: run.deliverUntil,
              maxTries: READY_MESSAGE_TRIES,
              most: MAX_RECIPIENTS,
            });
          return true;
        }
        const found = deps.jobs(run.job);
        if ('broken' in found) await end(run, 'failed', found.broken);
        else await runJob(run, found.job);
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
  const code = error.status === 2 ? 'bad-settings' : 'source-failed';
  return { code, message: { zh: place + message.zh, en: place + message.en } };
};
