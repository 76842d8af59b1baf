import { digest } from '../base/ids.ts';
import type { ReceiveIdType } from '../model/recipient.ts';
import { type Answer, refuse, refuseField } from './answer.ts';
import type { World } from './world.ts';

const SHAPES: Readonly<Record<ReceiveIdType, RegExp>> = {
  open_id: /^ou_[\w-]{1,64}$/,
  union_id: /^on_[\w-]{1,64}$/,
  user_id: /^(?!o[unc]_)[\w.@-]{1,64}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@.]+$/,
  chat_id: /^oc_[\w-]{1,64}$/,
};

/** What Feishu answers to an id that cannot be one of its type (generic error table; im-v1/message/create). */
const REFUSED: Readonly<Record<ReceiveIdType, number>> = {
  open_id: 99992351,
  user_id: 99992352,
  union_id: 99992353,
  email: 230001,
  chat_id: 230001,
};

export const isIdType = (text: string): text is ReceiveIdType => Object.hasOwn(SHAPES, text);

/**
 * Names that stand for a state, so that it can be seen without switching on a fault. Groups: `oc_absent…` the bot is not
 * in, `oc_dissolved…`, `oc_owners…` where only the owner and administrators speak, `oc_moderated…` where those on a list do.
 */
export const isForeignGroup = (chatId: string): boolean => chatId.startsWith('oc_absent');
export const isDissolved = (chatId: string): boolean => chatId.startsWith('oc_dissolved');
export const speakersOf = (chatId: string): 'all_members' | 'only_owner' | 'moderator_list' => {
  if (chatId.startsWith('oc_owners')) return 'only_owner';
  return chatId.startsWith('oc_moderated') ? 'moderator_list' : 'all_members';
};

/** People: `ou_outside…` is outside the app's availability, `ou_denied…` on its list of those who must not have it. */
export const availabilityOf = (id: string): 'available' | 'outside' | 'denied' => {
  if (/^o[un]_outside/.test(id)) return 'outside';
  return /^o[un]_denied/.test(id) ? 'denied' : 'available';
};
/** An open_id that another app was given. */
export const isOfAnotherApp = (id: string): boolean => id.startsWith('ou_foreign');
/** Whoever had an address at `left.example` has left the company. */
export const hasLeft = (address: string): boolean => address.toLowerCase().endsWith('@left.example');

/** Apps: `cli_unpublished…` has no published version, the bot of `cli_botless…` is not enabled. */
export const isUnpublished = (app: string): boolean => app.startsWith('cli_unpublished');
export const isBotless = (app: string): boolean => app.startsWith('cli_botless');

/** Nobody has this e-mail address or number. */
export const isUnknown = (address: string, unknown: readonly string[]): boolean =>
  unknown.some((one) => (one.startsWith('@') ? address.toLowerCase().endsWith(one.toLowerCase()) : address === one));

/** The same person (by open_id, or by the e-mail address it was given out for) always has the same chat with an app. */
export const chatIdOf = (world: World, app: string, idType: ReceiveIdType, id: string): string =>
  idType === 'chat_id' ? id : `oc_${digest(['p2p', app, world.shown(id).toLowerCase()])}`;

const refuseGroup = (chatId: string): Answer | null => {
  if (isDissolved(chatId)) return refuse(232009);
  if (isForeignGroup(chatId)) return refuse(230002);
  return speakersOf(chatId) === 'only_owner' ? refuse(230018) : null;
};

const refusePerson = (world: World, id: string): Answer | null => {
  if (isOfAnotherApp(id)) return refuse(99992361);
  return availabilityOf(id) !== 'available' || hasLeft(world.shown(id)) ? refuse(230013) : null;
};

export const refuseAddressee = (world: World, idType: string, id: string): Answer | null => {
  if (!isIdType(idType)) {
    const wanted = Object.keys(SHAPES).join(', ');
    return refuseField('receive_id_type', idType === '' ? 'receive_id_type is required' : `options: [${wanted}]`);
  }
  if (id === '') return refuseField('receive_id', 'receive_id is required');
  const nobody = idType === 'email' && isUnknown(id, world.unknown);
  if (nobody || !SHAPES[idType].test(id)) {
    const code = REFUSED[idType];
    return refuse(code, { ext: code === 230001 ? 'invalid receive_id' : `Invalid ids: [${id}]` });
  }
  return idType === 'chat_id' ? refuseGroup(id) : refusePerson(world, id);
};
