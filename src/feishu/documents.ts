import type { Text } from '../model/text.ts';
import type { Call, Feishu } from './client.ts';
import { dataOf, hasData } from './reply.ts';
import { unavailable } from './unavailable.ts';

/** Bytes of one answer: a sheet's range may have 10 MB (sheets-v2: values), a page of 500 records some less. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Calls a second that stay within the lowest limit of the kinds we ask (bitable-v1: records/search, 20). */
export const DOCUMENTS_PER_SECOND = 18;

type Answer =
  | { readonly is: 'data'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly is: 'unavailable'; readonly forNow: boolean; readonly code: number | null; readonly why: Text };

const NO_APP: Answer = {
  is: 'unavailable',
  forNow: false,
  code: null,
  why: { zh: 'larkcron.yaml 里没有这个应用。', en: 'There is no such app in larkcron.yaml.' },
};

/** Asks for what a document holds, as one of the apps: one try, at the pace that `turn` allows, numbers exact. */
export const createDocuments =
  (deps: { feishu: (app: string) => Feishu | null; turn: (app: string) => Promise<void> }) =>
  async (
    app: string,
    { signal, ...call }: Pick<Call, 'path' | 'query' | 'body'> & { method: 'GET' | 'POST'; signal: AbortSignal },
  ): Promise<Answer> => {
    const client = deps.feishu(app);
    if (client === null) return NO_APP;
    await deps.turn(app);
    const reply = await client.call({ ...call, exact: true, maxBytes: MOST_BYTES }, signal);
    if (reply.is !== 'answer' || reply.code !== 0) return unavailable(reply);
    return hasData(reply) ? { is: 'data', data: dataOf(reply) } : unavailable({ ...reply, lacks: 'no-data' });
  };
