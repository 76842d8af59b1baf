import type { Words } from '../model/errors.ts';
import { afterHan, type Text } from '../model/text.ts';

/** What a scope is needed for. */
export const USE_WORDS = {
  send: { zh: '发消息', en: 'sending messages' },
  recall: { zh: '撤回消息(larkcron recall)', en: 'taking messages back (larkcron recall)' },
  'look-up-mobiles': { zh: '用手机号找人', en: 'finding people by mobile number' },
  'look-up-emails': {
    zh: '用邮箱找人;没有它也能发,但同一个人可能收到两条',
    en: 'finding people by e-mail; without it mail addresses are written to as they are, and a person named twice may get two',
  },
  departments: { zh: '把部门变成其中的人', en: 'turning departments into their people' },
  'user-ids': { zh: '按 user_id 发消息', en: 'writing to a user_id' },
  upload: { zh: '上传图片和文件', en: 'uploading images and files' },
  batch: { zh: '批量发送(batch)', en: 'sending to many people at once (batch)' },
  'urgent-app': { zh: '应用内加急', en: 'urgent messages in the app' },
  'urgent-sms': { zh: '短信加急', en: 'urgent messages by SMS' },
  'urgent-phone': { zh: '电话加急', en: 'urgent messages by phone' },
  'look-in-chats': {
    zh: '一小时后到单聊里找不确定的消息;没有它就一直是「不确定」',
    en: 'looking for an unsure message in a chat after an hour; without it the message stays unknown',
  },
  'look-in-groups': {
    zh: '一小时后到群里找不确定的消息;没有它就一直是「不确定」',
    en: 'looking for an unsure message in a group after an hour; without it the message stays unknown',
  },
  'read-bases': { zh: '读多维表格', en: 'reading bases' },
  'read-sheets': { zh: '读电子表格', en: 'reading spreadsheets' },
  'read-wikis': { zh: '打开知识库里的文档', en: 'opening documents of a wiki' },
} satisfies Readonly<Record<string, Text>>;

const AGAIN = { zh: '过一会儿再运行 larkcron doctor。', en: 'Run larkcron doctor again later.' };
const NEW_VERSION = {
  zh: '开通后要创建并发布新版本才生效。',
  en: 'It is in force once a new version is published.',
};
const SPEECH = {
  zh: '请群主在群设置里允许机器人发言,或设它为管理员。',
  en: "Ask the group's owner to let the bot speak, or to make it an administrator.",
};

