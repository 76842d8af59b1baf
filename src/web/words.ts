import type { Words } from '../model/errors.ts';
import type { Role } from '../model/role.ts';

export const webWords = {
  'port-in-use': (p: { host: string; port: number; why: string }) => ({
    message: { zh: `不能在 ${p.host}:${p.port} 上监听:${p.why}`, en: `Cannot listen on ${p.host}:${p.port}: ${p.why}` },
    hint: {
      zh: '换一个端口(--port 0 任选一个空的),或写 --no-console。',
      en: 'Take another port (--port 0 is any free one), or write --no-console.',
    },
  }),
  'no-token-yet': (p: { host: string }) => ({
    message: {
      zh: `不在 ${p.host} 上监听:还没有一个令牌,谁也登录不了。`,
      en: `Nothing listens on ${p.host}: there is no token yet, so nobody could log in.`,
    },
    hint: {
      zh: '先运行 larkcron console token,再 larkcron start。',
      en: 'Run larkcron console token first, then larkcron start.',
    },
  }),
  'foreign-host': (p: { host: string }) => ({
    message: { zh: `这里不叫 ${p.host}。`, en: `This place is not called ${p.host}.` },
    hint: {
      zh: '用启动时显示的地址;经过反向代理就在 larkcron.yaml 里写 console: { url: https://… }。',
      en: 'Use the address shown at the start; behind a reverse proxy write console: { url: https://… } into larkcron.yaml.',
    },
  }),
  'foreign-origin': () => ({
    message: { zh: '请求来自别的网站,已拒绝。', en: 'The request comes from another site and is refused.' },
  }),
  'not-logged-in': () => ({
    message: { zh: '请先登录。', en: 'Log in first.' },
    hint: {
      zh: '运行 larkcron console token 得到令牌;程序用 Authorization: Bearer 令牌。',
      en: 'larkcron console token makes a token; programs send Authorization: Bearer TOKEN.',
    },
  }),
  'wrong-token': () => ({
    message: { zh: '令牌不对,或已作废。', en: 'The token is wrong, or was revoked.' },
    hint: {
      zh: '用 larkcron console token 做一个新的(start --sandbox 是另一本账:console token --sandbox)。',
      en: 'Make a new one with larkcron console token (start --sandbox has a ledger of its own: console token --sandbox).',
    },
  }),
  'login-not-set': () => ({
    message: { zh: '没有设置这种登录方式。', en: 'This way to log in is not set up.' },
    hint: {
      zh: '在 larkcron.yaml 里写 console: { login: { feishu: …, oidc: … } }。',
      en: 'Write console: { login: { feishu: …, oidc: … } } into larkcron.yaml.',
    },
  }),
  'login-over': () => ({
    message: {
      zh: '这次登录不是在这个浏览器里开始的,或者隔得太久了。',
      en: 'This login did not begin in this browser, or took too long.',
    },
    hint: {
      zh: '十分钟内完成;地址要和开始时一样(127.0.0.1 和 localhost 是两个地址)。再登录一次。',
      en: 'It has to end within ten minutes, at the address it began with (127.0.0.1 and localhost are two). Log in once more.',
    },
  }),
  'login-unreached': (p: { why: string }) => ({
    message: { zh: `连不上登录的提供方:${p.why}`, en: `The provider of logins cannot be reached: ${p.why}` },
    hint: {
      zh: '检查网络、代理和 console.login 里的地址;用令牌登录不受影响。',
      en: 'Look at the network, the proxy and the address in console.login; tokens work all the same.',
    },
  }),
  'login-refused': (p: { why: string }) => ({
    message: { zh: `登录没有成功:${p.why}`, en: `The login came to nothing: ${p.why}` },
    hint: {
      zh: '对方拒绝了,或者应用密钥、重定向地址不对(larkcron doctor 会列出要登记的地址)。',
      en: 'The provider refused, or a secret or redirect address is wrong (larkcron doctor names the address to enter there).',
    },
  }),
  'login-no-role': (p: { shown: string; way: string; id: string }) => ({
    message: { zh: `${p.shown} 没有控制台的角色。`, en: `${p.shown} has no role at this console.` },
    hint: {
      zh: `请管理员在 larkcron.yaml 的 console.login.${p.way}.roles 里加上 ${p.id}。`,
      en: `Ask an administrator to add ${p.id} to console.login.${p.way}.roles in larkcron.yaml.`,
    },
  }),
  'too-many-logins': (p: { seconds: number }) => ({
    message: {
      zh: `错误的令牌或失败的登录太多,${p.seconds} 秒后再试。`,
      en: `Too many wrong tokens or failed logins; try again in ${p.seconds} seconds.`,
    },
  }),
  'not-allowed': (p: { needs: Role; role: Role }) => ({
    message: {
      zh: `这需要 ${p.needs} 的令牌,现在用的是 ${p.role}。`,
      en: `This needs a token of the role ${p.needs}; this one is ${p.role}.`,
    },
    hint: { zh: 'larkcron console token --role …', en: 'larkcron console token --role …' },
  }),
  'csrf-missing': () => ({
    message: { zh: '缺少 X-CSRF-Token,或不对。', en: 'X-CSRF-Token is missing or wrong.' },
    hint: { zh: '用 GET /api/session 给出的 csrf。', en: 'Send the `csrf` that GET /api/session gives.' },
  }),
  'bad-request': (p: { where: string; why: string }) => ({
    message: { zh: `请求里的 ${p.where} 不对:${p.why}`, en: `${p.where} in the request is wrong: ${p.why}` },
    hint: { zh: '格式见 /api/openapi.json。', en: 'Its form is in /api/openapi.json.' },
  }),
  'body-too-large': (p: { most: number }) => ({
    message: { zh: `请求体超过 ${p.most} 字节。`, en: `The body has more than ${p.most} bytes.` },
  }),
  'body-too-deep': (p: { most: number }) => ({
    message: {
      zh: `请求体里一层套一层,超过 ${p.most} 层。`,
      en: `The body nests lists and objects more than ${p.most} deep.`,
    },
  }),
  'not-json-body': () => ({
    message: {
      zh: '请求体要是 JSON(content-type: application/json)。',
      en: 'The body has to be JSON (content-type: application/json).',
    },
  }),
  'no-such-page': (p: { path: string }) => ({
    message: { zh: `没有 ${p.path} 这个地址。`, en: `There is no ${p.path}.` },
    hint: { zh: '有哪些见 /api/openapi.json。', en: 'What there is stands in /api/openapi.json.' },
  }),
  'no-such-delivery': () => ({
    message: { zh: '账本里没有这条投递。', en: 'The ledger has no such delivery.' },
  }),
  'no-such-token': () => ({
    message: { zh: '没有这个令牌。', en: 'There is no such token.' },
  }),
  'not-at-work': () => ({
    message: {
      zh: 'larkcron 正在重新读取设置,马上就好。',
      en: 'larkcron is reading its settings again; try in a moment.',
    },
  }),
  'key-reused': (p: { key: string }) => ({
    message: {
      zh: `Idempotency-Key ${p.key} 七天内已用于另一个请求。`,
      en: `The Idempotency-Key ${p.key} was used for another request within seven days.`,
    },
    hint: { zh: '另一个请求用另一个键。', en: 'Another request needs another key.' },
  }),
  'too-many-listeners': (p: { most: number }) => ({
    message: {
      zh: `已有 ${p.most} 个页面或程序在听变化,关掉一个再试。`,
      en: `${p.most} pages or programs listen for changes already; try again when one has gone.`,
    },
  }),
  busy: (p: { most: number }) => ({
    message: {
      zh: `已有 ${p.most} 个这样的请求在做,等一个结束再试。`,
      en: `${p.most} such requests are being worked on already; try again when one has ended.`,
    },
  }),
  'too-many-days': (p: { most: number }) => ({
    message: { zh: `since 到 until 最多 ${p.most} 天。`, en: `From since to until may be ${p.most} days at most.` },
  }),
  examining: () => ({
    message: { zh: '体检正在进行。', en: 'An examination is under way.' },
  }),
  'workshop-keys': (p: { keys: readonly string[] }) => ({
    message: {
      zh: `工坊只画卡片:写 card,不要 ${p.keys.join('、')}。`,
      en: `The workshop draws cards: write card, and not ${p.keys.join(', ')}.`,
    },
  }),
  'workshop-no-card': () => ({
    message: {
      zh: '这里没有卡片:写 YAML 的 card: …,或贴上飞书的卡片 JSON。',
      en: 'There is no card here: write card: … in YAML, or paste card JSON as Feishu takes it.',
    },
  }),
  'workshop-too-deep': () => ({
    message: { zh: '卡片一层套一层,太深了。', en: 'The card nests too deeply.' },
  }),
  'workshop-too-slow': (p: { seconds: number }) => ({
    message: {
      zh: `做这张卡片超过 ${p.seconds} 秒,停下了:别的消息要发。`,
      en: `Making this card took more than ${p.seconds} s and was stopped: other messages are to go out.`,
    },
    hint: {
      zh: '减少行数、循环或 matches 里的重复。',
      en: 'Have fewer rows and loops, or a plainer pattern in `matches`.',
    },
  }),
  'workshop-picture': (p: { picture: string }) => ({
    message: {
      zh: `工坊不读图片文件 ${p.picture},所以这里是空的。`,
      en: `The workshop reads no picture files (${p.picture}), so its place is empty.`,
    },
    hint: { zh: '飞书的 img_… 可以直接写。', en: "Feishu's img_… keys can be written as they are." },
  }),
  'unsafe-address': (p: { url: string }) => ({
    message: {
      zh: `${p.url} 没有 TLS:同一网络里的人能看到令牌。`,
      en: `${p.url} has no TLS: people on the same network can read the tokens.`,
    },
    hint: {
      zh: '前面放一个 HTTPS 反向代理,并写 console: { url: https://… }。',
      en: 'Put an HTTPS reverse proxy before it, and write console: { url: https://… }.',
    },
  }),
  bug: () => ({
    message: { zh: 'larkcron 自己出错了,已记入日志。', en: 'A fault in larkcron itself; it stands in the log.' },
  }),
} satisfies Words;
