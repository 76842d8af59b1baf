import type { Opened } from '../ledger/ledger.ts';
import { failure } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { readRequest } from '../run/request.ts';
import { hashOf } from './secrets.ts';
import { webWords } from './words.ts';

/** What is asked for, as a hash that is kept with the run. */
export const askedFor = (body: unknown): string => hashOf(JSON.stringify(body));

/** The run as it was opened. Throws `key-reused` where it is there by this key and was asked for something else. */
export const sameRun = ({ run, mine, request }: Opened, key: string | null, asked: string): Run => {
  const before = readRequest(request).asked;
  if (!mine && key !== null && run.onceKey === `api:${key}` && before !== undefined && before !== asked)
    throw failure(webWords, 'key-reused', { key }, { status: 2 });
  return run;
};
