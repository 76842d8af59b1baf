import type { LinkApp } from '../feishu/explain.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Delivery, newest } from '../model/delivery.ts';
import type { Incident, NoticeKind } from '../model/incident.ts';
import type { Job } from '../model/job.ts';
import { reachOf } from '../model/reach.ts';
import type { Run } from '../model/run.ts';
import type { Text } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import { causeOf } from './cause.ts';
import type { Notice, NoticeLine } from './notice-card.ts';
import { LABELS, lasted, outOf, some, TITLES } from './words.ts';

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

/** Words, code, log id and what to do. */
const causeLines = async (
  run: Run,
  deliveries: readonly Delivery[],
  { app, label }: { app: string | null; label: 'cause' | 'lastCause' },
  { ledger, links }: ComposeDeps,
): Promise<NoticeLine[]> => {
  const gate = app === null ? null : await ledger.apps.gate(app);
  const { words, said, hint, logId } = causeOf(run, deliveries, { app, gate, links });
  const check = run.reason?.code === 'bad-settings' && run.job !== null ? `larkcron check ${run.job} --data` : null;
  const mend = said !== null ? hint : (check ?? hint);
  // a reason may hold Feishu's words already
  const told = said === null || words.zh.includes(said.words.zh);
  return [
    line(label, words),
    ...(told ? [] : [line('said', said.words)]),
    ...(said === null ? [] : [line('code', String(said.code))]),
    ...(logId === null ? [] : [line('logId', logId)]),
    ...(mend === null ? [] : [line('mend', mend)]),
  ];
};

/** Who did not get it, who may have, how many did, and what sends it again. */
const affected = (run: Run, deliveries: readonly Delivery[], job: Job | null): NoticeLine[] => {
  const { reached, unknown, ...rest } = reachOf(deliveries);
  const unreached = deliveries.length === 0 ? (job?.to.map(({ shown }) => shown) ?? []) : rest.unreached;
  const all = reached.length + unreached.length + unknown.length;
  const surely = unreached.length > 0 || unknown.length === 0;
  return [
    ...(unreached.length === 0 ? [] : [line('unreached', some(unreached))]),
    ...(unknown.length === 0 ? [] : [line('unknown', some(unknown))]),
    ...(all === 0 ? [] : [line('reached', outOf(reached.length, all))]),
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
  return spans
    .filter(({ until, why }) => why === 'missed' && until >= incident.openedDue)
    .reduce((sum, { count }) => sum + count, 0);
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
      : await causeLines(
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
