import type { Delivery, Target } from '../model/delivery.ts';
import { failure } from '../model/errors.ts';
import {
  type Recipient,
  type RecipientKind,
  recipientKey,
  type TargetKind,
  withoutDoubles,
} from '../model/recipient.ts';
import type { Reason } from '../model/run.ts';
import type { Directory, Person, Unavailable } from './directory.ts';
import { runWords } from './words.ts';

/** A recipient as it was written, with where its message goes, or why it goes nowhere. */
export interface Addressee {
  readonly shown: string;
  readonly target: Target;
  readonly refused: { readonly reason: Reason; readonly code: number | null } | null;
}

const lookedUp = ({ idType }: Recipient): boolean => idType === 'email' || idType === 'mobile';

const to = (recipient: Recipient, target: Target): Addressee => ({ shown: recipient.shown, target, refused: null });

const nowhere = (recipient: Recipient, reason: Reason, code: number | null = null): Addressee => ({
  shown: recipient.shown,
  target: { idType: 'nowhere', id: recipientKey(recipient) },
  refused: { reason, code },
});

const reasonOf = (code: 'recipient-not-found' | 'recipient-left', recipient: Recipient): Reason => ({
  code,
  message: runWords[code]({ recipient: recipient.shown }).message,
});

const refusedBy = (recipient: Recipient, { code, why }: Unavailable): Addressee =>
  nowhere(
    recipient,
    { code: 'recipient-not-found', message: runWords['lookup-refused']({ recipient: recipient.shown, why }).message },
    code,
  );

const unavailable = (answer: object): answer is Unavailable => 'is' in answer && answer.is === 'unavailable';

/** For now nobody can be asked: the run is tried again later, like one whose data could not be had. */
const later = ({ why }: Unavailable): Error => failure(runWords, 'directory-unreachable', { why }, { status: 1 });

const ofPerson = (recipient: Recipient, person: Person | undefined): Addressee => {
  if (person?.is === 'found') return to(recipient, { idType: 'open_id', id: person.openId });
  return nowhere(recipient, reasonOf(person?.is === 'left' ? 'recipient-left' : 'recipient-not-found', recipient));
};

/** Where each of them goes, in order; two that turn out to be one person both stay. Otherwise as `resolveRecipients`. */
export const resolveEach = async (
  written: readonly Recipient[],
  app: string,
  directory: Directory,
  { idsOnly = false }: { idsOnly?: boolean } = {},
): Promise<readonly (readonly Addressee[])[]> => {
  const asked = written.filter(
    (recipient) => recipient.idType === 'mobile' || (lookedUp(recipient) && (idsOnly || written.length > 1)),
  );
  const found = asked.length === 0 ? new Map<string, Person>() : await directory.people(app, asked.map(recipientKey));
  const all: (readonly Addressee[])[] = [];
  for (const recipient of written) all.push(await one(recipient, asked.includes(recipient) ? found : null));
  return all;

  async function one(recipient: Recipient, people: typeof found | null): Promise<readonly Addressee[]> {
    if (recipient.idType === 'department') {
      const members = await directory.members(app, recipient.id);
      if (!unavailable(members))
        return members.map((id) => ({ shown: id, target: { idType: 'open_id', id }, refused: null }));
      if (members.forNow) throw later(members);
      return [refusedBy(recipient, members)];
    }
    if (people === null) return [to(recipient, { idType: recipient.idType as TargetKind, id: recipient.id })];
    if (!unavailable(people)) return [ofPerson(recipient, people.get(recipientKey(recipient)))];
    // an e-mail address can be written to without being looked up; a number cannot
    if (recipient.idType === 'email' && !idsOnly) return [to(recipient, { idType: 'email', id: recipient.id })];
    if (people.forNow) throw later(people);
    return [refusedBy(recipient, people)];
  }
};

/**
 * Resolve, then dedupe (core rule 14): departments become their people, numbers and e-mail addresses open_ids, and
 * nobody stays in twice, as far as ids can be compared (an open_id and a union_id cannot). One e-mail address alone
 * needs no look-up, as Feishu takes it as it is, unless `idsOnly` says that an id is needed. What cannot be resolved is left as a refused addressee and holds up
 * nobody. Throws `directory-unreachable` when nobody can be asked for now.
 */
export const resolveRecipients = async (
  recipients: readonly Recipient[],
  app: string,
  directory: Directory,
  { idsOnly = false }: { idsOnly?: boolean } = {},
): Promise<Addressee[]> => {
  const people = (await resolveEach(withoutDoubles(recipients), app, directory, { idsOnly })).flat();
  const seen = new Set<string>();
  return people.filter(({ target }) => {
    const key = recipientKey(target);
    return seen.has(key) ? false : seen.add(key);
  });
};

/** The recipient behind a delivery that went nowhere, to be looked up anew. */
export const recipientOf = ({ recipient, target }: Pick<Delivery, 'recipient' | 'target'>): Recipient => {
  const cut = target.id.indexOf(':');
  return { shown: recipient, idType: target.id.slice(0, cut) as RecipientKind, id: target.id.slice(cut + 1) };
};
