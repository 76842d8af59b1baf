import type { App } from '../app.ts';
import type { LinkApp } from '../feishu/explain.ts';
import { type Attempt, type Delivery, newest } from '../model/delivery.ts';
import { fallbackKey } from '../model/fallback.ts';
import type { Run } from '../model/run.ts';
import { type Lang, say } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import { lastWords, whatToDo } from '../report/what-to-do.ts';
import { subjectOf } from '../run-name.ts';

/** Times as programs read them: UTC with milliseconds. */
export const utc = (ms: Ms): string => new Date(ms).toISOString();
export const utcOrNull = (ms: Ms | null): string | null => (ms === null ? null : utc(ms));

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

export const deliveryJson = (delivery: Delivery, lang: Lang, app: LinkApp | null) => {
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

/** The run of the plain card that went out in place of one that Feishu refused; null: none did. */
export const plainInstead = (app: App, run: Run): Promise<Run | null> =>
  run.kind === 'job' && run.state !== 'delivered'
    ? app.ledger().history.runByKey(run.job, fallbackKey(run))
    : Promise.resolve(null);

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
