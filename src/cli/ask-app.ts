import { cancel, intro, isCancel, note, password, select, text } from '@clack/prompts';
import { parseRecipient } from '../model/recipient.ts';
import type { Output } from './output.ts';

/** The five steps in Feishu's developer console that a bot needs before it can send anything. */
const steps = (endpoint: string, { say }: Output): string => {
  const site = endpoint === 'lark' ? 'https://open.larksuite.com/app' : 'https://open.feishu.cn/app';
  return say({
    zh: `1. ${site} 创建企业自建应用\n2. 添加应用能力 → 机器人\n3. 权限管理 → im:message:send_as_bot\n4. 可用范围 → 收消息的人\n5. 创建版本并发布,等管理员通过`,
    en: `1. ${site}: create a custom app\n2. Add features → Bot\n3. Permissions → im:message:send_as_bot\n4. Availability → those who get messages\n5. Create a version, publish it, have it approved`,
  });
};

/** Asks on a terminal: with my app, or without one. Null when the person stopped it. */
export const askApp = async (
  out: Output,
): Promise<{ appId: string; secret: string; endpoint: string; recipient: string } | null> => {
  const { say } = out;
  const stopped = <T>(value: T | symbol): value is symbol => {
    if (!isCancel(value)) return false;
    cancel(say({ zh: '已停止,什么都没有写。', en: 'Stopped; nothing was written.' }));
    return true;
  };
  intro('larkcron');
  const how = await select({
    message: say({ zh: '怎么开始?', en: 'How do you want to begin?' }),
    options: [
      { value: 'feishu', label: say({ zh: '用我的飞书应用', en: 'with my Feishu app' }) },
      { value: 'lark', label: say({ zh: '用我的 Lark 应用', en: 'with my Lark app' }) },
      { value: 'sandbox', label: say({ zh: '先不接飞书,在本机试', en: 'without one, on this machine' }) },
    ],
  });
  if (stopped(how)) return null;
  if (how === 'sandbox') return { appId: '', secret: '', endpoint: 'feishu', recipient: 'ou_me' };
  note(steps(how, out), say({ zh: '应用需要这五步', en: 'The app needs these five steps' }));
  const appId = await text({
    message: 'App ID',
    placeholder: 'cli_…',
    validate: (value) =>
      /^cli_\w+$/.test(value ?? '') ? undefined : say({ zh: 'App ID 以 cli_ 开头', en: 'An App ID begins with cli_' }),
  });
  if (stopped(appId)) return null;
  const secret = await password({
    message: 'App Secret',
    validate: (value) => (value ? undefined : say({ zh: '不能为空', en: 'It cannot be empty' })),
  });
  if (stopped(secret)) return null;
  const recipient = await text({
    message: say({
      zh: '第一个收件人(也是 owner):open_id、群 chat_id 或邮箱',
      en: 'The first recipient (and owner): an open_id, a chat_id or an e-mail address',
    }),
    validate: (value) =>
      parseRecipient(value ?? '') === null
        ? say({ zh: '写 ou_…、oc_… 或邮箱', en: 'Write ou_…, oc_… or an e-mail address' })
        : undefined,
  });
  return stopped(recipient) ? null : { appId, secret, endpoint: how, recipient };
};
