import type { Words } from '../../model/errors.ts';
import type { Text } from '../../model/text.ts';

/** Why a browser could not get a page, where it says more than its code (net_error_list.h of Chromium). */
export const NET_WORDS: Readonly<Record<string, Text>> = {
  ERR_NAME_NOT_RESOLVED: { zh: '找不到这个主机名', en: 'the name of the host is not known' },
  ERR_CONNECTION_REFUSED: { zh: '连接被拒绝', en: 'the connection was refused' },
  ERR_CONNECTION_TIMED_OUT: { zh: '连接超时', en: 'there was no connection in time' },
  ERR_TOO_MANY_REDIRECTS: { zh: '一直在转向', en: 'it redirects again and again' },
  ERR_ABORTED: { zh: '那里不是网页(是下载,或没有内容)', en: 'there is no page (a download, or no content)' },
  ERR_BLOCKED_BY_CLIENT: { zh: '浏览器不肯发送其中一个请求头', en: 'the browser refuses to send one of the headers' },
  ERR_CERT_AUTHORITY_INVALID: {
    zh: '浏览器不信任它的证书(浏览器只看自己的证书库,network.ca 不管它)',
    en: 'the browser does not trust its certificate (it has a store of its own, which network.ca is not part of)',
  },
  ERR_CERT_DATE_INVALID: { zh: '证书过期了', en: 'its certificate has expired' },
  ERR_CERT_COMMON_NAME_INVALID: { zh: '证书不是这个主机名的', en: 'its certificate is for another host' },
};

