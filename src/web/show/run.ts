import { isThere } from '../../acts/recall.ts';
import { theRun } from '../../acts/the-run.ts';
import type { App } from '../../app.ts';
import { cutWords } from '../../card/fit/words.ts';
import type { Outline, SourceRead } from '../../ledger/browse.ts';
import { type Delivery, newest, resendable, unresolved } from '../../model/delivery.ts';
import { markedBody } from '../../model/marker.ts';
import { own } from '../../model/own.ts';
import { hasEnded, type Run, type Trigger } from '../../model/run.ts';
import { type Lang, say, type Text } from '../../model/text.ts';
import type { Ms } from '../../model/time.ts';
import { reasonHint } from '../../report/reason-words.ts';
import { plainInstead, utcOrNull } from '../../report/run-json.ts';
import type { Handler } from '../bind.ts';
import { drawContent } from '../draw.ts';
import type { reads } from '../routes/reads.ts';
import { madeAt, runRow, withTries } from '../rows.ts';
import type { chapter } from '../schemas/run.ts';
import type { z } from '../schemas/zod.ts';

type Chapter = z.input<typeof chapter>;

/** Deliveries that a run's page shows; the rest are a list of their own. */
const SHOWN = 200;

const TRIGGERS: Readonly<Record<Trigger, Text>> = {
  schedule: { zh: '由时间表开始', en: 'opened by its schedule' },
  'catch-up': { zh: '错过后补发', en: 'opened to catch up' },
  manual: { zh: '由人在命令行开始', en: 'opened by hand' },
  test: { zh: '测试发送', en: 'opened as a test' },
  api: { zh: '由网页或 API 开始', en: 'opened by the console or the API' },
  backfill: { zh: '补跑', en: 'opened by backfill' },
};

const chapterOf = (
  at: Ms | null,
  what: Chapter['what'],
  words: Text,
  lang: Lang,
  more: Partial<Chapter> = {},
): Chapter => ({
  at: utcOrNull(at),
  what,
  words: say(words, lang),
  dataset: null,
  rows: null,
  tookMs: null,
  run: null,
  ...more,
});

/** The reasons that speak of what was decided over the data. */
const DECIDED: readonly string[] = ['condition-false', 'unchanged', 'empty', 'held-back'];

interface Facts {
  readonly run: Run;
  readonly sources: readonly SourceRead[];
  readonly deliveries: readonly Outline[];
  readonly plain: Run | null;
}

/** What happened, in order. */
const storyOf = ({ run, sources, deliveries, plain }: Facts, lang: Lang): Chapter[] => {
  const { reason } = run;
  const story: Chapter[] = [];
  const tell = (at: Ms | null, what: Chapter['what'], words: Text, more: Partial<Chapter> = {}): void =>
    void story.push(chapterOf(at, what, words, lang, more));
  if (run.dueAt !== null) tell(run.dueAt, 'due', { zh: '到时间', en: 'due' });
  tell(run.createdAt, 'opened', TRIGGERS[run.trigger]);
  if (run.startedAt !== null) tell(run.startedAt, 'started', { zh: '开始准备', en: 'preparing began' });
  for (const { dataset, rows, at, tookMs } of sources)
    tell(at, 'source', { zh: `${dataset}:${rows} 行`, en: `${dataset}: ${rows} rows` }, { dataset, rows, tookMs });
  if (reason !== null && DECIDED.includes(reason.code)) tell(run.finishedAt, 'condition', reason.message);
  for (const cut of run.cuts) tell(null, 'cut', cutWords(cut));
  const [first] = deliveries;
  const people = new Set(deliveries.map(({ recipient }) => recipient)).size;
  if (first !== undefined)
    tell(madeAt(first.id), 'planned', {
      zh: `消息定稿,发给 ${people} 个收件人`,
      en: `the message is final, for ${people} ${people === 1 ? 'recipient' : 'recipients'}`,
    });
  const arrived = deliveries.flatMap(({ deliveredAt }) => (deliveredAt === null ? [] : [deliveredAt]));
  if (arrived.length > 0)
    tell(
      arrived.reduce((last, at) => Math.max(last, at)),
      'sent',
      { zh: `${arrived.length} 条送达`, en: `${arrived.length} arrived` },
    );
  if (plain !== null)
    tell(plain.createdAt, 'fallback', { zh: '改发朴素卡片', en: 'a plain card is sent instead' }, { run: plain.id });
  if (run.recalled) tell(null, 'recalled', { zh: '由人撤回', en: 'taken back by a person' });
  if (hasEnded(run.state)) tell(run.finishedAt, 'ended', reason?.message ?? { zh: '结束', en: 'it ended' });
  return story;
};

