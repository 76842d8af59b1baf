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