export const screenshotWords = {
  'screenshot-no-browser': () => ({
    message: {
      zh: '截图要用 Chrome 或 Chromium,这台机器上没有找到。',
      en: 'Screenshots are taken by Chrome or Chromium, and there is none on this machine.',
    },
    hint: {
      zh: '装一个(例如 apt install chromium),或用环境变量 CHROME 指明它在哪里;由 cron 启动时,CHROME 写绝对路径。',
      en: 'Install one (for example apt install chromium), or name it in the environment variable CHROME, for cron by its absolute path.',
    },
  }),
  'screenshot-browser': (p: { browser: string; why: string }) => ({
    message: { zh: `浏览器 ${p.browser} 出了问题:${p.why}`, en: `The browser ${p.browser} failed: ${p.why}` },
    hint: {
      zh: '看看它能不能启动;说没有 sandbox 的,让系统允许用户命名空间,或用环境变量 CHROME 指向一个加了 --no-sandbox 的脚本(只在信任网页时)。',
      en: 'See whether it starts at all. If it lacks a sandbox, allow user namespaces, or let the environment variable CHROME name a script that adds --no-sandbox (only for pages you trust).',
    },
  }),
  'screenshot-url': (p: { url: string }) => ({
    message: { zh: `不是网页地址:${p.url}`, en: `This is no address of a page: ${p.url}` },
    hint: { zh: '只有 http:// 和 https:// 可以截图。', en: 'Only http:// and https:// can be opened.' },
  }),
  'screenshot-private': (p: { url: string }) => ({
    message: {
      zh: `network.privateAddresses: refuse 之下不截图:${p.url}`,
      en: `No screenshots under network.privateAddresses: refuse: ${p.url}`,
    },
    hint: {
      zh: '网页自己能连到任何地址,浏览器拦不全。要截图就去掉这一项。',
      en: 'A page may itself reach any address, which a browser cannot wholly prevent. Leave that setting out to take screenshots.',
    },
  }),
  'screenshot-header': (p: { name: string; kind: Text }) => ({
    message: { zh: `${p.kind.zh} ${p.name} 不能这样写。`, en: `The ${p.kind.en} ${p.name} cannot be sent like this.` },
    hint: {
      zh: '名字里没有空格、冒号和引号;值是一行西文字符,Cookie 的值里没有分号;Host、Content-Length 这类由浏览器自己写。',
      en: 'A name has no spaces, colons or quotes; a value is one line of Latin characters, of a cookie without semicolons; Host, Content-Length and the like are the browser’s own.',
    },
  }),
  'screenshot-selector': (p: { selector: string; why: string }) => ({
    message: { zh: `不是 CSS 选择器:${p.selector}`, en: `This is no CSS selector: ${p.selector}` },
    hint: { zh: `浏览器说:${p.why}`, en: `The browser says: ${p.why}` },
  }),
  'screenshot-expression': (p: { expression: string; why: string }) => ({
    message: {
      zh: `不是 JavaScript 表达式:${p.expression}`,
      en: `This is no expression of JavaScript: ${p.expression}`,
    },
    hint: { zh: `浏览器说:${p.why}`, en: `The browser says: ${p.why}` },
  }),
  'screenshot-unreachable': (p: { url: string; why: Text }) => ({
    message: { zh: `打不开 ${p.url}:${p.why.zh}`, en: `${p.url} cannot be opened: ${p.why.en}` },
    hint: {
      zh: '在这台机器上用浏览器或 curl 试一试这个地址。',
      en: 'Try the address on this machine, in a browser or with curl.',
    },
  }),
  'screenshot-no-page': (p: { url: string; why: Text }) => ({
    message: { zh: `${p.url} 不是能打开的网页:${p.why.zh}`, en: `${p.url} is no page that can be opened: ${p.why.en}` },
    hint: {
      zh: '在这台机器上用浏览器试一试这个地址。',
      en: 'Try the address in a browser on this machine.',
    },
  }),
  'screenshot-status': (p: { url: string; status: number }) => ({
    message: { zh: `${p.url} 回答 HTTP ${p.status}`, en: `${p.url} answered HTTP ${p.status}` },
    hint:
      p.status === 401 || p.status === 403
        ? { zh: '检查 headers、auth、cookies 或 login。', en: 'Check headers, auth, cookies or login.' }
        : { zh: '在浏览器里打开这个地址看看。', en: 'Open the address in a browser.' },
  }),
  'screenshot-step': (p: { number: number; step: string; why: Text }) => ({
    message: {
      zh: `登录第 ${p.number} 步(${p.step})没有成功:${p.why.zh}`,
      en: `Step ${p.number} of login (${p.step}) failed: ${p.why.en}`,
    },
    hint: {
      zh: '在浏览器里照着做一遍,核对选择器。',
      en: 'Do it in a browser by hand and compare the selectors.',
    },
  }),
  'screenshot-waiting': (p: { url: string; ms: number; doing: Text }) => ({
    message: {
      zh: `${p.url} 过了 ${p.ms / 1_000} 秒还在${p.doing.zh}`,
      en: `${p.url}: after ${p.ms / 1_000} s still ${p.doing.en}`,
    },
    hint: {
      zh: '核对 waitFor;一直有请求的网页用 waitFor: { selector: … };或加大 timeout。',
      en: 'Check waitFor; for a page that never stops asking use waitFor: { selector: … }; or give it a longer timeout.',
    },
  }),
  'screenshot-elsewhere': (p: { url: string; to: string }) => ({
    message: {
      zh: `打开 ${p.url},到的却是 ${p.to}`,
      en: `${p.url} was opened, and the page that came is ${p.to}`,
    },
    hint: {
      zh: '多半是没有登录:检查 login、cookies 或 headers;地址改了就写新的。',
      en: 'Most likely nobody is logged in: check login, cookies or headers. If the page has moved, write its new address.',
    },
  }),
  'screenshot-blank': (p: { what: string }) => ({
    message: {
      zh: `截到的是空白:${p.what} 只有一种颜色。`,
      en: `The picture is blank: ${p.what} has one colour only.`,
    },
    hint: {
      zh: '多半是图还没画出来:用 waitFor 等它;空白也要发就写 blank: send。',
      en: 'Most likely it is not drawn yet: wait for it with waitFor; to send it all the same, write blank: send.',
    },
  }),
  'screenshot-large': (p: { megabytes: number }) => ({
    message: {
      zh: `截图有 ${p.megabytes} MB,飞书的图片最多 10 MB。`,
      en: `The screenshot has ${p.megabytes} MB; Feishu takes pictures of 10 MB at most.`,
    },
    hint: {
      zh: '把 viewport 的 scale 或大小调小,或用 selector 只截一部分。',
      en: 'Make scale or the size of the viewport smaller, or take a part of it with selector.',
    },
  }),
} satisfies Words;
