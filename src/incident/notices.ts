import type { NewRun, NoticeStep } from '../ledger/ledger.ts';
import { LarkcronError } from '../model/errors.ts';
import { type Hearing, nextWay, unmended } from '../model/hearing.ts';
import { type Incident, type NoticeKind, nextNotice } from '../model/incident.ts';
import type { Report } from '../model/log-event.ts';
import { withMarkerPlace } from '../model/marker.ts';
import { type OnFailure, togetherOf, type Way, waysOf } from '../model/on-failure.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Reason, Run } from '../model/run.ts';
import { type Lang, verbatim } from '../model/text.ts';
import { HOUR, MINUTE, type Ms } from '../model/time.ts';
import { writeRequest } from '../run/request.ts';
import { type ComposeDeps, composeNotice, subjectOf } from './compose.ts';
import { type Notice, noticeCard, noticeText } from './notice-card.ts';

/** A program that is told: `text` on its standard input. Settles when it has ended; throws when it failed. */
export type Call = (program: {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  text: string;
  timeout: Ms;
}) => Promise<unknown>;

export interface NoticesDeps extends ComposeDeps {
  /** of jobs that are gone or broken, and of apps without known jobs */
  readonly onFailure: OnFailure;
  /** false: the job's file is there, and was not read by this process; one that reads it is to tell */
  readonly knows: (job: string) => boolean;
  readonly app: string;
  readonly lang: Lang;
  readonly call: Call;
  /** takes secrets out of what a source or a program said */
  readonly hide: (text: string) => string;
  readonly report: Report;
}

/** How long a notice may be on its way. */
const DELIVER_WITHIN: Ms = 6 * HOUR;

const whyOf = (error: unknown): Reason =>
  error instanceof LarkcronError
    ? { code: error.code, message: error.explanation.message }
    : { code: 'fault', message: verbatim(String((error as Error).message)) };

/** What a program said on its way out may hold a secret. */
const hidden = ({ code, message }: Reason, hide: (text: string) => string): Reason => ({
  code,
  message: { zh: hide(message.zh), en: hide(message.en) },
});

/** How one incident is told: whom, by which app first, in which language. */
interface Plan {
  readonly policy: OnFailure;
  readonly app: string;
  readonly lang: Lang;
}

const shownNames = (recipients: readonly Recipient[]): string =>
  [...new Set(recipients.map(({ shown }) => shown))].join(', ');

/**
 * One message when a job or an app starts failing, reminders if they are wanted, one when it has recovered: each a run
 * of its own, sent like any other. Those whom the first way does not reach are tried once by the second.
 */
