import { wallClockText } from '../base/zone.ts';
import type { Json } from '../model/dataset.ts';
import type { Job } from '../model/job.ts';
import type { Occasion } from './gather.ts';

type JsonObject = { readonly [key: string]: Json };
const object = (value: Json | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;

/** What stands before the title of a try, so that nobody takes it for the real thing, and of a message that is late by intent. */
export const markOf = ({ lang, schedule }: Job, { test, run, due }: Occasion, timezone: string): string | null => {
  if (test) return '【测试】';
  if (run?.trigger !== 'backfill') return null;
  const when = wallClockText(due, schedule?.timezone ?? timezone).slice(0, 16);
  return lang === 'zh' ? `【补发 ${when}】` : `[backfilled ${when}] `;
};

/** The same card with the mark before its title, in each of its languages. Without a title it gets one. */
export const markCard = (card: Json, mark: string | null): Json => {
  const root = object(card);
  if (root === null || mark === null) return card;
  const header = object(root['header']) ?? {};
  const title = object(header['title']) ?? { tag: 'plain_text', content: '' };
  const languages = object(title['i18n_content']);
  const marked = (text: Json | undefined): string => mark + String(text ?? '');
  return {
    ...root,
    header: {
      ...header,
      title: {
        ...title,
        content: marked(title['content']),
        ...(languages === null
          ? {}
          : {
              i18n_content: Object.fromEntries(Object.entries(languages).map(([name, text]) => [name, marked(text)])),
            }),
      },
    },
  };
};
