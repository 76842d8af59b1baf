import { hostname } from 'node:os';
import { basename, dirname } from 'node:path';
import { digest } from '../base/ids.ts';
import type { Feishu } from '../feishu/client.ts';
import { sendMessage } from '../feishu/messages.ts';
import { outcomeOf } from '../feishu/outcomes.ts';
import { type Explanation, isError, type LarkcronError } from '../model/errors.ts';
import type { Report } from '../model/log-event.ts';
import { type Recipient, recipientKey, type TargetKind } from '../model/recipient.ts';
import { type Lang, say } from '../model/text.ts';
import { HOUR, type Ms } from '../model/time.ts';
import { AT_LAST } from './words.ts';

/** What stands in the way of everything; `settings-kept`: it goes on with the settings before. */
export type Trouble = keyof typeof AT_LAST;

/** Whoever a message can go to without being looked up first. */
const DIRECT: readonly string[] = ['open_id', 'union_id', 'user_id', 'email', 'chat_id'];

/** What is wrong, and where: of settings with several faults the first. */
const firstFault = ({ explanation, problems }: LarkcronError): Explanation => {
  const fault = problems.find(isError);
  if (fault === undefined) return explanation;
  const { at, message } = fault;
  const where = at === null ? '' : `${basename(at.file)}:${at.line}:${at.column}: `;
  return { ...fault, message: { zh: `${where}${message.zh}`, en: `${where}${message.en}` } };
};

/**
 * With the ledger unusable nothing can be counted, so Feishu counts: the same trouble of the same project has the same
 * uuid within an hour, and a program started each minute tells it once. Best effort: what fails here is only logged.
 */
export const tellWithoutLedger = async (
  error: LarkcronError,
  with_: {
    about: Trouble;
    /** the settings' file, which names the project */
    file: string;
    to: readonly Recipient[];
    lang: Lang;
    /** a client that keeps its token elsewhere; null: there is no app */
    feishu: Feishu | null;
    hide: (text: string) => string;
    now: () => Ms;
    report: Report;
  },
): Promise<void> => {
  const { about, file, lang, feishu, report } = with_;
  const to = with_.to.find(({ idType }) => DIRECT.includes(idType));
  if (to === undefined || feishu === null) {
    report({ event: 'last-resort', about, to: null, refused: 'no owner' });
    return;
  }
  const host = hostname();
  const { message: what, hint = null } = firstFault(error);
  const words = AT_LAST[about]({ host, project: basename(dirname(file)), what, hint });
  const uuid = `lc-${digest([file, host, error.code, Math.floor(with_.now() / HOUR), recipientKey(to)], 40)}`;
  const reply = await sendMessage(feishu, {
    target: { idType: to.idType as TargetKind, id: to.id },
    content: { msgType: 'text', body: JSON.stringify({ text: with_.hide(say(words, lang)) }) },
    uuid,
  });
  const outcome = outcomeOf(reply);
  const why = [outcome.code, outcome.msg].filter((part) => part !== null).join(' ');
  report({ event: 'last-resort', about, to: to.shown, refused: outcome.is === 'delivered' ? null : why || outcome.is });
};
