import type { App } from '../app.ts';
import { cutWords } from '../card/fit/words.ts';
import { explain, hintOf, type LinkApp } from '../feishu/explain.ts';
import { type Attempt, type Delivery, newest } from '../model/delivery.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import { MARKS, STATE_WORDS } from '../model/state-words.ts';
import { type Lang, say, type Text } from '../model/text.ts';
import { reasonHint } from '../report/reason-words.ts';
import { plainInstead } from '../report/run-json.ts';
import { lastWords, reasonOf, whatToDo } from '../report/what-to-do.ts';
import { runName } from '../run-name.ts';

/** It was never sent, and had not to be. */
const UNCHANGED_WORDS: Text = { zh: '没有变化', en: 'unchanged' };

/** Why it was refused, in words, with what to do: one or two lines. */
const refusal = (delivery: Delivery, lang: Lang, app: LinkApp | null): string[] => {
  const hint = whatToDo(delivery, app);
  const why = reasonOf(delivery, app);
  const toDo = hint === null ? [] : [`    → ${say(hint, lang)}`];
  if (delivery.state === 'delivered') return why === null ? [] : [`    ${say(why, lang)}`, ...toDo];
  const said = lastWords(delivery, app);
  const words = [
    why === null ? null : say(why, lang),
    said === null ? delivery.message : say(said, lang),
    delivery.code === null || delivery.code === 0
      ? null
      : `${lang === 'zh' ? '错误码' : 'code'} ${delivery.code}${delivery.message === null ? '' : ` (${delivery.message})`}`,
    delivery.logId === null ? null : `log_id ${delivery.logId}`,
  ].filter((part) => part !== null && part !== '');
  return [...(words.length === 0 ? [] : [`    ${words.join(' · ')}`]), ...toDo];
};

const URGED: Readonly<Record<NonNullable<Delivery['urged']>['state'], Text>> = {
  done: { zh: '已加急', en: 'told at once' },
  refused: { zh: '没有加急', en: 'not told at once' },
  unknown: { zh: '不知道是否已加急', en: 'perhaps told at once' },
};

/** Why a person was not told at once of a message that has arrived, with what to do. */
const urgentRefusal = ({ urged }: Delivery, lang: Lang, app: LinkApp | null): string[] => {
  if (urged === null || urged.state !== 'refused' || urged.code === null) return [];
  const said = explain({ code: urged.code }, app);
  const hint = say(hintOf(said), lang);
  const code = `${lang === 'zh' ? '错误码' : 'code'} ${urged.code}`;
  return [`    ${say(said.words, lang)} · ${code}`, ...(hint === '' ? [] : [`    → ${hint}`])];
};

/** Where it went if it is no message of its own, and what became of it: taken back, told at once, how far a batch has come. */
const afterwards = ({ state, renews, repliesTo, recalledAt, urgent, urged, progress }: Delivery): Text[] => [
  ...(state === 'delivered' && renews !== null ? [{ zh: '更新了当天的卡片', en: "renewed the day's card" }] : []),
  ...(state === 'delivered' && repliesTo !== null ? [{ zh: '在当天的话题里', en: "in the day's thread" }] : []),
  ...(recalledAt === null ? [] : [{ zh: '已撤回', en: 'taken back' }]),
  ...(urged === null ? [] : [URGED[urged.state]]),
  ...(state === 'delivered' && urgent !== null && urged === null
    ? [{ zh: '还没加急,由 tick 或 start 再试', en: 'not yet told at once; tick or start tries again' }]
    : []),
  ...(progress === null
    ? []
    : [
        {
          zh: `${progress.valid} 人中已到 ${progress.success},已读 ${progress.read}`,
          en: `${progress.success} of ${progress.valid} have it, ${progress.read} read it`,
        },
      ]),
];

const partName = (part: number, lang: Lang): string => (lang === 'zh' ? `第 ${part} 部分` : `part ${part}`);

const OUTCOMES: Readonly<Record<Outcome['is'], Text>> = {
  delivered: STATE_WORDS.delivered,
  rejected: STATE_WORDS.rejected,
  retry: { zh: '暂时被拒,再试', en: 'refused for now' },
  unknown: { zh: '没有明确回答', en: 'no clear answer' },
  unsent: { zh: '没有发出', en: 'not sent' },
};
const NOT_ENDED: Text = { zh: '没有记下结果', en: 'no end recorded' };

/** One try as a line: when, to whom, which part where there are several, which try, and how it ended. */
export const tryLine = (
  attempt: Attempt,
  delivery: Pick<Delivery, 'recipient' | 'part' | 'generation'> | null,
  { at, lang, several }: { at: string; lang: Lang; several: boolean },
): string => {
  const { n, outcome, http, code, logId, begunAt, endedAt } = attempt;
  const zh = lang === 'zh';
  const again = delivery !== null && delivery.generation > 1;
  const ended = outcome === null ? NOT_ENDED : OUTCOMES[outcome as Outcome['is']];
  const parts = [
    at,
    delivery?.recipient ?? '',
    several && delivery !== null ? partName(delivery.part, lang) : '',
    again ? (zh ? `第 ${delivery.generation} 次发送` : `sending ${delivery.generation}`) : '',
    zh ? `第 ${n} 次尝试` : `try ${n}`,
    say(ended, lang),
    http === null ? '' : `HTTP ${http}`,
    code === null ? '' : `code ${code}`,
    endedAt === null ? '' : `${endedAt - begunAt} ms`,
    logId ?? '',
  ];
  return `    ${parts.filter((part) => part !== '').join('  ')}`;
};

const deliveryLine = (delivery: Delivery, lang: Lang): string =>
  [
    `  ${MARKS[delivery.state]} ${delivery.recipient}${delivery.part === 1 ? '' : ` ${partName(delivery.part, lang)} ${delivery.kind}`}`,
    say(delivery.reason?.code === 'unchanged' ? UNCHANGED_WORDS : STATE_WORDS[delivery.state], lang),
    ...(delivery.messageId === null ? [] : [delivery.messageId]),
    ...afterwards(delivery).map((words) => `(${say(words, lang)})`),
  ].join('  ');

/** One run as lines for a person: its state, then each delivery with its message_id or what stood in the way. */
export const runLines = (
  run: Run,
  deliveries: readonly Delivery[],
  lang: Lang,
  apps: Readonly<Record<string, LinkApp>>,
): string[] => {
  const because = run.reason === null ? '' : `: ${say(run.reason.message, lang)}`;
  const toDo =
    (run.state === 'failed' || run.state === 'missed') && run.reason !== null
      ? reasonHint(run.reason, run.id.slice(0, 8), run.job)
      : null;
  return [
    `${MARKS[run.state]} ${runName(run, lang)} ${say(STATE_WORDS[run.state], lang)}${because}  (${run.id.slice(0, 8)})`,
    ...(toDo === null ? [] : [`  → ${say(toDo, lang)}`]),
    ...run.cuts.map((cut) => `  ! ${say(cutWords(cut), lang)}`),
    ...newest(deliveries).flatMap((delivery) => [
      deliveryLine(delivery, lang),
      ...refusal(delivery, lang, apps[delivery.app] ?? null),
      ...urgentRefusal(delivery, lang, apps[delivery.app] ?? null),
    ]),
  ];
};

export const linesOf = async (app: App, run: Run, lang: Lang): Promise<string[]> => {
  const { history } = app.ledger();
  const { apps } = app.project.settings;
  const plain = await plainInstead(app, run);
  const more = plain === null ? [] : runLines(plain, await history.deliveries(plain.id), lang, apps);
  return [...runLines(run, await history.deliveries(run.id), lang, apps), ...more];
};
