import type { Text } from '../model/text.ts';
import { explainTransport, LACKING } from './codes/transport.ts';
import { explain, hintOf } from './explain.ts';
import { outcomeOf } from './outcomes.ts';
import type { Reply } from './reply.ts';

/** Why a question was not answered: for now (the network, a limit), or for good (a scope is missing). */
export interface Unavailable {
  readonly is: 'unavailable';
  readonly forNow: boolean;
  readonly code: number | null;
  readonly why: Text;
}

export const unavailable = (reply: Reply): Unavailable => {
  if (reply.is === 'answer' && reply.lacks !== undefined)
    return { is: 'unavailable', forNow: true, code: null, why: LACKING[reply.lacks].words };
  if (reply.is !== 'answer' || reply.code === null)
    return {
      is: 'unavailable',
      forNow: true,
      code: null,
      why: explainTransport(
        reply.is === 'answer'
          ? { happened: 'answered', http: reply.http, raw: reply.msg }
          : { happened: reply.is, http: null, raw: reply.why },
        { unsure: false },
      ).words,
    };
  const said = explain({ code: reply.code, http: reply.http, msg: reply.msg });
  const hint = hintOf(said);
  return {
    is: 'unavailable',
    forNow: outcomeOf(reply).is !== 'rejected',
    code: reply.code,
    why: { zh: `${said.words.zh}(${reply.code})。${hint.zh}`, en: `${said.words.en} (${reply.code}). ${hint.en}` },
  };
};
