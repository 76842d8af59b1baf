import type { ReceiveIdType } from '../model/recipient.ts';
import type { Ms } from '../model/time.ts';

/** A message as the sandbox keeps it; `content` is the string the client sent, byte for byte. */
export interface SandboxMessage {
  readonly messageId: string;
  readonly chatId: string;
  readonly app: string;
  /** as it was addressed */
  readonly recipient: { readonly idType: ReceiveIdType | 'webhook'; readonly id: string };
  readonly msgType: string;
  readonly content: string;
  readonly uuid: string | null;
  readonly createdAt: Ms;
  readonly updatedAt: Ms | null;
  readonly recalledAt: Ms | null;
  readonly parentId: string | null;
  readonly rootId: string | null;
  readonly threadId: string | null;
  /** how its people were told at once */
  readonly urgent: readonly { readonly by: string; readonly people: readonly string[] }[];
  /** of a batch: the id that `batch_send` gave */
  readonly batchId?: string;
}

export interface Upload {
  readonly key: string;
  readonly app: string;
  readonly kind: 'image' | 'file';
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  /** base64 of a picture small enough to be shown on the page */
  readonly picture: string | null;
}

export interface Token {
  readonly token: string;
  readonly app: string;
  readonly expiresAt: Ms;
}

/** Everything that changes the sandbox's memory; also the lines of its `keep` file. */
export type WorldEvent =
  | { readonly event: 'sent'; readonly message: SandboxMessage }
  | { readonly event: 'updated'; readonly messageId: string; readonly content: string; readonly at: Ms }
  | { readonly event: 'recalled'; readonly messageId: string; readonly at: Ms }
  | { readonly event: 'urged'; readonly messageId: string; readonly by: string; readonly people: readonly string[] }
  | { readonly event: 'uploaded'; readonly upload: Upload }
  /** an id that was given out for an e-mail address or a number */
  | { readonly event: 'met'; readonly id: string; readonly shown: string }
  | { readonly event: 'token'; readonly token: Token }
  | { readonly event: 'token-dropped'; readonly token: string };
