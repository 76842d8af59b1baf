import type { Feishu } from './client.ts';
import type { Or } from './contact.ts';
import { dataOf, hasData, type Reply } from './reply.ts';

/** More pages than this are no list of anybody's. */
const MOST_PAGES = 400;

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : []);

/** All pages of a list: `items`, `has_more`, `page_token`. One that breaks off is refused: a part of it is not the list. */
export const everyPage = async (
  feishu: Feishu,
  path: string,
  query: Readonly<Record<string, string>> & { readonly page_size: string },
): Promise<Or<Record<string, unknown>[]>> => {
  const items: Record<string, unknown>[] = [];
  let page: string | null = null;
  for (let read = 1; ; read++) {
    const reply: Reply = await feishu.call({
      method: 'GET',
      path,
      query: { ...query, ...(page === null ? {} : { page_token: page }) },
    });
    if (reply.is !== 'answer' || reply.code !== 0) return { is: 'refused', reply };
    if (!hasData(reply)) return { is: 'refused', reply: { ...reply, lacks: 'no-data' } };
    const data = dataOf(reply);
    items.push(...listOf(data['items']));
    if (data['has_more'] !== true) return { is: 'done', value: items };
    page = text(data['page_token']);
    if (page === null) return { is: 'refused', reply: { ...reply, lacks: 'list-broken-off' } };
    if (read >= MOST_PAGES) return { is: 'refused', reply: { ...reply, lacks: 'list-endless' } };
  }
};