export const doctorWords = {
  unreachable: (p: { why: Text }) => ({
    message: { zh: `连不上飞书:${p.why.zh}`, en: `Feishu cannot be reached: ${p.why.en}` },
    hint: { zh: '检查网络、代理和 endpoint。', en: 'Check the network, the proxy and `endpoint`.' },
  }),
  'no-answer': (p: { http: number }) => ({
    message: {
      zh: `回答里没有飞书的错误码(HTTP ${p.http})。`,
      en: `The answer carries no code of Feishu's (HTTP ${p.http}).`,
    },
    hint: {
      zh: '多半是中间的代理或网关答的:检查 endpoint 和代理,稍后再试。',
      en: 'A proxy or gateway in between may have answered: check `endpoint` and the proxy, and try again later.',
    },
  }),
  incomplete: (p: { why: Text }) => ({
    message: { zh: `${p.why.zh}。`, en: `${p.why.en}.` },
    hint: { zh: '稍后再试。', en: 'Try again later.' },
  }),
  refused: (p: { words: Text; code: number | string }) => ({
    message: { zh: `飞书拒绝:${p.words.zh}(${p.code})`, en: `Feishu refused: ${p.words.en} (${p.code})` },
  }),
  limited: (p: { words: Text; code: number | string }) => ({
    message: {
      zh: `暂时问不到:${p.words.zh}(${p.code})`,
      en: `It cannot be asked for now: ${p.words.en} (${p.code})`,
    },
    hint: AGAIN,
  }),
  'quota-over': (p: { words: Text; code: number | string }) => ({
    message: { zh: `${p.words.zh}(${p.code})`, en: `${p.words.en} (${p.code})` },
  }),
  'needs-scope': (p: { scope: string }) => ({
    message: { zh: `没有检查:应用没有权限 ${p.scope}。`, en: `Not asked: the app has no scope ${p.scope}.` },
    hint: {
      zh: '发消息不需要它;开通后 doctor 能多看一项。',
      en: 'Sending does not need it; with it doctor sees more.',
    },
  }),
  'after-fault': (p: { checks: Text }) => ({
    message: {
      zh: `没有检查${afterHan(p.checks.zh)}:先解决上面的问题。`,
      en: `Not asked: ${p.checks.en}. Mend the fault above first.`,
    },
  }),
  'bad-settings': (p: { job: string }) => ({
    message: { zh: `任务 ${p.job} 的设置有误。`, en: `The settings of job ${p.job} are wrong.` },
    hint: { zh: `运行 larkcron check ${p.job}。`, en: `Run larkcron check ${p.job}.` },
  }),
  'no-proxy': () => ({ message: { zh: '直接连接,没有代理。', en: 'Connected directly, without a proxy.' } }),
  'proxy-answers': (p: { proxy: string; from: Text }) => ({
    message: { zh: `经过代理 ${p.proxy}(${p.from.zh})。`, en: `Through the proxy ${p.proxy} (${p.from.en}).` },
  }),
  'proxy-unreachable': (p: { proxy: string; from: Text; why: string }) => ({
    message: {
      zh: `代理 ${p.proxy}(${p.from.zh})连不上:${p.why}`,
      en: `The proxy ${p.proxy} (${p.from.en}) cannot be reached: ${p.why}`,
    },
    hint: {
      zh: '启动代理,或改正 network.proxy、HTTPS_PROXY;不该用代理就写进 NO_PROXY。',
      en: 'Start it, or mend network.proxy or HTTPS_PROXY; list hosts that need none in NO_PROXY.',
    },
  }),
  'proxy-ignored': (p: { proxy: string }) => ({
    message: {
      zh: `环境变量里的代理 ${p.proxy} 不是 HTTP(S) 代理,larkcron 不用它,直接连接。`,
      en: `The proxy ${p.proxy} of the environment is no HTTP(S) proxy; larkcron does not use it and connects directly.`,
    },
    hint: {
      zh: '要用代理就在 larkcron.yaml 写 network: { proxy: "http://…" }。',
      en: 'To use a proxy, write network: { proxy: "http://…" } in larkcron.yaml.',
    },
  }),
  'token-given': () => ({
    message: { zh: '凭证有效,飞书给出了令牌。', en: 'The credentials are right: Feishu gave a token.' },
  }),
  'clock-right': (p: { difference: string }) => ({
    message: {
      zh: `本机时间与飞书相差 ${p.difference}。`,
      en: `This machine's clock is ${p.difference} off Feishu's.`,
    },
  }),
  'clock-off': (p: { difference: string }) => ({
    message: {
      zh: `本机时间与飞书相差 ${p.difference}:任务会早发或晚发。`,
      en: `This machine's clock is ${p.difference} off Feishu's: jobs are sent early or late.`,
    },
    hint: {
      zh: '让系统自动对时(NTP)。相差一小时以上时,群机器人的签名会被拒绝。',
      en: 'Have the system set its clock (NTP). From an hour on, signatures of webhook bots are refused.',
    },
  }),
  'clock-unknown': () => ({
    message: { zh: '回答里没有时间,没有比较时钟。', en: 'The answer carries no time; the clocks were not compared.' },
  }),
  'call-answered': () => ({
    message: {
      zh: '带令牌的调用有回答:本机 IP 没有被拦。',
      en: "A call with the token is answered: this machine's address is not shut out.",
    },
  }),
  'bot-on': (p: { name: string }) => ({
    message: { zh: `机器人「${p.name}」已启用。`, en: `The bot “${p.name}” is enabled.` },
  }),
  'bot-off': (p: { name: string; status: string }) => ({
    message: {
      zh: `机器人「${p.name}」没有启用(activate_status ${p.status})。`,
      en: `The bot “${p.name}” is not enabled (activate_status ${p.status}).`,
    },
    hint: {
      zh: '发布版本,并请企业管理员在管理后台启用应用。',
      en: 'Publish a version, and have the administrator enable the app.',
    },
  }),
  published: () => ({
    message: { zh: '应用已发布并启用。', en: 'The app is published and enabled.' },
  }),
  'not-published': () => ({
    message: { zh: '应用没有已发布的版本。', en: 'The app has no published version.' },
    hint: { zh: '创建版本并发布,等管理员通过。', en: 'Create a version, publish it, have it approved.' },
  }),
  'app-off': (p: { status: string }) => ({
    message: { zh: `应用没有启用(status ${p.status})。`, en: `The app is not enabled (status ${p.status}).` },
    hint: { zh: '请企业管理员启用应用。', en: 'Ask the administrator to enable the app.' },
  }),
  'version-waiting': () => ({
    message: {
      zh: '有一个版本在等管理员审核:其中新的权限和可用范围还没有生效。',
      en: 'A version waits for approval: its new scopes and availability are not in force yet.',
    },
    hint: { zh: '请企业管理员审核。', en: 'Ask the administrator to approve it.' },
  }),
  'scopes-granted': (p: { scopes: string }) => ({
    message: { zh: `需要的权限都有:${p.scopes}。`, en: `All scopes that are needed are granted: ${p.scopes}.` },
  }),
  'scope-missing': (p: { scope: string; use: Text }) => ({
    message: { zh: `没有权限 ${p.scope}:${p.use.zh}。`, en: `The scope ${p.scope} is missing: ${p.use.en}.` },
    hint: NEW_VERSION,
  }),
  'group-reachable': (p: { name: string }) => ({
    message: { zh: `在群「${p.name}」里,可以发言。`, en: `The bot is in the group “${p.name}” and may speak.` },
  }),
  'not-in-group': (p: { name: string }) => ({
    message: { zh: `机器人不在群「${p.name}」里。`, en: `The bot is not in the group “${p.name}”.` },
    hint: { zh: '在群设置里把机器人加进群。', en: "Add the bot to the group in the group's settings." },
  }),
  'group-dissolved': (p: { name: string }) => ({
    message: { zh: `群「${p.name}」已解散。`, en: `The group “${p.name}” was dissolved.` },
    hint: { zh: '把这个群从 to 里去掉。', en: 'Take the group out of `to`.' },
  }),
  'may-not-speak': (p: { name: string }) => ({
    message: {
      zh: `群「${p.name}」只有群主和管理员能发言,机器人都不是。`,
      en: `In the group “${p.name}” only the owner and administrators speak, and the bot is neither.`,
    },
    hint: SPEECH,
  }),
  'perhaps-may-not-speak': (p: { name: string }) => ({
    message: {
      zh: `群「${p.name}」限制发言,看不出机器人是否在内。`,
      en: `The group “${p.name}” limits who speaks; whether the bot does cannot be seen.`,
    },
    hint: SPEECH,
  }),
  'person-available': () => ({
    message: { zh: '在应用的可用范围内。', en: "Within the app's availability." },
  }),
  'person-found': () => ({
    message: {
      zh: '找到了这个人;没有检查是否在可用范围内。',
      en: "The person is found; the app's availability was not asked.",
    },
  }),
  'person-outside': () => ({
    message: { zh: '不在应用的可用范围内,收不到消息。', en: "Outside the app's availability: messages are refused." },
    hint: { zh: '把这个人加进「可用范围」并发布新版本。', en: 'Add the person to the availability, and publish.' },
  }),
  'person-denied': () => ({
    message: { zh: '在应用的禁用名单里,收不到消息。', en: "On the app's list of those who must not have it." },
    hint: {
      zh: '请企业管理员在管理后台的应用可用范围里去掉禁用。',
      en: 'Ask the administrator to take the person off that list.',
    },
  }),
  'person-unsaid': () => ({
    message: {
      zh: '飞书没有说这个人是否在可用范围内。',
      en: 'Feishu does not say whether the app is available to them.',
    },
  }),
  'people-not-asked': (p: { count: number; scope: string }) => ({
    message: {
      zh: `没有检查 ${p.count} 个人是否在可用范围内:应用没有权限 ${p.scope}。`,
      en: `Whether the app is available to ${p.count} of the recipients was not asked: it has no scope ${p.scope}.`,
    },
    hint: {
      zh: '发消息不需要它;开通后 doctor 能多看一项。',
      en: 'Sending does not need it; with it doctor sees more.',
    },
  }),
  'person-unknown': () => ({
    message: {
      zh: '找不到这个人,或应用看不到。',
      en: 'Nobody has this address or number, or the app may not see them.',
    },
    hint: {
      zh: '核对邮箱(不是企业邮箱)或手机号(海外号码要带 +国家码),并确认在应用的通讯录权限范围内。',
      en: 'Check the address (not an enterprise mailbox) or number (with + and the country code outside mainland China) and the contact range of the app.',
    },
  }),
  'person-left': () => ({
    message: { zh: '已离职。', en: 'Has left the company.' },
    hint: { zh: '把这个人从 to 里去掉。', en: 'Take the person out of `to`.' },
  }),
  'department-reachable': (p: { count: number }) => ({
    message: { zh: `部门里看得到 ${p.count} 个人。`, en: `The app sees ${p.count} people in the department.` },
  }),
  'department-empty': () => ({
    message: { zh: '部门里看不到人。', en: 'The app sees nobody in the department.' },
    hint: { zh: '检查应用的通讯录权限范围。', en: 'Check the contact range of the app.' },
  }),
  'department-partly': (p: { count: number; outside: number; some: string }) => ({
    message: {
      zh: `部门里的 ${p.count} 个人中有 ${p.outside} 个不在应用的可用范围内:${p.some}`,
      en: `Of the ${p.count} people in the department ${p.outside} are outside the app's availability: ${p.some}`,
    },
    hint: { zh: '把他们加进「可用范围」并发布新版本。', en: 'Add them to the availability, and publish.' },
  }),
  'cannot-be-asked': (p: { recipient: string }) => ({
    message: { zh: '不发消息就问不出能否送达。', en: 'It cannot be asked without sending.' },
    hint: {
      zh: `用 larkcron run 任务 --to ${p.recipient} 试发一条。`,
      en: `Try it with larkcron run JOB --to ${p.recipient}.`,
    },
  }),
  'no-owner': () => ({
    message: { zh: '没有 owner:失败了没有人知道。', en: 'There is no owner: nobody hears of a failure.' },
    hint: { zh: '在 larkcron.yaml 写 owner: ou_…。', en: 'Write owner: ou_… in larkcron.yaml.' },
  }),
  'login-address-feishu': (p: { address: string }) => ({
    message: {
      zh: `用飞书登录:开发者后台「安全设置 → 重定向 URL」里要有 ${p.address}`,
      en: `Login with Feishu: the developer console's "Security settings → Redirect URLs" must have ${p.address}`,
    },
  }),
  'login-address-oidc': (p: { address: string }) => ({
    message: {
      zh: `单点登录:提供方那里要登记的回调地址是 ${p.address}`,
      en: `Single sign-on: the redirect address to enter with the provider is ${p.address}`,
    },
  }),
  'login-provider': (p: { why: string }) => ({
    message: {
      zh: `单点登录的提供方没有应答:${p.why}`,
      en: `The provider of single sign-on does not answer: ${p.why}`,
    },
    hint: {
      zh: '核对 console.login.oidc.issuer 和网络;issuer 要和它自己的一字不差。令牌登录不受影响。',
      en: 'Look at console.login.oidc.issuer and the network; it has to be called letter by letter as it calls itself. Tokens work all the same.',
    },
  }),
  'test-card-nobody': () => ({
    message: {
      zh: '没有发测试卡片:没有 owner。',
      en: 'No test card was sent: there is no owner.',
    },
    hint: { zh: '在 larkcron.yaml 写 owner: ou_…。', en: 'Write owner: ou_… in larkcron.yaml.' },
  }),
  'test-card-arrived': (p: { messageId: string }) => ({
    message: { zh: `测试卡片已送达:${p.messageId}`, en: `The test card has arrived: ${p.messageId}` },
  }),
  'test-card-refused': (p: { why: Text }) => ({
    message: { zh: `测试卡片没有送达:${p.why.zh}`, en: `The test card did not arrive: ${p.why.en}` },
  }),
  'test-card-unsure': (p: { run: string }) => ({
    message: {
      zh: '测试卡片还不知道是否送达。',
      en: 'Nobody knows yet whether the test card has arrived.',
    },
    hint: { zh: `用 larkcron show ${p.run} 看结果。`, en: `See larkcron show ${p.run}.` },
  }),
} satisfies Words;
