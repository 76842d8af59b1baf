import { type Explained, explain, hintOf, type LinkApp } from '../feishu/explain.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Delivery, newest } from '../model/delivery.ts';
import type { Incident, NoticeKind } from '../model/incident.ts';
import type { Job } from '../model/job.ts';
import type { Run } from '../model/run.ts';
import { type Text, verbatim } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import type { Notice, NoticeLine } from './notice-card.ts';
import { LABELS, lasted, NO_ANSWER_WORDS, outOf, some, TITLES } from './words.ts';

export interface ComposeDeps {
  readonly ledger: Ledger;
  /** null: the job is gone or broken */
  readonly job: (name: string) => Job | null;
  /** an app, for the links to its console */
  readonly links: (app: string) => LinkApp | null;
  /** a time as people in the project's zone read it */
  readonly at: (ms: Ms) => string;
  readonly now: () => Ms;
}

/** `job:NAME` or `app:NAME` as its two parts. */
export const subjectOf = ({ subject }: Pick<Incident, 'subject'>): { kind: 'job' | 'app'; name: string } => {
  const colon = subject.indexOf(':');
  return { kind: subject.slice(0, colon) === 'app' ? 'app' : 'job', name: subject.slice(colon + 1) };
};

const line = (label: keyof typeof LABELS, value: Text | string): NoticeLine => ({ label: LABELS[label], value });

const resendCommand = (run: string): string => `larkcron resend ${run.slice(0, 8)}`;

/** What Feishu refused, as the table has it; of an app whose gate is closed what closed it, too. */
const refusalOf = async (
  refused: Delivery | undefined,
  app: string | null,
  { ledger, links }: ComposeDeps,
): Promise<Explained | null> => {
  if (refused?.code != null && refused.code !== 0)
    return explain({ code: refused.code, http: refused.http, msg: refused.message }, links(refused.app));
  const gate = app === null ? null : await ledger.apps.gate(app);
  return gate?.code == null ? null : explain({ code: gate.code }, links(app ?? ''));
};

/** Words, code, log id and what to do: from the run's reason and its first refused delivery. */
const causeOf = async (
  run: Run,
  deliveries: readonly Delivery[],
  { app, label }: { app: string | null; label: 'cause' | 'lastCause' },
  deps: ComposeDeps,
): Promise<NoticeLine[]> => {
  const bad = deliveries.filter(({ state }) => state === 'rejected' || state === 'unknown');
  const refused = bad.find(({ fault }) => app !== null && fault === 'app') ?? bad[0];
  const row = await refusalOf(refused, app, deps);
  const reason = app === null ? run.reason : null;
  const cause =
    reason?.message ??
    row?.words ??
    (refused?.state === 'unknown' ? NO_ANSWER_WORDS : null) ??
    refused?.reason?.message ??
    verbatim(refused?.message ?? run.state);
  const mend = row !== null && row.hint.zh !== '' ? hintOf(row) : null;
  const check = run.reason?.code === 'bad-settings' && run.job !== null ? `larkcron check ${run.job}` : null;
  return [
    line(label, cause),
    ...(reason !== null && row !== null ? [line('said', row.words)] : []),
    ...(row === null ? [] : [line('code', String(row.code))]),
    ...(refused?.logId == null ? [] : [line('logId', refused.logId)]),
    ...(mend === null ? (check === null ? [] : [line('mend', check)]) : [line('mend', mend)]),
  ];
};

