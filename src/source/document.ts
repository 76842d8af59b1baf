import type { DocumentRef } from '../model/document.ts';
import { failure } from '../model/errors.ts';
import { type Ms, SECOND } from '../model/time.ts';
import type { DocumentCall, SourceContext } from './source.ts';
import { sourceWords } from './words.ts';

type Json = Readonly<Record<string, unknown>>;

export const recordOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const recordsOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(recordOf) : []);
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Waits before the same question is asked again: what Feishu refuses for now it mostly answers a moment later. */
const WAITS: readonly Ms[] = [SECOND, 3 * SECOND, 6 * SECOND];

export type Ask = (call: Omit<DocumentCall, 'signal'>) => Promise<Json>;

/**
 * Asks Feishu as an app until the time-out; what it refuses for now is asked again. Throws `document-later` (try again
 * later), `document-refused` with Feishu's words and what to do, or `timed-out`.
 */
export const asking = (
  app: string | null,
  { timeout, what }: { timeout: Ms; what: string },
  {
    askFeishu,
    job,
    signal,
    monotonic,
    sleep,
  }: Pick<SourceContext, 'askFeishu' | 'job' | 'signal' | 'monotonic' | 'sleep'>,
): Ask => {
  const end = monotonic() + timeout;
  const late = () => failure(sourceWords, 'timed-out', { what, ms: timeout });
  return async (call) => {
    for (let n = 0; ; n++) {
      if (signal.aborted) throw failure(sourceWords, 'interrupted', { what });
      const left = end - monotonic();
      if (left <= 0) throw late();
      const over = AbortSignal.timeout(Math.ceil(left));
      const answer = await askFeishu(app ?? job.app, { ...call, signal: AbortSignal.any([signal, over]) });
      if (answer.is === 'data') return answer.data;
      if (signal.aborted) throw failure(sourceWords, 'interrupted', { what });
      if (over.aborted) throw late();
      const { code, why, forNow } = answer;
      if (!forNow) throw failure(sourceWords, 'document-refused', { what, why });
      const wait = WAITS[n];
      if (wait === undefined || monotonic() + wait >= end)
        throw failure(sourceWords, 'document-later', { what, code, why });
      await sleep(wait);
    }
  };
};

/** The document's own token: a node of a wiki is asked for the one behind it (wiki-v2: space/get_node). */
export const tokenOf = async ({ is, token }: DocumentRef, wanted: 'bitable' | 'sheet', ask: Ask): Promise<string> => {
  if (is !== 'wiki') return token;
  const node = recordOf(
    (await ask({ method: 'GET', path: 'wiki/v2/spaces/get_node', query: { token, obj_type: 'wiki' } }))['node'],
  );
  const kind = textOf(node['obj_type']) ?? '?';
  const own = textOf(node['obj_token']);
  if (kind !== wanted || own === null) throw failure(sourceWords, 'wiki-other', { token, kind, wanted }, { status: 2 });
  return own;
};
