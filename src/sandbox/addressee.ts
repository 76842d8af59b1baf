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

/** Groups of this name are there, and the bot is not in them: so that 230002 can be seen without switching on a fault. */
export const isForeignGroup = (chatId: string): boolean => chatId.startsWith('oc_absent');

/** Nobody has this e-mail address or number. */
export const isUnknown = (address: string, unknown: readonly string[]): boolean =>
  unknown.some((one) => (one.startsWith('@') ? address.toLowerCase().endsWith(one.toLowerCase()) : address === one));

/** The same person (by open_id, or by the e-mail address it was given out for) always has the same chat with an app. */
export const chatIdOf = (world: World, app: string, idType: ReceiveIdType, id: string): string =>
  idType === 'chat_id' ? id : `oc_${digest(['p2p', app, world.shown(id).toLowerCase()])}`;

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
  return idType === 'chat_id' && isForeignGroup(id) ? refuse(230002) : null;
};
