import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

/** Looking for people and groups: `larkcron recipients` and `larkcron init`. */
export const peopleWords = {
  'needs-scope': (p: { scope: string; what: Text; link: string }) => ({
    message: {
      zh: `应用没有权限 ${p.scope},不能${p.what.zh}。`,
      en: `The app has no scope ${p.scope}: it cannot ${p.what.en}.`,
    },
    hint: {
      zh: `在这里开通,然后创建并发布新版本:${p.link}`,
      en: `Grant it here, then create and publish a new version: ${p.link}`,
    },
  }),
  'cannot-ask': (p: { what: Text; why: Text; todo: Text }) => ({
    message: { zh: `不能${p.what.zh}:${p.why.zh}`, en: `It cannot ${p.what.en}: ${p.why.en}` },
    hint: p.todo,
  }),
  'has-left': (p: { query: string }) => ({
    message: { zh: `${p.query} 已离职。`, en: `${p.query} has left the company.` },
    hint: { zh: '写另一个人。', en: 'Name somebody else.' },
  }),
  'no-group-found': (p: { query: string }) => ({
    message: {
      zh: `机器人所在的群里没有叫「${p.query}」的。`,
      en: `None of the groups that the bot is in is called “${p.query}”.`,
    },
    hint: {
      zh: '找人要写完整的邮箱或手机号;群要先在群设置里添加机器人。',
      en: 'People are found by a whole e-mail address or number; a group needs the bot in it (group settings).',
    },
  }),
} satisfies Words;