export const createNotices = (deps: NoticesDeps) => {
  const { ledger, now, report } = deps;
  const calls = new Set<Promise<void>>();

  const planOf = (incident: Incident): Plan | null => {
    const { kind, name } = subjectOf(incident);
    if (!(kind === 'app' ? incident.jobs : [name]).some(deps.knows)) return null;
    if (kind === 'app') {
      const jobs = incident.jobs.flatMap((job) => deps.job(job) ?? []);
      const policy = togetherOf(
        jobs.map(({ onFailure }) => onFailure),
        deps.onFailure,
        name,
      );
      // an app that is gone from the settings cannot carry anything
      return { policy, app: deps.links(name) === null ? deps.app : name, lang: deps.lang };
    }
    const job = deps.job(name);
    return { policy: job?.onFailure ?? deps.onFailure, app: job?.app ?? deps.app, lang: job?.lang ?? deps.lang };
  };

  /** It failed itself, or it is known to be refused. */
  const isBroken = async (incident: Incident, app: string): Promise<boolean> =>
    (incident.state === 'open' && incident.subject === `app:${app}`) || (await ledger.apps.gate(app)) !== null;

  const runOf = (
    incident: Incident,
    { to, app, lang }: { to: readonly Recipient[]; app: string; lang: Lang },
    notice: Notice,
  ): NewRun => {
    const card = withMarkerPlace(noticeCard(notice, lang, deps.hide));
    const content = { msgType: 'interactive', body: JSON.stringify(card) };
    return {
      kind: 'notice',
      job: null,
      onceKey: `notice:${incident.subject}:${incident.openedAt}:${incident.notices + 1}`,
      dueAt: null,
      notBefore: now(),
      trigger: 'schedule',
      ownAudience: false,
      deliverUntil: now() + DELIVER_WITHIN,
      priority: 0,
      request: writeRequest({ to, message: { app, kind: 'notice', content } }),
    };
  };

  const queued = (incident: Incident, step: NoticeStep, by: Way): void =>
    report({ event: 'notice.queued', subject: incident.subject, what: step.kind, to: step.to ?? '', by });

  const byMessage = async (
    incident: Incident,
    step: NoticeStep,
    by: Way,
    where: { to: readonly Recipient[]; app: string; lang: Lang },
  ): Promise<Run | null> => {
    const run = runOf(incident, where, await composeNotice(incident, step.kind, deps));
    const opened = await ledger.incidents.queue(incident, step, run);
    if (opened !== null) queued(incident, step, by);
    return opened;
  };

  /** Nobody waits for the program here: deliveries go on meanwhile. */
  const byProgram = async (
    incident: Incident,
    step: NoticeStep,
    { argv, timeout }: { argv: readonly string[]; timeout: Ms },
    lang: Lang,
  ): Promise<void> => {
    const text = noticeText(await composeNotice(incident, step.kind, deps), lang, deps.hide);
    if (!(await ledger.incidents.call(incident, step, now() + timeout + MINUTE))) return;
    queued(incident, step, 'via');
    const env = { LARKCRON_NOTICE: step.kind, LARKCRON_NOTICE_SUBJECT: incident.subject };
    const call: Promise<void> = deps
      .call({ argv, env, text, timeout })
      .then(
        () => null,
        (error: unknown) => {
          report({ event: 'notice.call-failed', subject: incident.subject, why: (error as Error).message });
          return hidden(whyOf(error), deps.hide);
        },
      )
      .then((failed) => ledger.incidents.called(incident.id, failed))
      .then(() => finishIfOver(incident.id))
      .finally(() => calls.delete(call));
    calls.add(call);
  };

  /** What is to be told now, and by which way; `next` null: none is left. */
  const decide = async (incident: Incident) => {
    const plan = planOf(incident);
    if (plan === null) return null;
    const kind = nextNotice(incident, plan.policy, now());
    if (kind === null) return null;
    if (kind === 'drop') return { kind } as const;
    // where a notice is under way, on with it; else a new one
    const { tried, heard, misses } = incident.tell === 'due' ? incident : { tried: [], heard: [], misses: [] };
    const ways = waysOf(plan.policy, { app: plan.app, broken: await isBroken(incident, plan.app) });
    const hearing = { tried, heard, misses };
    const next = nextWay(plan.policy, ways, hearing, { kind, heardBy: incident.heardBy });
    return { kind, plan, hearing, next } as const;
  };

  const finish = async (
    incident: Incident,
    { kind, plan: { policy }, hearing }: { kind: NoticeKind; plan: Plan; hearing: Hearing },
  ): Promise<void> => {
    const missed = unmended(hearing).flatMap((miss) => miss.to ?? incident.to ?? []);
    const all = policy.notify.length === 0 ? null : shownNames(policy.notify);
    const to = hearing.heard.length === 0 ? all : [...new Set(missed)].join(', ');
    const given = await ledger.incidents.giveUp(incident, { kind, tried: hearing.tried, to: all });
    if (given && to !== '') report({ event: 'notice.impossible', subject: incident.subject, to });
  };

  /** Once a program has ended nobody may look here again for long: what needs no more is finished at once. */
  const finishIfOver = async (id: number): Promise<void> => {
    const incident = (await ledger.incidents.toTell()).find((each) => each.id === id);
    const decision = incident === undefined ? null : await decide(incident);
    if (incident === undefined || decision === null || decision.kind === 'drop' || decision.next !== null) return;
    if (decision.hearing.tried.length > 0) await finish(incident, decision);
  };

  const tell = async (incident: Incident): Promise<Run | null> => {
    const decision = await decide(incident);
    if (decision === null) return null;
    if (decision.kind === 'drop') {
      await ledger.incidents.giveUp(incident, null);
      return null;
    }
    const { kind, plan, hearing, next } = decision;
    if (next === null) {
      await finish(incident, decision);
      return null;
    }
    const { app, lang } = plan;
    const tried = [...hearing.tried, next.way];
    if (next.is === 'people') {
      const { to, way } = next;
      return byMessage(incident, { kind, tried, to: shownNames(to) }, way, { to, app: next.app ?? app, lang });
    }
    const { via } = next;
    if (via.is === 'webhook') {
      const { recipient } = via;
      return byMessage(incident, { kind, tried, to: recipient.shown }, 'via', { to: [recipient], app, lang });
    }
    await byProgram(incident, { kind, tried, to: via.argv[0] ?? '' }, via, lang);
    return null;
  };

  return {
    /** Queues what is to be told; answers the ids of the notices' runs. */
    step: async (): Promise<readonly string[]> => {
      const opened: string[] = [];
      for (const incident of await ledger.incidents.toTell()) {
        const run = await tell(incident);
        if (run !== null) opened.push(run.id);
      }
      return opened;
    },
    /** until the programs that were started have ended, and how is recorded */
    rest: async (): Promise<void> => {
      while (calls.size > 0) await Promise.all(calls);
    },
  };
};
