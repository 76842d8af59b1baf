import type { LinkApp } from '../feishu/explain.ts';
import { whyMissed } from '../incident/why.ts';
import { unmended } from '../model/hearing.ts';
import type { Incident, NoticeKind, Tell } from '../model/incident.ts';
import type { Way } from '../model/on-failure.ts';
import type { Reason } from '../model/run.ts';
import { type Lang, say, type Text } from '../model/text.ts';
import { DAY, type Ms } from '../model/time.ts';
import { utc } from './shapes.ts';
import { clockText } from './time.ts';

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
  return `${words} ${whom}${what}${noticedAt === null ? '' : ` · ${clockText(noticedAt, zone)}`}`;
};

/** Somebody the latest notice did not reach. */
export interface NotTold {
  readonly to: string;
  readonly way: Way;
  readonly code: string;
  readonly message: Text;
}

/** What a program said on its way out may be long. */
const short = (words: string): string => {
  const line = words.replaceAll(/\s+/g, ' ').replace(/[::]?\s*$/, '');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};

/** Who was not told, by which way, and why; `links` leads to an app's console. */
export const notTold = (incident: Incident, links: Readonly<Record<string, LinkApp>>): readonly NotTold[] =>
  unmended(incident).map((miss) => {
    const { code, words } = whyMissed(miss, links[miss.app ?? ''] ?? null);
    const message = { zh: short(words.zh), en: short(words.en) };
    return { to: miss.to ?? incident.to ?? '', way: miss.by, code, message };
  });

/** The same for a person, each once; Feishu's own codes are said beside their words. */
export const notToldLines = (missed: readonly NotTold[], lang: Lang): string[] => {
  const lines = missed.map(({ to, code, message }) => {
    const number = /^\d+$/.test(code) ? (lang === 'zh' ? `(错误码 ${code})` : ` (code ${code})`) : '';
    return lang === 'zh' ? `没有通知到 ${to}:${message.zh}${number}` : `not told ${to}: ${message.en}${number}`;
  });
  return [...new Set(lines)];
};

export const notToldJson = (missed: readonly NotTold[], lang: Lang) =>
  missed.map(({ message, ...rest }) => ({ ...rest, message: say(message, lang) }));

/** What is shown of an incident beside itself; `because` is the app's that it is part of. */
interface IncidentAsides {
  readonly cause: Reason | null;
  readonly because: Incident | null;
  readonly missed: readonly NotTold[];
  readonly lang: Lang;
}

/** An incident as lines for a person. */
export const incidentLines = (
  incident: Incident,
  { cause, because, missed, zone, lang }: IncidentAsides & { readonly zone: string },
): string[] => {
  const { state, openedAt, closedAt, count, jobs } = incident;
  const from = clockText(openedAt, zone);
  const head =
    state === 'open'
      ? say(
          {
            zh: `自 ${from} 起失败 ${count} 次`,
            en: `failing since ${from}, ${count} ${count === 1 ? 'run' : 'runs'}`,
          },
          lang,
        )
      : say(
          {
            zh: `${from} 到 ${clockText(closedAt ?? openedAt, zone)} 失败 ${count} 次,已恢复`,
            en: `failed from ${from} to ${clockText(closedAt ?? openedAt, zone)}, ${count} ${count === 1 ? 'run' : 'runs'}; has recovered`,
          },
          lang,
        );
  const named = (words: Text): string => say(words, lang);
  return [
    `${state === 'open' ? '✗' : '✓'} ${nameOf(incident)}  ${head}`,
    ...(cause === null ? [] : [`    ${say(cause.message, lang)}`]),
    ...(jobs.length === 0 ? [] : [`    ${named({ zh: '任务', en: 'jobs' })}: ${jobs.join(', ')}`]),
    because === null || incident.tell !== 'none'
      ? `    ${toldLine(incident, zone, lang)}`
      : `    ${named({ zh: `随 ${because.subject} 一起通知`, en: `told with ${because.subject}` })}`,
    ...notToldLines(missed, lang).map((line) => `    ${line}`),
  ];
};

/** What a program reads of it; times UTC. */
export const incidentJson = (incident: Incident, { cause, because, missed, lang }: IncidentAsides) => ({
  subject: incident.subject,
  state: incident.state,
  openedAt: utc(incident.openedAt),
  closedAt: incident.closedAt === null ? null : utc(incident.closedAt),
  count: incident.count,
  run: incident.run,
  lastRun: incident.lastRun,
  cause: cause === null ? null : { code: cause.code, message: say(cause.message, lang) },
  jobs: incident.jobs,
  because: because?.subject ?? null,
  notice: {
    state: incident.tell === 'calling' ? 'queued' : incident.tell,
    kind: incident.notice,
    to: incident.tell === 'told' && incident.heard.length > 0 ? incident.heard.join(', ') : incident.to,
    told: incident.heard,
    notTold: notToldJson(missed, lang),
    at: incident.noticedAt === null ? null : utc(incident.noticedAt),
    ways: incident.tried,
  },
});
