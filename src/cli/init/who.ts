import { addressIn, findPerson, groupsLike, listGroups } from '../../acts/find-people.ts';
import { peopleWords } from '../../acts/people-words.ts';
import type { GroupListed } from '../../feishu/chats.ts';
import { LarkcronError } from '../../model/errors.ts';
import { parseRecipient, personType } from '../../model/recipient.ts';
import { type Text, verbatim } from '../../model/text.ts';
import type { Connection } from './app-check.ts';
import type { Asking, Choice } from './asking.ts';

/** Who gets the messages and who hears of failures. */
export interface Who {
  readonly recipient: string;
  readonly owner: string;
}

const isPerson = (written: string): boolean => ['open_id', 'union_id'].includes(parseRecipient(written)?.idType ?? '');

const NOBODY: Text = {
  zh: '写完整的邮箱、手机号(海外号码带 +国家码)或 ou_…',
  en: 'Write a whole e-mail address, a mobile number (with + and the country code outside mainland China) or ou_…',
};

const tellFault = (ask: Asking, error: unknown): LarkcronError => {
  if (!(error instanceof LarkcronError)) throw error;
  const { message, hint } = error.explanation;
  ask.tell([message, ...(hint === undefined ? [] : [hint])], 'bad');
  return error;
};

/** One person, asked for until they are found. An address that could not be looked up may be used as it is: Feishu takes it. */
const askPerson = async (ask: Asking, question: Text, { feishu, app }: Connection): Promise<string | null> => {
  for (;;) {
    const written = await ask.write(question, {
      example: 'name@example.com',
      check: (typed) => (isPerson(typed) || addressIn(typed) !== null ? null : NOBODY),
    });
    if (written === null || isPerson(written)) return written;
    const address = addressIn(written);
    if (address === null) continue;
    ask.tell([{ zh: `找 ${address.id}…`, en: `Looking for ${address.id}…` }], 'busy');
    try {
      const openId = await findPerson(feishu, app, address);
      ask.tell([verbatim(`${address.id} → ${openId}`)], 'good');
      return openId;
    } catch (error) {
      const { code } = tellFault(ask, error);
      if (address.kind !== 'email' || !['needs-scope', 'cannot-ask'].includes(code)) continue;
      const how = await ask.choose<'as-it-is' | 'other'>({ zh: '怎么办?', en: 'What now?' }, [
        { value: 'other', label: { zh: '再找一次,或换一个人', en: 'search again, or somebody else' } },
        { value: 'as-it-is', label: { zh: `直接用 ${address.id}`, en: `use ${address.id} as it is` } },
      ]);
      if (how === null) return null;
      if (how === 'as-it-is') return address.id;
    }
  }
};

/** Longer lists are narrowed down before they are shown. */
const MANY = 20;

/** The groups with some words in their names; all of them when none are given. Null: stopped. */
const narrowed = async (ask: Asking, groups: readonly GroupListed[]): Promise<readonly GroupListed[] | null> => {
  const words = await ask.write(
    {
      zh: `机器人在 ${groups.length} 个群里。群名里有什么字?(直接回车:全部列出)`,
      en: `The bot is in ${groups.length} groups. What is in the name? (Enter alone: list them all)`,
    },
    {
      check: (typed) =>
        groupsLike(groups, typed).length > 0 ? null : peopleWords['no-group-found']({ query: typed }).message,
    },
  );
  return words === null ? null : groupsLike(groups, words);
};

/** One of the bot's groups; 'none': there is none to choose from, or none was meant. Null: stopped. */
const askGroup = async (ask: Asking, { feishu, app }: Connection): Promise<string | 'none' | null> => {
  ask.tell([{ zh: '列出机器人所在的群…', en: "Listing the bot's groups…" }], 'busy');
  try {
    const groups = await listGroups(feishu, app);
    if (groups.length === 0) {
      ask.tell(
        [
          {
            zh: '机器人还不在任何群里:在群设置里添加它。',
            en: 'The bot is in no group yet: add it in the settings of a group.',
          },
        ],
        'bad',
      );
      return 'none';
    }
    const some = groups.length > MANY ? await narrowed(ask, groups) : groups;
    if (some === null) return null;
    const choices: Choice<string>[] = some.map(({ id, name }) => ({ value: id, label: verbatim(`${name}  ${id}`) }));
    const back: Choice<string> = { value: 'none', label: { zh: '← 返回', en: '← back' } };
    const question = { zh: `哪个群?(${some.length} 个)`, en: `Which group? (${some.length})` };
    return await ask.choose(question, [...choices, back]);
  } catch (error) {
    tellFault(ask, error);
    return 'none';
  }
};

const OWNER: Text = {
  zh: '谁负责?失败时通知他,第一张卡片也只发给他(邮箱、手机号或 ou_…)',
  en: 'Who is responsible? They hear of failures, and the first card goes to them alone (e-mail, mobile or ou_…)',
};

/** A group, else null; a person hears of failures themselves. */
export const ownerOf = async (ask: Asking, recipient: string, connection: Connection): Promise<string | null> => {
  const { idType } = parseRecipient(recipient) ?? { idType: personType(recipient) };
  return idType === 'chat_id' || idType === 'webhook' ? askPerson(ask, OWNER, connection) : recipient;
};

/** Asks who is to get the example's messages; where that is a group, also who hears of failures. Null: stopped. */
export const askWho = async (ask: Asking, connection: Connection): Promise<Who | null> => {
  for (;;) {
    const kind = await ask.choose<'person' | 'group'>({ zh: '消息发给谁?', en: 'Who gets the messages?' }, [
      { value: 'person', label: { zh: '一个人(用邮箱或手机号找)', en: 'a person (found by e-mail or mobile)' } },
      { value: 'group', label: { zh: '机器人所在的群(从列表里选)', en: 'a group the bot is in (from a list)' } },
    ]);
    if (kind === null) return null;
    if (kind === 'person') {
      const person = await askPerson(
        ask,
        { zh: '谁?邮箱、手机号或 ou_…(他也是 owner)', en: 'Who? E-mail, mobile or ou_… (they are the owner, too)' },
        connection,
      );
      return person === null ? null : { recipient: person, owner: person };
    }
    const group = await askGroup(ask, connection);
    if (group === null) return null;
    if (group === 'none') continue;
    const owner = await ownerOf(ask, group, connection);
    return owner === null ? null : { recipient: group, owner };
  }
};
