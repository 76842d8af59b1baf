import type { Ms } from './time.ts';

/** Whose fault a refusal is: the app's set-up (stops the run), this recipient, or this message's content. */
export type Fault = 'app' | 'recipient' | 'message';

/** What Feishu's answer carried, whatever it meant. `feishuDate` is its Date header: Feishu's own clock. */
export interface Answer {
  readonly http: number | null;
  readonly code: number | null;
  readonly msg: string | null;
  readonly logId: string | null;
  readonly feishuDate: Ms | null;
}

/** How one try ended, as a value: a channel never throws for what Feishu or the network did. */
export type Verdict =
  | {
      readonly is: 'delivered';
      readonly messageId: string | null;
      readonly chatId: string | null;
      /** of a batch: the people it does not reach */
      readonly invalid?: readonly string[];
    }
  /** `gone`: the message that was to be renewed or answered is no longer there, and nothing else is wrong */
  | { readonly is: 'rejected'; readonly fault: Fault; readonly gone?: boolean }
  /** `after`: how long Feishu said to wait; null: it did not say */
  | { readonly is: 'retry'; readonly after: Ms | null; readonly pace: 'app' | 'target' | null }
  | { readonly is: 'unknown' }
  | { readonly is: 'unsent' };

export type Outcome = Answer & Verdict;

export const NO_ANSWER: Answer = { http: null, code: null, msg: null, logId: null, feishuDate: null };
