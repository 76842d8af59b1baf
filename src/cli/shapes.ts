import type { App } from '../app.ts';
import type { LinkApp } from '../feishu/explain.ts';
import { type Attempt, type Delivery, newest } from '../model/delivery.ts';
import type { Run } from '../model/run.ts';
import { hasEnded } from '../model/run.ts';
import { type Lang, say } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import { subjectOf } from '../run-name.ts';
import type { ExitStatus } from './command.ts';
import { plainInstead } from './picture-of-run.ts';
import { lastWords, whatToDo } from './what-to-do.ts';

/** Times as programs read them: UTC with milliseconds. */
export const utc = (ms: Ms): string => new Date(ms).toISOString();
const utcOrNull = (ms: Ms | null): string | null => (ms === null ? null : utc(ms));

export const runJson = (run: Run, lang: Lang) => ({
  id: run.id,
  job: run.job,
  dueAt: utcOrNull(run.dueAt),
  trigger: run.trigger,
  state: run.state,
  reason: run.reason === null ? null : { code: run.reason.code, message: say(run.reason.message, lang) },
  startedAt: utcOrNull(run.startedAt),
  finishedAt: utcOrNull(run.finishedAt),
  kind: run.kind,
  cuts: run.cuts.map(({ what, dataset, shown, of, reason, part, file }) => ({
    what,
    dataset,
    shown,
    of,
    reason,
    part,
    file,
  })),
  ...(run.kind === 'notice' ? { subject: subjectOf(run) } : {}),
});

const deliveryJson = (delivery: Delivery, lang: Lang, app: LinkApp | null) => {
  const words = lastWords(delivery, app);
  const hint = whatToDo(delivery, app);
  return {
    recipient: delivery.recipient,
    part: delivery.part,
    kind: delivery.kind,
    app: delivery.app,
    uuid: delivery.uuid,
    state: delivery.state,
    messageId: delivery.messageId,
    attempts: delivery.tries,
    code: delivery.code,
    message: delivery.state === 'delivered' ? null : words === null ? delivery.message : say(words, lang),
    hint: hint === null ? null : say(hint, lang),
    logId: delivery.logId,
    deliveredAt: utcOrNull(delivery.deliveredAt),
    recalledAt: utcOrNull(delivery.recalledAt),
    reason:
      delivery.reason === null ? null : { code: delivery.reason.code, message: say(delivery.reason.message, lang) },
    urgent:
      delivery.urgent === null
        ? null
        : { by: delivery.urgent, state: delivery.urged?.state ?? 'waiting', code: delivery.urged?.code ?? null },
    progress: delivery.progress === null ? null : { ...delivery.progress },
  };
};

export const triesJson = (attempts: readonly Attempt[]) =>
  attempts.map(({ begunAt, endedAt, http, code, outcome, logId }) => ({
    at: utc(begunAt),
    tookMs: endedAt === null ? null : endedAt - begunAt,
    http,
    code,
    outcome,
    logId,
  }));

/** The tries of a delivery and of those that it was sent anew for. */
const triesOf = (delivery: Delivery, all: readonly Delivery[], attempts: readonly Attempt[]): Attempt[] => {
  const ids = all
    .filter(({ recipient, part }) => recipient === delivery.recipient && part === delivery.part)
    .map(({ id }) => id);
  return attempts.filter((attempt) => ids.includes(attempt.delivery));
};

/** One run with its deliveries; with `tries` each delivery's attempts, too. */
export const reportJson = async (app: App, run: Run, lang: Lang, { tries }: { tries: boolean }) => {
  const { history } = app.ledger();
  const all = await history.deliveries(run.id);
  const deliveries = newest(all);
  const plain = await plainInstead(app, run);
  const attempts = tries ? await history.attempts(run.id) : [];
  return {
    run: runJson(run, lang),
    ...(plain === null ? {} : { fallback: { id: plain.id, state: plain.state } }),
    deliveries: deliveries.map((delivery) => ({
      ...deliveryJson(delivery, lang, app.project.settings.apps[delivery.app] ?? null),
      ...(tries ? { tries: triesJson(triesOf(delivery, all, attempts)) } : {}),
    })),
  };
};

const RANK: readonly ExitStatus[] = [0, 3, 1, 2, 70];

/** Of several: 70 > 2 > 1 > 3 > 0. */
export const worst = (statuses: readonly ExitStatus[]): ExitStatus =>
  statuses.reduce<ExitStatus>((bad, status) => (RANK.indexOf(status) > RANK.indexOf(bad) ? status : bad), 0);

/** What a run's end means for whoever started the program. */
export const statusOf = (run: Run): ExitStatus => {
  if (!hasEnded(run.state) || run.state === 'unknown') return 3;
  if (run.state === 'delivered' || run.state === 'skipped') return 0;
  return run.reason?.code === 'bad-settings' ? 2 : 1;
};

/** The same, with a look at its deliveries: part of them unsure and none refused is 3, not 1. */
export const statusWith = (run: Run, deliveries: readonly Delivery[]): ExitStatus => {
  const unsure =
    run.state === 'partial' && newest(deliveries).every(({ state }) => state === 'delivered' || state === 'unknown');
  return unsure ? 3 : statusOf(run);
};
