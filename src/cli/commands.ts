import { type Command, type Option, option } from './command.ts';
import { GROUPED } from './commands-grouped.ts';
import { tellsOfLedger } from './tell-of-ledger.ts';
import { tellsOfSettings } from './tell-of-settings.ts';

const DUE = option('--due <time>', '这个应发时间,或 last(最近一次)', 'this due time, or last');
const WAIT = option('--wait <duration>', '最多等重试多久(默认 30s)', 'how long to wait for retries (30s)');
const DRY_RUN = option('--dry-run', '做到发送前为止,不写账本', 'everything up to the send; the ledger is not touched');

const SERVER = option(
  '--server <url>',
  '在这个正在运行的 larkcron start 上做(令牌在 LARKCRON_TOKEN)',
  'on this running larkcron start (its token is in LARKCRON_TOKEN)',
);

/** The sandbox's faults (sandbox/faults), written out: the help of other commands is not to load it. A test compares. */
export const FAULTS = [
  'lost-answer',
  'hang',
  'hang-before',
  '500',
  '502-html',
  '429',
  'slow',
  'no-history',
  'no-data',
  'broken-list',
  'endless-list',
] as const;

/** Every verb of this version; `--help` and docs/reference/commands are made from it. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'init',
    args: '[dir]',
    summary: {
      zh: '新建一个项目(默认是门店看板示例)',
      en: 'make a project (the store-dashboard example unless told otherwise)',
    },
    options: [
      option(
        '--example <name>',
        '用哪个示例:store-dashboard、price-update、system-health',
        'which example: store-dashboard, price-update, system-health',
      ),
      option('--app-id <id>', '飞书应用的 App ID', "the Feishu app's App ID"),
      option('--secret-stdin', '从标准输入读 App Secret', 'read the App Secret from standard input'),
      option('--recipient <id>', '第一个收件人,也是 owner', 'the first recipient, who is the owner too'),
      option('--endpoint <endpoint>', 'feishu、lark 或一个地址', 'feishu, lark or an address'),
      option('--typescript', '任务写成 TypeScript 文件', 'the job as a TypeScript file'),
      option('--yes', '不提问,全用默认', 'ask nothing, take the defaults'),
    ],
    load: async () => (await import('./commands/init.ts')).init,
  },
  {
    name: 'check',
    args: '[job...]',
    summary: { zh: '不联网检查设置、任务和卡片', en: 'check settings, jobs and cards offline' },
    options: [
      option('--card <file>', '检查任意卡片 JSON,- 表示标准输入', 'check any card JSON; - is standard input'),
      option('--data', '同时取数据并做成卡片', 'run the sources and make the card, too'),
      option('--strict', '警告也算错', 'warnings count as errors'),
    ],
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'doctor',
    args: '[job...]',
    summary: {
      zh: '问飞书:凭证、权限、收件人……,每个问题都附上怎么办',
      en: 'ask Feishu about credentials, scopes, recipients…, each fault with the way to mend it',
    },
    options: [option('--send', '给 owner 发一张测试卡片', 'send a test card to the owner')],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'preview',
    args: '<job>',
    summary: { zh: '用真实数据看消息,不发给任何人', en: 'see the message with real data; nobody gets it' },
    options: [
      option('--html <file>', '画成一个网页', 'draw it into one HTML file'),
      option(
        '--png <file>',
        '画成一张图片(要有 Chrome 或 Chromium)',
        'draw it as a picture (needs Chrome or Chromium)',
      ),
      option('--open', '画好后打开(不给文件就是网页)', 'and open it (a page, unless a file is given)'),
      option('--card', '只输出卡片 JSON', 'print the bare card JSON'),
      option('--for <recipient>', '以这个收件人的身份看', 'as this recipient would see it'),
      DUE,
      option('--data <file>', '用这个 JSON 文件里的数据', 'with the data in this JSON file'),
    ],
    load: async () => (await import('./commands/preview.ts')).preview,
  },
  {
    name: 'run',
    args: '<job...>',
    summary: { zh: '现在就发(--due 则是那一次)', en: 'send now (with --due: that occurrence)' },
    options: [
      DUE,
      option(
        '--to <recipient>',
        '测试:只发给这个人(me = owner),可重复',
        'a test run to this recipient (me = the owner); repeatable',
        true,
      ),
      option('--force', '条件不成立也发', 'send in spite of its conditions'),
      DRY_RUN,
      WAIT,
      option('--yes', '不再确认', 'do not ask'),
      SERVER,
    ],
    load: async () => tellsOfLedger((await import('./commands/run.ts')).run),
    remote: async () => (await import('./remote/runs.ts')).run,
  },
  {
    name: 'send',
    summary: { zh: '不用任务文件,发一条消息', en: 'one message without a job' },
    options: [
      option('--to <recipient>', '收件人,可重复(me = owner)', 'recipient; repeatable (me = the owner)', true),
      option('--title <text>', '卡片标题', "the card's title"),
      option('--subtitle <text>', '卡片副标题', "the card's subtitle"),
      option('--markdown <text>', '卡片正文(飞书 markdown)', "the card's body (Feishu's markdown)"),
      option('--text <text>', '纯文字消息;有标题时是卡片里的文字', 'a text message; with a title, text in the card'),
      option('--color <name>', '标题颜色', "the header's colour"),
      option('--button <text=url>', '按钮,可重复', 'a button; repeatable', true),
      option('--card <file>', '卡片 JSON 文件,- 表示标准输入', 'a file of card JSON; - is standard input'),
      option('--image <file>', '一张图片', 'an image'),
      option('--file <file>', '一个文件', 'a file'),
      option('--app <name>', '用哪个应用', 'which app sends it'),
      option('--key <key>', '同一个 key 七天内只发一次', 'the same key is sent once (7 days)'),
      DRY_RUN,
      WAIT,
    ],
    load: async () => (await import('./commands/send.ts')).send,
  },
  {
    name: 'next',
    args: '[job...]',
    summary: { zh: '接下来的应发时间', en: 'coming due times' },
    options: [
      option('-n, --count <number>', '每个任务几次(默认 10)', 'how many per job (10)'),
      option('--since <time>', '从什么时候算起', 'from when on'),
    ],
    load: async () => (await import('./commands/next.ts')).next,
  },
  {
    name: 'tick',
    summary: {
      zh: '发到期的,补错过的,了结上次留下的,然后退出',
      en: 'send what is due, catch up, settle what was left, exit',
    },
    options: [
      option('--for <duration>', '最多工作多久(默认到第 50 秒)', 'work at most so long (default: to second 50)'),
      option('--if-daemon-dead', 'larkcron start 在工作时什么都不做', 'do nothing while larkcron start is at work'),
    ],
    load: async () => tellsOfSettings(tellsOfLedger((await import('./commands/tick.ts')).tick)),
  },
  {
    name: 'start',
    summary: {
      zh: '一直运行:按时发送,接着做没做完的(改了设置几秒内生效)',
      en: 'stay up: send on time and go on with what was left (changed settings take effect within seconds)',
    },
    options: [
      option(
        '--host <host>',
        '控制台的地址(默认 127.0.0.1;别的地址要先有令牌)',
        'where the console listens (127.0.0.1; any other needs a token first)',
      ),
      option('--port <number>', '端口(默认 8420;0 任选一个空的)', 'port (8420; 0 is any free one)'),
      option('--no-console', '不开控制台,不监听端口', 'without the console: listen on no port'),
    ],
    load: async () => tellsOfSettings(tellsOfLedger((await import('./commands/start.ts')).start)),
  },
  {
    name: 'backfill',
    args: '<job>',
    summary: { zh: '补发一段时间里没发的', en: 'send what was not sent in a stretch of the past' },
    options: [
      option('--since <time>', '从什么时候起', 'from when on'),
      option('--until <time>', '到什么时候(默认现在)', 'up to when (now)'),
      option('--max <number>', '最多补多少次(默认 31)', 'how many at most (31)'),
      option('--dry-run', '只列出来', 'only list them'),
      WAIT,
      option('--yes', '不再确认', 'do not ask'),
      SERVER,
    ],
    load: async () => (await import('./commands/backfill.ts')).backfill,
    remote: async () => (await import('./remote/runs.ts')).backfill,
  },
  {
    name: 'pause',
    args: '[job...]',
    summary: { zh: '暂停:到时间也不发', en: 'stop jobs for a while: due times do not happen' },
    options: [
      option('--until <time>', '到什么时候自动恢复', 'when they go on by themselves'),
      option('--reason <words>', '为什么', 'why'),
      option('--all', '所有有时间表的任务', 'all jobs with a schedule'),
      SERVER,
    ],
    load: async () => (await import('./commands/pause.ts')).pause,
    remote: async () => (await import('./remote/pause.ts')).pause,
  },
  {
    name: 'resume',
    args: '[job...]',
    summary: { zh: '恢复暂停的任务', en: 'let paused jobs go on' },
    options: [option('--all', '所有有时间表的任务', 'all jobs with a schedule'), SERVER],
    load: async () => (await import('./commands/pause.ts')).resume,
    remote: async () => (await import('./remote/pause.ts')).resume,
  },
  ...GROUPED,
  {
    name: 'jobs',
    summary: { zh: '每个任务:何时、下一次、上一次', en: 'each job: schedule in words, next, last' },
    options: [SERVER],
    load: async () => (await import('./commands/jobs.ts')).jobs,
    remote: async () => (await import('./remote/reads.ts')).jobs,
  },
  {
    name: 'status',
    summary: { zh: '谁叫醒我们,什么在等,哪里不对', en: 'who wakes us, what waits, what is wrong' },
    options: [SERVER],
    load: async () => (await import('./commands/status.ts')).status,
    remote: async () => (await import('./remote/reads.ts')).status,
  },
  {
    name: 'incidents',
    summary: { zh: '哪些任务、应用在失败,通知了谁;最近恢复的', en: 'what fails and who was told; what has recovered' },
    options: [option('--since <time>', '恢复的从什么时候起(默认七天)', 'recovered since then (seven days)'), SERVER],
    load: async () => (await import('./commands/incidents.ts')).incidents,
    remote: async () => (await import('./remote/reads.ts')).incidents,
  },
  {
    name: 'history',
    alias: 'runs',
    args: '[job]',
    summary: { zh: '发过什么', en: 'what was sent' },
    options: [
      option('--state <state>', '只看这种状态,可重复', 'only this state; repeatable', true),
      option('--since <time>', '从什么时候起', 'from when on'),
      option('--limit <number>', '最多几条(默认 20)', 'how many at most (20)'),
      SERVER,
    ],
    load: async () => (await import('./commands/history.ts')).history,
    remote: async () => (await import('./remote/reads.ts')).history,
  },
  {
    name: 'show',
    args: '<run>',
    summary: { zh: '一次运行的每条消息、每次尝试', en: 'one run with every delivery and try' },
    options: [option('--card', '输出发出去的内容', 'print what was sent'), SERVER],
    load: async () => (await import('./commands/show.ts')).show,
    remote: async () => (await import('./remote/reads.ts')).show,
  },
  {
    name: 'resend',
    args: '<run>',
    summary: { zh: '重发没有送达的', en: 'send again what did not arrive' },
    options: [
      option('--unknown', '不确定的也重发(可能出现两条)', 'what is unknown, too (it could arrive twice)'),
      option('--to <recipient>', '只给其中这个收件人,可重复', 'only to this recipient of it; repeatable', true),
      option('--render', '重新取数据做一张新卡片(默认原样)', 'make a new card (default: the stored bytes)'),
      WAIT,
      option('--yes', '不再确认', 'do not ask'),
      SERVER,
    ],
    load: async () => (await import('./commands/resend.ts')).resend,
    remote: async () => (await import('./remote/runs.ts')).resend,
  },
  {
    name: 'cancel',
    args: '<run>',
    summary: { zh: '停下还没发出的', en: 'stop what is unsent' },
    options: [SERVER],
    load: async () => (await import('./commands/cancel.ts')).cancel,
    remote: async () => (await import('./remote/runs.ts')).cancel,
  },
  {
    name: 'recall',
    args: '<run>',
    summary: { zh: '撤回它发出的消息', en: 'take its messages back' },
    options: [WAIT, option('--yes', '不再确认', 'do not ask'), SERVER],
    load: async () => (await import('./commands/recall.ts')).recall,
    remote: async () => (await import('./remote/runs.ts')).recall,
  },
  {
    name: 'recipients',
    args: '[query]',
    summary: {
      zh: '机器人所在的群和它们的 id;用邮箱或手机号找人',
      en: 'the groups the bot is in, with their ids; people by e-mail address or mobile number',
    },
    options: [option('--app <name>', '用哪个应用问', 'which app asks')],
    load: async () => (await import('./commands/recipients.ts')).recipients,
  },
  {
    name: 'explain',
    args: '<code...>',
    summary: { zh: '飞书的错误码是什么意思,怎么办', en: 'what a code of Feishu’s means, and how to mend it' },
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'schema',
    args: '<job|settings|card>',
    summary: { zh: '给编辑器用的 JSON Schema', en: 'JSON Schema for editors' },
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  {
    name: 'sandbox',
    summary: { zh: '本机上的飞书替身', en: 'a stand-in for Feishu on this machine' },
    options: [
      option('--port <number>', '端口(默认 8421,0 = 任意)', 'port (8421; 0 = any)'),
      option(
        '--fault <fault>',
        `打开一种故障,可重复:${FAULTS.join('、')},或飞书错误码(230002、230099:200550);后面可加 :times=2,recipient=oc_x,path=images,app=cli_x,seconds=1.5`,
        `switch a fault on; repeatable: ${FAULTS.join(', ')}, or a code of Feishu’s (230002, 230099:200550); after it :times=2,recipient=oc_x,path=images,app=cli_x,seconds=1.5`,
        true,
      ),
      option('--keep', '消息留到下次', 'messages stay for the next time'),
    ],
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
];

/** Options that every command takes, before or after its name. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  option('--config <file>', '设置文件', 'the settings file'),
  option('-C <dir>', '先进入这个文件夹', 'work in this folder'),
  option('--json', '输出 JSON', 'print JSON'),
  option('--quiet', '只输出错误', 'print errors only'),
  option('-v, --verbose', '把日志也写到标准错误', 'log to standard error, too'),
  option('--lang <zh|en>', '语言', 'language'),
  option('--sandbox', '用本机上的飞书替身和另一本账', 'use the stand-in for Feishu, with a ledger of its own'),
];

/** These two are the parser's own; they stand here for the help and the reference. */
export const VERSION_OPTION: Option = option('--version', '显示版本', 'display the version');
export const HELP_OPTION: Option = option('-h, --help', '显示帮助', 'display help');