/** Who did not get it, who may have, how many did, and what sends it again. */
const affected = (run: Run, deliveries: readonly Delivery[], job: Job | null): NoticeLine[] => {
  const named = (all: readonly Delivery[]): string[] => [...new Set(all.map(({ recipient }) => recipient))];
  const unknown = named(deliveries.filter(({ state }) => state === 'unknown'));
  const without = deliveries.length === 0 ? (job?.to.map(({ shown }) => shown) ?? []) : null;
  const unreached =
    without ??
    named(deliveries.filter(({ state }) => state !== 'delivered' && state !== 'unknown')).filter(
      (recipient) => !unknown.includes(recipient),
    );
  const all = deliveries.length === 0 ? unreached.length : named(deliveries).length;
  const surely = unreached.length > 0 || unknown.length === 0;
  return [
    ...(unreached.length === 0 ? [] : [line('unreached', some(unreached))]),
    ...(unknown.length === 0 ? [] : [line('unknown', some(unknown))]),
    ...(all === 0 ? [] : [line('reached', outOf(all - unreached.length - unknown.length, all))]),
    ...(surely ? [line('resend', resendCommand(run.id))] : []),
    ...(unknown.length === 0 ? [] : [line('resendUnknown', `${resendCommand(run.id)} --unknown`)]),
    line('run', `${run.id} · larkcron show ${run.id.slice(0, 8)}`),
  ];
};

/** The jobs that failed with their app or wait for it, and what sends the latest of each that failed again. */
const jobsOf = async ({ jobs }: Incident, app: string, { ledger }: ComposeDeps): Promise<NoticeLine[]> => {
  const open = await ledger.history.openIncidents();
  const waiting = await ledger.history.waitingJobs(app);
  const commands = jobs.slice(0, 10).flatMap((name) => {
    const own = open.find(({ subject }) => subject === `job:${name}`);
    return own === undefined ? [] : [`${resendCommand(own.lastRun)} (${name})`];
  });
  return [
    line('jobs', some([...new Set([...jobs, ...waiting])])),
    ...(commands.length === 0 ? [] : [line('resend', commands.join('\n'))]),
  ];
};

/** Due times that passed with nothing awake meanwhile, as far as they were noted. */
const missedOf = async (incident: Incident, job: string | null, { ledger }: ComposeDeps): Promise<number> => {
  if (job === null) return 0;
  const spans = await ledger.history.spans(job);
  return spans.filter(({ until }) => until >= incident.openedDue).reduce((sum, { count }) => sum + count, 0);
};

/** What is to be said of an incident now; the ledger has all of it, so that any process can say it. */
export const composeNotice = async (incident: Incident, what: NoticeKind, deps: ComposeDeps): Promise<Notice> => {
  const { ledger, at, now } = deps;
  const { kind, name } = subjectOf(incident);
  const title = TITLES[kind][what](name);
  const which = line(kind, name);
  const count = line('count', String(incident.count));
  if (what === 'recovery') {
    const until = incident.closedAt ?? now();
    const missed = await missedOf(incident, kind === 'job' ? name : null, deps);
    const lines = [
      which,
      line('since', at(incident.openedAt)),
      line('until', at(until)),
      line('lasted', lasted(until - incident.openedAt)),
      count,
      ...(missed === 0 ? [] : [line('missed', String(missed))]),
      ...(kind === 'app' ? [line('jobs', some(incident.jobs))] : []),
    ];
    return { title, color: 'green', lines };
  }
  // of several failures the latest: what it says can still be mended
  const run = await ledger.history.run(incident.lastRun);
  const deliveries = run === null ? [] : newest(await ledger.history.deliveries(run.id));
  const again = what === 'reminder' || incident.count > 1;
  const cause =
    run === null
      ? []
      : await causeOf(
          run,
          deliveries,
          { app: kind === 'app' ? name : null, label: again ? 'lastCause' : 'cause' },
          deps,
        );
  const rest =
    kind === 'app' ? await jobsOf(incident, name, deps) : run === null ? [] : affected(run, deliveries, deps.job(name));
  return {
    title,
    color: 'red',
    lines: [
      which,
      ...(run?.dueAt == null || kind === 'app' ? [] : [line('due', at(run.dueAt))]),
      ...(again ? [line('since', at(incident.openedAt)), count] : []),
      ...cause,
      ...rest,
    ],
  };
};
