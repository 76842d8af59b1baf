import { digest } from '../base/ids.ts';
import type { Json } from '../model/dataset.ts';
import { hasLeft, isUnknown } from './addressee.ts';
import { ok, refuseField } from './answer.ts';
import { type Endpoint, fieldsOf } from './request.ts';
import type { World } from './world.ts';

const PREFIXES: Readonly<Record<string, string>> = { open_id: 'ou_', union_id: 'on_', user_id: '' };

/** An open_id is per app, union_id and user_id are not; the same address always gets the same id. */
const idOf = (idType: string, app: string, address: string): string =>
  `${PREFIXES[idType]}${digest([idType, idType === 'open_id' ? app : '', address.toLowerCase()], idType === 'user_id' ? 8 : 32)}`;

const texts = (value: unknown): readonly string[] | null =>
  value === undefined ? [] : Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;

/** `POST contact/v3/users/batch_get_id`: e-mails and mobiles → ids, at most 50 of each; who is not found has no `user_id`. */
export const findPeople: Endpoint = (request, world) => {
  const fields = fieldsOf(request.body) ?? {};
  const idType = request.query.get('user_id_type') ?? 'open_id';
  if (!Object.hasOwn(PREFIXES, idType)) return refuseField('user_id_type', 'options: [open_id, union_id, user_id]');
  const emails = texts(fields['emails']);
  const mobiles = texts(fields['mobiles']);
  if (emails === null || emails.length > 50) return refuseField('emails', 'at most 50 strings');
  if (mobiles === null || mobiles.length > 50) return refuseField('mobiles', 'at most 50 strings');
  const found =
    (kind: 'email' | 'mobile') =>
    (address: string): Json =>
      isUnknown(address, world.unknown)
        ? { [kind]: address }
        : {
            user_id: meet(world, idOf(idType, request.app, address), address),
            [kind]: address,
            status: { is_frozen: false, is_resigned: hasLeft(address), is_activated: true, is_exited: false },
          };
  return ok({ user_list: [...emails.map(found('email')), ...mobiles.map(found('mobile'))] });
};

/** Remembers whom an id was given out for, so that a message to either lands in one chat. */
const meet = (world: World, id: string, address: string): string => {
  if (world.shown(id) === id) world.record({ event: 'met', id, shown: address });
  return id;
};
