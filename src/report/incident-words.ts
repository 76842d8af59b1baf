import { wallClockText } from '../base/zone.ts';
import type { Incident, NoticeKind, Tell } from '../model/incident.ts';
import { type Lang, say, type Text } from '../model/text.ts';
import { DAY, type Ms } from '../model/time.ts';
import type { NotTold } from './incident-json.ts';

/** So long after an incident has closed it is still a fault that nobody could be told of it. */
export const UNHEARD_FOR: Ms = DAY;

export const nameOf = ({ subject }: Pick<Incident, 'subject'>): string => subject.replace(/^job:/, '');

const KINDS: Readonly<Record<NoticeKind, Text>> = {
  failure: { zh: '失败', en: 'failure' },
  reminder: { zh: '提醒', en: 'reminder' },
  recovery: { zh: '恢复', en: 'recovery' },
};

const TELLS: Readonly<Record<Tell, Text>> = {
  none: { zh: '不单独通知', en: 'not told by itself' },
  due: { zh: '还没有通知', en: 'nobody told yet' },
  queued: { zh: '通知正在路上', en: 'notice on its way' },
  calling: { zh: '通知正在路上', en: 'notice on its way' },
  told: { zh: '已通知', en: 'told' },
  unreachable: { zh: '没有一条路能通知到', en: 'could not be told by any way:' },
};

/** Whom it was told, what, and when; or that nobody could be reached. */
export const toldLine = (incident: Incident, zone: string, lang: Lang): string => {
  const { tell, heard, to, notice, noticedAt } = incident;
  if (tell === 'none' || (tell === 'due' && heard.length === 0)) return say(TELLS[tell], lang);
  const isHeard = heard.length > 0 && (tell === 'told' || tell === 'due');
  const words = say(TELLS[isHeard ? 'told' : tell], lang);
  const names = isHeard ? heard.join(', ') : to;
  const whom = names ?? say({ zh: '(没有 owner)', en: '(there is no owner)' }, lang);
  const what = notice === null ? '' : ` · ${say(KINDS[notice], lang)}`;
  return `${words} ${whom}${what}${noticedAt === null ? '' : ` · ${wallClockText(noticedAt, zone).replace(/:00$/, '')}`}`;
};

/** The same for a person, each once; Feishu's own codes are said beside their words. */
export const notToldLines = (missed: readonly NotTold[], lang: Lang): string[] => {
  const lines = missed.map(({ to, code, message }) => {
    const number = /^\d+$/.test(code) ? (lang === 'zh' ? `(错误码 ${code})` : ` (code ${code})`) : '';
    return lang === 'zh' ? `没有通知到 ${to}:${message.zh}${number}` : `not told ${to}: ${message.en}${number}`;
  });
  return [...new Set(lines)];
};
