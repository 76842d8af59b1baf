/** The values of `receive_id_type` that `im/v1/messages` takes (Feishu: im-v1/message/create). */
export type ReceiveIdType = 'open_id' | 'union_id' | 'user_id' | 'email' | 'chat_id';

/** What a user may write; a number and a department are looked up before anything is sent. */
export type RecipientKind = ReceiveIdType | 'mobile' | 'department';

/** One addressee, or the people of a department. `shown` is what the user wrote and what reports print. */
export interface Recipient {
  readonly shown: string;
  readonly idType: RecipientKind;
  readonly id: string;
}

/** The prefix tells the kind: `ou_…` person, `on_…` person across apps, `oc_…` chat, an e-mail address. Null: none of these. */
export const parseRecipient = (text: string): Recipient | null => {
  const id = text.trim();
  const of = (idType: ReceiveIdType): Recipient => ({ shown: id, idType, id });
  if (/^ou_[\w-]+$/.test(id)) return of('open_id');
  if (/^on_[\w-]+$/.test(id)) return of('union_id');
  if (/^oc_[\w-]+$/.test(id)) return of('chat_id');
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(id)) return of('email');
  return null;
};

/** The same addressee has the same key. E-mail addresses do not differ by case. */
export const recipientKey = ({ idType, id }: { readonly idType: RecipientKind; readonly id: string }): string =>
  `${idType}:${idType === 'email' ? id.toLowerCase() : id}`;

/** Keeps the first of those that name the same addressee. */
export const withoutDoubles = (recipients: readonly Recipient[]): Recipient[] => {
  const seen = new Set<string>();
  return recipients.filter((recipient) => {
    const key = recipientKey(recipient);
    return seen.has(key) ? false : seen.add(key);
  });
};
