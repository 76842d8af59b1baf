import { ok, refuse, refuseField } from './answer.ts';
import { type Endpoint, fieldsOf } from './request.ts';

/** `PATCH im/v1/messages/:message_id/urgent_app|urgent_sms|urgent_phone` (im-v1/buzz-messages): the bot's own messages. */
export const urge =
  (by: string): Endpoint =>
  (request, world) => {
    const message = world.messages.get(request.params['message_id'] ?? '');
    if (message === undefined) return refuse(230001, { ext: 'invalid message_id' });
    if (message.app !== request.app) return refuse(230012);
    if (message.recalledAt !== null) return refuse(230011);
    const people = fieldsOf(request.body)?.['user_id_list'];
    if (!Array.isArray(people) || people.length === 0 || people.length > 200)
      return refuseField('user_id_list', 'user_id_list must have 1 to 200 ids');
    world.record({ event: 'urged', messageId: message.messageId, by, people: people.map(String) });
    return ok({ invalid_user_id_list: [] });
  };
