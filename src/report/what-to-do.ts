import { explainTransport } from '../feishu/codes/transport.ts';
import { type Explained, explain, hintOf, type LinkApp, lastWord } from '../feishu/explain.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Text } from '../model/text.ts';
import { reasonHint } from './reason-words.ts';

/** What Feishu's last word on a delivery means; null when it said nothing or "ok". */
export const explained = (delivery: Delivery, app: LinkApp | null): Explained | null => {
  const said = lastWord(delivery);
  return said === null ? null : explain(said, app);
};

/** What came in place of a code of Feishu's: the network's words, HTTP alone, "ok" without a message_id. */
const withoutCode = ({ code, http, message, state, tries }: Delivery): { words: Text; hint: Text } | null => {
  if (state === 'delivered' || (code !== null && code !== 0) || tries === 0) return null;
  const unsure = state === 'unknown';
  if (http === null && message === null && !unsure) return null;
  return explainTransport({ happened: unsure ? 'lost' : 'not-sent', http, code, raw: message }, { unsure });
};

/** What Feishu, or whatever answered in its place, last said of a delivery, in words. */
export const lastWords = (delivery: Delivery, app: LinkApp | null): Text | null =>
  explained(delivery, app)?.words ?? withoutCode(delivery)?.words ?? null;

const AGAIN: Text = { zh: '会自动重试。', en: 'It is tried again by itself.' };

/** What larkcron does, or a person has to do, about a message that may have arrived. */
const whenUnsure = ({ settled, remembers }: Delivery, run: string): Text => {
  const resend = `larkcron resend ${run} --unknown`;
  if (!remembers)
    return {
      zh: `没有 uuid,不会自动重发;确认没收到就 ${resend}。`,
      en: `It has no uuid, so it is not sent again by itself; if it surely did not arrive: ${resend}.`,
    };
  if (settled)
    return {
      zh: `请到会话里看一眼;确认没收到就 ${resend}。`,
      en: `Look into the chat; if it surely did not arrive: ${resend}.`,
    };
  return {
    zh: '50 分钟内用同样的内容和 uuid 再试,由 tick 或 start 接着做;之后到会话里找。',
    en: 'For 50 minutes it is tried again with the same bytes and uuid, by tick or start; then it is looked for in the chat.',
  };
};

const joined = (texts: readonly Text[]): Text => ({
  zh: texts
    .map(({ zh }) => zh)
    .filter(Boolean)
    .join(' '),
  en: texts
    .map(({ en }) => en)
    .filter(Boolean)
    .join(' '),
});

/** The row's own hint, but never one that promises another try to what is not tried any more. */
const hintOfCode = (said: Explained | null, over: boolean): readonly Text[] => {
  if (said === null) return [];
  if (!over) return [hintOf(said)];
  if (said.class === 'retry') return [];
  const mend: Text =
    said.class === 'token' ? { zh: '核对应用的凭证。', en: "Check the app's credentials." } : said.hint;
  return [hintOf({ ...said, hint: mend })];
};

/** A recall that Feishu refused is kept as its code and words. */
const recallRefused = ({ reason }: Delivery, app: LinkApp | null): Explained | null => {
  const code = /^\d+/.exec(reason?.code === 'recall-refused' ? reason.message.en : '')?.[0];
  return code === undefined ? null : explain({ code: Number(code) }, app);
};

/** Why it ended as it did, in words: the reason's own, and before Feishu's refusal of a recall what it means. */
export const reasonOf = (delivery: Delivery, app: LinkApp | null): Text | null => {
  const { reason } = delivery;
  const said = recallRefused(delivery, app)?.words;
  if (reason === null || said === undefined) return reason?.message ?? null;
  return { zh: `撤不回:${said.zh}(${reason.message.zh})`, en: `not taken back: ${said.en} (${reason.message.en})` };
};

const whenNotRecalled = (delivery: Delivery, run: string, app: LinkApp | null): Text | null => {
  const said = recallRefused(delivery, app);
  if (said === null) return null;
  // given up after a day: nothing is tried again by itself any more
  if (said.class === 'retry')
    return { zh: `还要撤回就再 larkcron recall ${run}。`, en: `To try once more: larkcron recall ${run}.` };
  return said.hint.zh === '' ? null : hintOf(said);
};

/** What to do about a delivery as it stands; null when it has arrived, or nothing is to be done. */
export const whatToDo = (delivery: Delivery, app: LinkApp | null): Text | null => {
  const { state, reason } = delivery;
  const run = delivery.run.slice(0, 8);
  if (state === 'delivered')
    return whenNotRecalled(delivery, run, app) ?? (reason === null ? null : reasonHint(reason, run));
  const said = explained(delivery, app);
  const network = withoutCode(delivery)?.hint ?? null;
  const over = state === 'rejected' || state === 'cancelled';
  const cause = [...hintOfCode(said, over || state === 'unknown'), ...(network === null ? [] : [network])];
  const [next] = over
    ? [reason === null ? null : reasonHint(reason, run)]
    : [state === 'unknown' ? whenUnsure(delivery, run) : network === null ? null : AGAIN];
  const words = joined([...cause, ...(next === null || next === undefined ? [] : [next])]);
  if (words.zh !== '') return words;
  return over ? { zh: `改好后 larkcron resend ${run}。`, en: `Once mended: larkcron resend ${run}.` } : null;
};
