import type { Words } from '../../model/errors.ts';
import type { Text } from '../../model/text.ts';

/** What keeps `larkcron init` from making a project. Nothing is written then. */
export const initWords = {
  'app-refused': (p: { why: Text; todo: Text }) => ({
    message: {
      zh: `飞书不认这个 App ID 和 App Secret,什么都没有写。${p.why.zh}`,
      en: `Feishu does not take this App ID and App Secret; nothing was written. ${p.why.en}`,
    },
    hint: p.todo,
  }),
  'bad-secret': () => ({
    message: { zh: 'App Secret 里不能有空白、换行或引号。', en: 'An App Secret has no blanks, line breaks or quotes.' },
    hint: {
      zh: '在开发者后台「凭证与基础信息」里复制。',
      en: 'Copy it from “Credentials & Basic Info” in the developer console.',
    },
  }),
  'no-typescript': (p: { example: string; known: readonly string[] }) => ({
    message: {
      zh: `示例 ${p.example} 没有 TypeScript 版。`,
      en: `The example ${p.example} has no TypeScript version.`,
    },
    hint: {
      zh: `有的是:${p.known.join('、')}。也可以去掉 --typescript。`,
      en: `There is one of: ${p.known.join(', ')}. Or leave --typescript out.`,
    },
  }),
  'folder-unwritable': (p: { folder: string; why: string }) => ({
    message: { zh: `写不进 ${p.folder}:${p.why}`, en: `Nothing can be written into ${p.folder}: ${p.why}` },
    hint: {
      zh: '换一个文件夹(larkcron init 文件夹名),或改权限。没有留下写了一半的东西。',
      en: 'Use another folder (larkcron init DIR), or change its permissions. Nothing half written is left there.',
    },
  }),
  'data-failed': (p: { why: string }) => ({
    message: { zh: `示例的数据没有做成:${p.why}`, en: `The data of the example could not be made: ${p.why}` },
    hint: {
      zh: '什么都没有写。请带上 larkcron --version 的输出报告给我们。',
      en: 'Nothing was written. Please report it, with what larkcron --version prints.',
    },
  }),
} satisfies Words;
