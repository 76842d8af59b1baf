import type { Text } from '../../model/text.ts';

/** What the sandbox's page says. */
export const pageWords = {
  title: { zh: 'larkcron 沙箱', en: 'larkcron sandbox' },
  notFeishu: { zh: '本机的飞书替身,消息不会离开这台电脑', en: 'a stand-in for Feishu: nothing leaves this machine' },
  otherLanguage: { zh: 'English', en: '中文' },
  chats: { zh: '会话', en: 'Chats' },
  live: { zh: '实时', en: 'live' },
  away: { zh: '已断开', en: 'disconnected' },
  back: { zh: '返回', en: 'Back' },
  empty: { zh: '还没有消息', en: 'No messages yet' },
  emptyHint: {
    zh: '把应用的 endpoint 指到这里,或给任何命令加 --sandbox:',
    en: 'Point an app’s endpoint here, or add --sandbox to any command:',
  },
  choose: { zh: '选择一个会话', en: 'Choose a chat' },
  recalled: { zh: '消息已撤回', en: 'Message recalled' },
  wasRecalled: { zh: '看原来的内容', en: 'Show what it was' },
  updated: { zh: '已更新', en: 'updated' },
  customBot: { zh: '自定义机器人', en: 'custom bot' },
  urgent: { zh: '加急', en: 'urgent' },
  reply: { zh: '回复', en: 'reply to' },
  bot: { zh: '机器人', en: 'BOT' },
  file: { zh: '文件', en: 'File' },
  image: { zh: '图片', en: 'Image' },
  card: { zh: '卡片', en: 'Card' },
  post: { zh: '富文本', en: 'Post' },
  notShown: { zh: '图片太大,未保留', en: 'too large to be kept' },
  reference: {
    zh: '引用模板或卡片实体的卡片,沙箱里没有它的内容',
    en: 'a card by reference: the sandbox does not have its content',
  },
  group: { zh: '群', en: 'group' },
  person: { zh: '人', en: 'person' },
} as const satisfies Readonly<Record<string, Text>>;
