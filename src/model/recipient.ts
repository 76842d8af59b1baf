/** The values of `receive_id_type` that `im/v1/messages` takes (Feishu: im-v1/message/create). */
export type ReceiveIdType = 'open_id' | 'union_id' | 'user_id' | 'email' | 'chat_id';

/** What a user may write; a number and a department are looked up before anything is sent. */
export type RecipientKind = ReceiveIdType | 'mobile' | 'department' | 'webhook';

/**
 * Where one request goes: to an addressee of the app's bot, through a custom bot's webhook, to many people at once, or
 * nowhere: a recipient that could not be resolved, with what was asked for as its id (`email:…`).
 */
export type TargetKind = ReceiveIdType | 'webhook' | 'batch' | 'nowhere';

/** One addressee, or the people of a department. `shown` is what the user wrote and what reports print. */
export interface Recipient {
  readonly shown: string;
  readonly idType: RecipientKind;
  readonly id: string;
}

/** What can be seen: data may bring control characters, and half of a character, which no address has. */
const SEEN = String.raw`[^\s@\p{Cc}\p{Cs}]`;
const EMAIL = new RegExp(String.raw`^${SEEN}+@${SEEN}+\.(?:(?!\.)${SEEN})+$`, 'u');

/** What each kind looks like: an id of another kind, or half a number, is found before anything is sent. */
export const LOOKS: Readonly<Partial<Record<RecipientKind, readonly [RegExp, string]>>> = {
  open_id: [/^ou_[\w-]+$/, 'ou_…'],
  union_id: [/^on_[\w-]+$/, 'on_…'],
  chat_id: [/^oc_[\w-]+$/, 'oc_…'],
  user_id: [/^[\w.@-]+$/, 'a1b2c3d4'],
  email: [EMAIL, 'name@example.com'],
  mobile: [/^\+?\d[\d -]{5,18}\d$/, '13800000000, +4915112345678'],
  department: [/^[^\s\p{Cc}\p{Cs}]+$/u, 'od-…'],
};

/** A custom bot by its name: its address is its password, and is never shown. */
export const webhookRecipient = (name: string): Recipient => ({
  shown: `webhook:${name}`,
  idType: 'webhook',
  id: name,
});

/**
 * The prefix tells the kind: `ou_…` person, `on_…` person across apps, `oc_…` chat, `webhook:NAME` a custom bot, an
 * e-mail address. Null: none of these.
 */
export const parseRecipient = (text: string): Recipient | null => {
  const id = text.trim();
  const of = (idType: ReceiveIdType): Recipient => ({ shown: id, idType, id });
  const webhook = /^webhook:(.+)$/.exec(id)?.[1];
  if (webhook !== undefined) return webhookRecipient(webhook);
  if (/^ou_[\w-]+$/.test(id)) return of('open_id');
  if (/^on_[\w-]+$/.test(id)) return of('union_id');
  if (/^oc_[\w-]+$/.test(id)) return of('chat_id');
  if (EMAIL.test(id)) return of('email');
  return null;
};

/** Which kind of id a person's is. */
export const personType = (id: string): 'open_id' | 'union_id' | 'user_id' =>
  id.startsWith('ou_') ? 'open_id' : id.startsWith('on_') ? 'union_id' : 'user_id';

/** The same addressee has the same key. E-mail addresses do not differ by case. */
export const recipientKey = ({
  idType,
  id,
}: {
  readonly idType: RecipientKind | TargetKind;
  readonly id: string;
}): string => `${idType}:${idType === 'email' ? id.toLowerCase() : id}`;

/** Keeps the first of those that name the same addressee. */
export const withoutDoubles = (recipients: readonly Recipient[]): Recipient[] => {
  const seen = new Set<string>();
  return recipients.filter((recipient) => {
    const key = recipientKey(recipient);
    return seen.has(key) ? false : seen.add(key);
  });
};
