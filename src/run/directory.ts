import type { Text } from '../model/text.ts';

/** Who an e-mail address or a number belongs to, as far as this app may see. */
export type Person = { readonly is: 'found'; readonly openId: string } | { readonly is: 'not-found' | 'left' };

/** Why nobody could be asked: for now (the network, a limit), or for good (a scope is missing). */
export interface Unavailable {
  readonly is: 'unavailable';
  readonly forNow: boolean;
  readonly code: number | null;
  readonly why: Text;
}

/** Looks people up; knows nothing of jobs. Neither function throws for what Feishu or the network did. */
export interface Directory {
  /** by `email:…` and `mobile:…`; each of them is in the answer */
  people(app: string, refs: readonly string[]): Promise<ReadonlyMap<string, Person> | Unavailable>;
  /** open_ids of everybody in a department and those below it */
  members(app: string, department: string): Promise<readonly string[] | Unavailable>;
}
