import { type Command, option } from './command.ts';

const SYSTEMD = [
  option('--user', '当前用户的(不是 root 时默认)', "the user's own (the default without root)"),
  option('--system', '整台机器的(root 默认)', "the machine's (the default as root)"),
];

/** Verbs that have verbs of their own. */
export const GROUPED: readonly Command[] = [
  {
    name: 'nodes',
    summary: {
      zh: '账本的哪些进程在工作,在哪里,在做什么;哪些任务文件各节点不一样',
      en: 'which processes of the ledger are at work, where, on what; which job files differ',
    },
    load: async () => (await import('./commands/nodes.ts')).nodes,
    commands: [
      {
        name: 'drain',
        args: '<node>',
        summary: {
          zh: '排空一个节点:不再接新的活,手上的做完;重启后仍是这样',
          en: 'have a node take no new work and finish what it has; that outlives a restart',
        },
        options: [
          option('--wait <duration>', '最多等它做完多久(默认不等)', 'how long to wait until it is done (not at all)'),
        ],
        load: async () => (await import('./commands/nodes.ts')).drain,
      },
      {
        name: 'resume',
        args: '<node>',
        summary: { zh: '让排空的节点恢复工作', en: 'let a drained node take work again' },
        load: async () => (await import('./commands/nodes.ts')).resume,
      },
    ],
  },
  {
    name: 'systemd',
    summary: { zh: '让 systemd 一直运行 larkcron start', en: 'have systemd keep larkcron start running' },
    commands: [
      {
        name: 'show',
        summary: { zh: '显示单元文件', en: 'print the unit' },
        options: SYSTEMD,
        load: async () => (await import('./commands/systemd.ts')).show,
      },
      {
        name: 'install',
        summary: { zh: '安装并启动', en: 'install it and start it' },
        options: SYSTEMD,
        load: async () => (await import('./commands/systemd.ts')).install,
      },
      {
        name: 'remove',
        summary: { zh: '停下并去掉', en: 'stop it and remove it' },
        options: SYSTEMD,
        load: async () => (await import('./commands/systemd.ts')).remove,
      },
    ],
  },
  {
    name: 'console',
    summary: { zh: '控制台的令牌', en: "the console's tokens" },
    commands: [
      {
        name: 'token',
        summary: { zh: '做一个新令牌,只显示这一次', en: 'make a token, which is shown this once' },
        options: [
          option('--role <role>', 'viewer、operator 或 admin(默认 admin)', 'viewer, operator or admin (admin)'),
          option('--name <name>', '谁在用(默认当前用户名)', "who uses it (the user's own name)"),
        ],
        load: async () => (await import('./commands/console.ts')).token,
      },
      {
        name: 'tokens',
        summary: { zh: '列出令牌(不显示令牌本身)', en: 'list the tokens, without themselves' },
        load: async () => (await import('./commands/console.ts')).tokens,
      },
      {
        name: 'revoke',
        args: '<token>',
        summary: {
          zh: '作废一个令牌(写编号或名字),它的登录随之失效',
          en: 'revoke a token by its id or name, and its sessions',
        },
        load: async () => (await import('./commands/console.ts')).revoke,
      },
    ],
  },
  {
    name: 'ledger',
    summary: { zh: '账本:备份、检查、搬家', en: 'the ledger: back it up, check it, move it' },
    commands: [
      {
        name: 'backup',
        args: '<file>',
        summary: { zh: '备份到一个文件,不用停下', en: 'copy it to a file, while it is in use' },
        load: async () => (await import('./commands/ledger.ts')).backup,
      },
      {
        name: 'check',
        summary: { zh: '检查文件有没有损坏', en: 'see whether anything is wrong in it' },
        load: async () => (await import('./commands/ledger.ts')).check,
      },
      {
        name: 'copy',
        args: '<source> <target>',
        summary: {
          zh: '搬到另一本账里(设置文件,或 env:变量名);可以中断后再来',
          en: 'move it into another one (a settings file, or env:NAME); it may be interrupted and called again',
        },
        load: async () => (await import('./commands/ledger.ts')).copy,
      },
    ],
  },
  {
    name: 'calendar',
    summary: { zh: '工作日、节假日与调休', en: 'workdays, holidays and make-up days' },
    commands: [
      {
        name: 'show',
        args: '[year]',
        summary: { zh: '一年里哪些天发、哪些天不发,为什么', en: 'which days of a year a calendar has, and why' },
        options: [option('--calendar <name>', '哪个日历(默认 cn-workdays)', 'which calendar (cn-workdays)')],
        load: async () => (await import('./commands/calendar.ts')).show,
      },
      {
        name: 'update',
        summary: { zh: '装上一年的放假安排', en: "install a year's notice of holidays" },
        options: [
          option('--file <file>', 'JSON 文件;- 表示标准输入', 'a JSON file; - for standard input'),
          option('--url <url>', 'JSON 的地址', 'where the JSON is'),
        ],
        load: async () => (await import('./commands/calendar.ts')).update,
      },
    ],
  },
  {
    name: 'crontab',
    summary: { zh: '让 cron 每分钟叫醒 larkcron', en: 'have cron wake larkcron every minute' },
    commands: [
      {
        name: 'show',
        args: '[job]',
        summary: { zh: '显示要写进 crontab 的行', en: 'print the lines for the crontab' },
        load: async () => (await import('./commands/crontab.ts')).show,
      },
      {
        name: 'install',
        summary: { zh: '写进当前用户的 crontab', en: "write them into the user's crontab" },
        options: [option('--no-wait', '不等第一次运行', 'do not wait for the first tick')],
        load: async () => (await import('./commands/crontab.ts')).install,
      },
      {
        name: 'remove',
        summary: { zh: '从 crontab 里去掉', en: 'take them out again' },
        load: async () => (await import('./commands/crontab.ts')).remove,
      },
    ],
  },
];
