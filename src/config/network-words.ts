import type { Words } from '../model/errors.ts';

export const networkWords = {
  // never with its value: there may be a password in it
  'bad-proxy': () => ({
    message: { zh: 'network.proxy 不是可用的地址。', en: 'network.proxy is no usable address.' },
    hint: {
      zh: '写成 http://主机:端口;用户名和密码里的特殊字符要写成 %XX。',
      en: 'Write http://host:port; special characters of a user and password are written as %XX.',
    },
  }),
  // never with its value: whoever has the address can say that all is well
  'bad-heartbeat': () => ({
    message: { zh: 'heartbeat 不是可用的地址。', en: '`heartbeat` is no usable address.' },
    hint: { zh: '写成 https://hc-ping.com/… 这样的地址。', en: 'Write an address such as https://hc-ping.com/…' },
  }),
  'bad-console-url': (p: { value: string }) => ({
    message: { zh: `console.url 不是可用的地址:${p.value}`, en: `console.url is no usable address: ${p.value}` },
    hint: {
      zh: '写成 https://cron.example.com,后面不带路径。',
      en: 'Write https://cron.example.com, without a path.',
    },
  }),
  'bad-issuer': (p: { value: string }) => ({
    message: {
      zh: `console.login.oidc.issuer 不是可用的地址:${p.value}`,
      en: `console.login.oidc.issuer is no usable address: ${p.value}`,
    },
    hint: {
      zh: '写成 https://id.example.com,和提供方的 issuer 一字不差;http:// 只能用于本机。',
      en: 'Write https://id.example.com, letter by letter as the provider calls its issuer; http:// is for this machine only.',
    },
  }),
  'no-roles': () => ({
    message: { zh: 'roles 里没有一个人,谁也进不来。', en: '`roles` names nobody: nobody could come in.' },
    hint: {
      zh: '例如 roles: { admin: [ou_…], viewer: ["*"] };* 是提供方放进来的所有人。',
      en: 'For example roles: { admin: [ou_…], viewer: ["*"] }; * is whoever the provider lets in.',
    },
  }),
  'bad-ca': (p: { file: string; why: string }) => ({
    message: {
      zh: `network.ca 的文件 ${p.file} 不能当证书用:${p.why}`,
      en: `The file of network.ca, ${p.file}, cannot be used as a certificate: ${p.why}`,
    },
    hint: {
      zh: '写一个 PEM 文件(以 -----BEGIN CERTIFICATE----- 开头)的路径,相对 larkcron.yaml 所在文件夹。',
      en: 'Name a PEM file (it begins with -----BEGIN CERTIFICATE-----), relative to the folder of larkcron.yaml.',
    },
  }),
} satisfies Words;
