import { clockText } from '../acts/time.ts';
import type { Incident } from '../model/incident.ts';
import { say, type Text } from '../model/text.ts';
import type { IncidentAsides } from '../report/incident-json.ts';
import { nameOf, notToldLines, toldLine } from '../report/incident-words.ts';

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