export const actsOf = (run: Run, deliveries: readonly Outline[]) => {
  const lost = unresolved(deliveries, null).length;
  const sure = resendable(deliveries, { unknown: false, recipients: null }).length;
  const anew = deliveries.length === 0 && run.state === 'failed' ? 1 : 0;
  const unsent = deliveries.filter(({ state }) => state === 'queued' || state === 'retrying').length;
  const unplanned = run.state === 'pending' || run.state === 'running' ? 1 : 0;
  return {
    resend: run.recalled ? 0 : sure + lost + anew,
    resendUnknown: run.recalled ? 0 : resendable(deliveries, { unknown: true, recipients: null }).length - sure,
    recall: run.recalled ? 0 : deliveries.filter(isThere).length,
    cancel: unsent + unplanned,
  };
};

const COUNTED = ['delivered', 'rejected', 'unknown', 'cancelled'] as const;

const storyRow = async (app: App, run: Run, lang: Lang) => {
  const { history } = app.ledger();
  const all = await history.outline(run.id);
  const latest = newest(all);
  const first = latest.slice(0, SHOWN).map(({ id }) => id);
  const shown = (await history.deliveriesOf(run.id, first)).map((delivery) => ({ ...delivery, job: run.job }));
  const tries = await history.triesOf(shown);
  const { apps } = app.project.settings;
  const count = (state: (typeof COUNTED)[number]): number => latest.filter((each) => each.state === state).length;
  const counts = Object.fromEntries(COUNTED.map((state) => [state, count(state)])) as Record<
    (typeof COUNTED)[number],
    number
  >;
  const ended = COUNTED.reduce((sum, state) => sum + counts[state], 0);
  const hint =
    run.state === 'failed' && run.reason !== null ? reasonHint(run.reason, run.id.slice(0, 8), run.job) : null;
  const facts = {
    run,
    sources: (await history.sources(run.id)) ?? [],
    deliveries: all,
    plain: await plainInstead(app, run),
  };
  return {
    run: runRow(run, lang),
    hint: hint === null ? null : say(hint, lang),
    story: storyOf(facts, lang),
    counts: { ...counts, open: latest.length - ended },
    deliveries: shown.map((each) => withTries(each, tries.get(each.id) ?? [], lang, own(apps, each.app) ?? null)),
    more: latest.length - shown.length,
    acts: actsOf(run, all),
  };
};

export const run: Handler<typeof reads.run> = async ({ params }, { app, lang }) =>
  storyRow(app, await theRun(app, params.run), lang);

/** Contents that are drawn; where each recipient has their own, the first of them. */
const DRAWN = 20;

export const sent: Handler<typeof reads.sent> = async ({ params }, { app, lang }) => {
  const { history } = app.ledger();
  const { id } = await theRun(app, params.run);
  const filter = { run: id, job: null, recipient: null, states: null, code: null, since: null, until: null };
  const { items } = await history.deliveryPage(filter, { after: null, limit: SHOWN });
  const byContent = new Map<string, Delivery[]>();
  for (const each of items) byContent.set(each.content, [...(byContent.get(each.content) ?? []), each]);
  const contents = [];
  for (const [hash, of] of [...byContent].slice(0, DRAWN)) {
    const content = await history.content(hash);
    const [first] = of;
    if (content === null || first === undefined) continue;
    const body = markedBody(content.body, first.uuid);
    contents.push({
      ...drawContent({ ...content, body }, { part: first.part, kind: first.kind, lang }),
      recipients: [...new Set(of.map(({ recipient }) => recipient))].slice(0, 10),
    });
  }
  return { contents };
};
