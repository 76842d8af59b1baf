import type { Scope } from '../card/scope.ts';
import { fill } from '../card/template.ts';
import type { Json } from '../model/dataset.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { withMarkerPlace } from '../model/marker.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import { say, type Text } from '../model/text.ts';
import { mineOf, theirsOf } from './each.ts';
import { type Gathered, gather, type Occasion, type Preparation } from './gather.ts';
import type { Outgoing } from './outgoing.ts';
import { attachedPart, type Made, type Part } from './parts.ts';

/** So many datasets are sent along; nobody reads more files. */
const MOST_FILES = 5;

const plain = (content: string): Json => ({ tag: 'plain_text', content });

const plainCard = (title: string, lines: readonly string[]): Json => ({
  schema: '2.0',
  config: { update_multi: true, summary: { content: title } },
  header: { title: plain(title), template: 'grey' },
  body: { direction: 'vertical', elements: lines.map((line) => ({ tag: 'div', text: plain(line) })) },
});

const titleOf = (job: Job, scope: Scope | null): string => {
  const named = job.description ?? job.name;
  // others may have got theirs, and then nothing is changed any more: the title could say `0 changed`
  if (job.changed !== null) return named;
  if (scope === null || job.message.kind !== 'card' || job.message.card.title === null) return named;
  try {
    return fill(job.message.card.title, 'plain', scope).replace(/\s+/g, ' ').trim().slice(0, 200) || named;
  } catch {
    return named;
  }
};

/** The files of what could be had; one that is too large for Feishu is left out. */
const filesOf = async (made: Made, datasets: readonly string[]): Promise<Part[]> => {
  const parts: Part[] = [];
  for (const dataset of datasets) {
    const rows = made.data[dataset]?.rows ?? [];
    if (rows.length === 0 || parts.length === MOST_FILES) continue;
    try {
      parts.push(await attachedPart({ attach: 'csv', dataset, name: null, at: null }, made));
    } catch (error) {
      if (!(error instanceof LarkcronError)) throw error;
    }
  }
  return parts;
};

const REFUSED = (code: number): Text => ({
  zh: `飞书没有接受原来的卡片(错误码 ${code}),所以只发标题和数据。`,
  en: `Feishu did not take the card itself (code ${code}), so here are its title and its data only.`,
});
const NO_DATA: Text = { zh: '数据这次也没有取到。', en: 'The data could not be had either.' };
const DATA_IN = (names: string): Text => ({ zh: `数据见附件 ${names}。`, en: `The data are attached: ${names}.` });

const partsOf = async (
  job: Job,
  made: Made | null,
  { code, datasets }: { readonly code: number; readonly datasets: readonly string[] },
): Promise<[Part, ...Part[]]> => {
  const files = made === null ? [] : await filesOf(made, datasets);
  const names = files.flatMap((part) => part.files.map(({ name }) => name)).join(', ');
  const lines = [
    say(REFUSED(code), job.lang),
    ...(made === null ? [say(NO_DATA, job.lang)] : []),
    ...(names === '' ? [] : [say(DATA_IN(names), job.lang)]),
  ];
  const card = plainCard(titleOf(job, made?.scope ?? null), lines);
  const content = { msgType: 'interactive', body: JSON.stringify(withMarkerPlace(card)) };
  return [{ kind: 'card', content, card, files: [] }, ...files];
};

/**
 * In place of a card that Feishu refused for its content: a card of plain text, which it takes, and the data as files.
 * The data are fetched again. Nothing of it fails for want of data. Custom bots and batches take no files. Where
 * everybody had a card of their own, they get their own rows and nobody else's.
 */
export const fallbackMessages = async (
  job: Job,
  occasion: Occasion,
  { to, code }: { readonly to: readonly Recipient[]; readonly code: number },
  by: Preparation,
): Promise<Outgoing['to']> => {
  let gathered: Gathered | null = null;
  try {
    gathered = await gather(job, occasion, by);
  } catch (error) {
    if (!(error instanceof LarkcronError)) throw error;
  }
  if (gathered === null) return { recipients: to, parts: await partsOf(job, null, { code, datasets: [] }) };
  const { each } = job;
  const { made, seenBy } = gathered;
  if (each === null) {
    const mayAttach = !job.batch && to.every(({ idType }) => idType !== 'webhook');
    return {
      recipients: to,
      parts: await partsOf(job, made, { code, datasets: mayAttach ? Object.keys(job.data) : [] }),
    };
  }
  const { data } = made;
  return {
    each,
    theirs: theirsOf(each, data),
    concerns: ({ recipient }) => to.some(({ shown }) => shown === recipient.shown),
    compose: async (their) => {
      const mine = mineOf(their, each, data);
      const seen = seenBy(recipientKey(their.recipient), mine);
      const datasets = Object.keys(job.data).map((name) => `mine.${name}`);
      return { parts: await partsOf(job, seen.made, { code, datasets }), warnings: [], cuts: [], figures: {} };
    },
  };
};
