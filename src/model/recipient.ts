/** The values of `receive_id_type` that `im/v1/messages` takes (Feishu: im-v1/message/create). */
export type ReceiveIdType = 'open_id' | 'union_id' | 'user_id' | 'email' | 'chat_id';

/** One addressee. `shown` is what the user wrote and what reports print. */
export interface Recipient {
  readonly shown: string;
  readonly idType: ReceiveIdType;
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

/** Keeps the first of those that name the same addressee. E-mail addresses do not differ by case. */
export const withoutDoubles = (recipients: readonly Recipient[]): Recipient[] => {
  const seen = new Set<string>();
  return recipients.filter(({ idType, id }) => {
    const key = `${idType}:${idType === 'email' ? id.toLowerCase() : id}`;
    return seen.has(key) ? false : seen.add(key);
  });
};
