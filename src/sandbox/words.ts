import type { Words } from '../model/errors.ts';

const list = (names: readonly string[]): string => names.join(', ');

export const sandboxWords = {
  'sandbox-port-taken': (p: { port: number; why: string }) => ({
    message: {
      zh: `沙箱不能在端口 ${p.port} 上启动:${p.why}`,
      en: `The sandbox cannot start on port ${p.port}: ${p.why}`,
    },
    hint: { zh: '用 --port 换一个端口,0 表示任意空闲端口。', en: 'Choose another with --port; 0 takes any free one.' },
  }),
  'keep-unusable': (p: { path: string; why: string }) => ({
    message: {
      zh: `沙箱的消息文件 ${p.path} 用不了:${p.why}`,
      en: `The sandbox cannot use its file ${p.path}: ${p.why}`,
    },
    hint: { zh: '检查 --keep 的路径和权限。', en: 'Check the path of --keep and its permissions.' },
  }),
  'fault-unknown': (p: { written: string; near: string | null; kinds: readonly string[] }) => ({
    message: { zh: `没有这种故障:${p.written}`, en: `There is no such fault: ${p.written}` },
    hint: {
      zh: `${p.near === null ? '' : `是不是 ${p.near}?`}可用:${list(p.kinds)},或飞书错误码(如 230002、230099:200550)。写法:230002:times=2,recipient=oc_x`,
      en: `${p.near === null ? '' : `Did you mean ${p.near}? `}There are: ${list(p.kinds)}, and any code of Feishu's (230002, 230099:200550). Write: 230002:times=2,recipient=oc_x`,
    },
  }),
  'fault-option-unknown': (p: { written: string; near: string | null; options: readonly string[] }) => ({
    message: { zh: `故障没有选项 ${p.written}`, en: `A fault has no option ${p.written}` },
    hint: {
      zh: `${p.near === null ? '' : `是不是 ${p.near}?`}可用:${list(p.options)}`,
      en: `${p.near === null ? '' : `Did you mean ${p.near}? `}There are: ${list(p.options)}`,
    },
  }),
  'fault-option-bad': (p: { name: string; value: string }) => ({
    message: {
      zh: `故障选项 ${p.name} 的值不对:${p.value}`,
      en: `The fault's option ${p.name} has a wrong value: ${p.value}`,
    },
    hint: {
      zh: 'times 是正整数,seconds 是正数,recipient、path 与 app 是文字:times=2,seconds=1.5,recipient=oc_x,path=images',
      en: 'times is a whole number above 0, seconds a number above 0, recipient, path and app are text: times=2,seconds=1.5,recipient=oc_x,path=images',
    },
  }),
} satisfies Words;
