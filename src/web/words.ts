import type { Words } from '../model/errors.ts';

export const webWords = {
  'host-not-loopback': (p: { host: string }) => ({
    message: {
      zh: `不能在 ${p.host} 上监听:没有登录的页面只对本机开放。`,
      en: `${p.host} cannot be listened on: pages without a login are for this machine alone.`,
    },
    hint: { zh: '写 --host 127.0.0.1,或不写。', en: 'Write --host 127.0.0.1, or leave it out.' },
  }),
  'port-in-use': (p: { host: string; port: number; why: string }) => ({
    message: { zh: `不能在 ${p.host}:${p.port} 上监听:${p.why}`, en: `Cannot listen on ${p.host}:${p.port}: ${p.why}` },
    hint: {
      zh: '换一个端口(--port 0 任选一个空的),或写 --no-console。',
      en: 'Take another port (--port 0 is any free one), or write --no-console.',
    },
  }),
} satisfies Words;
