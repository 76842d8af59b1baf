import { maybe } from '../acts/words.ts';
import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

export const cliWords = {
  'bad-server': (p: { value: string }) => ({
    message: { zh: `--server ${p.value} 不是地址。`, en: `--server ${p.value} is no address.` },
    hint: {
      zh: '例如 http://127.0.0.1:8420;不带用户名、密码、? 和 #。',
      en: 'Such as http://127.0.0.1:8420, without user, password, `?` and `#`.',
    },
  }),
  'server-plain': (p: { url: string }) => ({
    message: {
      zh: `${p.url} 没有 TLS:路上的人能看到令牌。`,
      en: `${p.url} has no TLS: whoever is on the way can read the token.`,
    },
    hint: { zh: '用 https:// 的地址。', en: 'Use its https:// address.' },
  }),
  'traces-not-taken': (p: { url: string; why: string }) => ({
    message: {
      zh: `跟踪数据没有送到 ${p.url}:${p.why}。消息不受影响。`,
      en: `The traces did not get to ${p.url}: ${p.why}. Messages are not affected.`,
    },
    hint: {
      zh: '看看收集端,以及 OTEL_EXPORTER_OTLP_ENDPOINT;不要跟踪就设 OTEL_SDK_DISABLED=true。',
      en: 'Look at the collector and at OTEL_EXPORTER_OTLP_ENDPOINT; OTEL_SDK_DISABLED=true switches traces off.',
    },
  }),
  'no-server-token': () => ({
    message: {
      zh: '--server 要有令牌,环境变量 LARKCRON_TOKEN 是空的。',
      en: '--server needs a token, and LARKCRON_TOKEN is empty.',
    },
    hint: {
      zh: '在那台机器上运行 larkcron console token,把它放进 LARKCRON_TOKEN。',
      en: 'Run larkcron console token there, and put it into LARKCRON_TOKEN.',
    },
  }),
  'server-unreachable': (p: { url: string; why: string }) => ({
    message: { zh: `连不上 ${p.url}:${p.why}`, en: `${p.url} cannot be reached: ${p.why}` },
    hint: {
      zh: '那里在运行 larkcron start 吗?动作可能已经做了:用 larkcron history --server 看。',
      en: 'Is larkcron start running there? What was asked may have been done: see larkcron history --server.',
    },
  }),
  'server-answer': (p: { url: string; status: number }) => ({
    message: {
      zh: `${p.url} 的回答(HTTP ${p.status})不是 larkcron 的。`,
      en: `The answer of ${p.url} (HTTP ${p.status}) is not larkcron's.`,
    },
    hint: { zh: '检查地址和中间的代理。', en: 'Check the address and what stands between.' },
  }),
  'unknown-token': (p: { token: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `没有令牌 ${p.token}。`, en: `There is no token ${p.token}.` },
    ...maybe(p.suggestion, p.known),
  }),
  'several-tokens': (p: { token: string; ids: readonly string[] }) => ({
    message: { zh: `有 ${p.ids.length} 个令牌叫 ${p.token}。`, en: `${p.ids.length} tokens are called ${p.token}.` },
    hint: { zh: `写编号:${p.ids.join('、')}。`, en: `Write an id: ${p.ids.join(', ')}.` },
  }),
  'user-or-system': () => ({
    message: { zh: '--user 和 --system 只能写一个。', en: 'Only one of --user and --system can be meant.' },
  }),
  'backfill-since': () => ({
    message: { zh: 'backfill 要写 --since。', en: 'backfill needs --since.' },
    hint: {
      zh: '例如 --since 2026-11-20 --until 2026-11-25T18:00。',
      en: 'Such as --since 2026-11-20 --until 2026-11-25T18:00.',
    },
  }),
  'jobs-or-all': () => ({
    message: { zh: '写任务名,或 --all,二选一。', en: 'Name jobs, or write --all: one of the two.' },
  }),
  'calendar-from': () => ({
    message: {
      zh: 'calendar update 要写 --file 或 --url,二选一。',
      en: 'calendar update takes either --file or --url.',
    },
  }),
  'calendar-unreachable': (p: { url: string; why: string }) => ({
    message: { zh: `取不到 ${p.url}:${p.why}`, en: `${p.url} cannot be had: ${p.why}` },
    hint: {
      zh: '检查地址、网络和代理;也可以下载后用 --file。',
      en: 'Check the address, the network and the proxy; or download it and use --file.',
    },
  }),
  'no-calendar-year': (p: { from: string; why: Text }) => ({
    message: {
      zh: `${p.from} 不是一年的放假安排:${p.why.zh}。`,
      en: `${p.from} is no year's list of holidays: ${p.why.en}.`,
    },
    hint: {
      zh: '格式见 docs/guide/time.zh-CN.md:{ year, holidays: [{ name, off, work }] },或 { year, days: [{ name, date, isOffDay }] }。',
      en: 'Its form is in docs/guide/time.md: { year, holidays: [{ name, off, work }] } or { year, days: [{ name, date, isOffDay }] }.',
    },
  }),
  'unknown-option': (p: { option: string; suggestion: string | null; command: string }) => ({
    message: { zh: `没有 ${p.option} 这个选项。`, en: `There is no option ${p.option}.` },
    hint:
      p.suggestion === null
        ? { zh: `见 larkcron ${p.command} --help。`, en: `See larkcron ${p.command} --help.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'unknown-command': (p: { name: string; suggestion: string | null; known: readonly string[] }) => ({
    message: { zh: `没有 ${p.name} 这个命令。`, en: `There is no command ${p.name}.` },
    ...maybe(p.suggestion, p.known),
  }),
  'no-ledger-in': (p: { name: string }) => ({
    message: {
      zh: `环境变量 ${p.name} 里没有账本的地址。`,
      en: `The environment variable ${p.name} has no ledger's address.`,
    },
    hint: {
      zh: '写 sqlite:路径 或 postgres://用户:密码@主机/库;密码里的 / ? # @ % 写成 %2F %3F %23 %40 %25。',
      en: 'It should be sqlite:PATH or postgres://user:password@host/database; in a password / ? # @ % are %2F %3F %23 %40 %25.',
    },
  }),
  'command-line': (p: { why: string; command: string }) => ({
    message: { zh: `命令行有误:${p.why}`, en: `The command line is wrong: ${p.why}` },
    hint: { zh: `见 larkcron ${p.command} --help。`, en: `See larkcron ${p.command} --help.` },
  }),
  'no-code': (p: { written: string }) => ({
    message: { zh: `${p.written} 里没有错误码。`, en: `There is no code in ${p.written}.` },
    hint: {
      zh: '例如 larkcron explain 230002,或把飞书的回答整段放在引号里。',
      en: "For example larkcron explain 230002, or Feishu's whole answer in quotes.",
    },
  }),
  'not-a-card': (p: { job: string }) => ({
    message: { zh: `任务 ${p.job} 发的不是卡片,没有可画的。`, en: `The job ${p.job} sends no card: nothing to draw.` },
    hint: { zh: '去掉 --html、--png 和 --open。', en: 'Leave --html, --png and --open out.' },
  }),
  'no-recipient': () => ({
    message: { zh: '没有收件人。', en: 'There is no recipient.' },
    hint: { zh: '加上 --to。', en: 'Add --to.' },
  }),
  'no-content': () => ({
    message: { zh: '没有内容。', en: 'There is nothing to send.' },
    hint: {
      zh: '加上 --text、--markdown、--card、--image 或 --file。',
      en: 'Add --text, --markdown, --card, --image or --file.',
    },
  }),
  'two-contents': (p: { options: readonly string[] }) => ({
    message: {
      zh: `这些选项不能一起用:${p.options.join('、')}。`,
      en: `These options do not go together: ${p.options.join(', ')}.`,
    },
  }),
  'bad-button': (p: { value: string }) => ({
    message: { zh: `按钮 ${p.value} 没有链接。`, en: `The button ${p.value} has no link.` },
    hint: { zh: '写成 文字=https://…', en: 'Write TEXT=https://…' },
  }),
  'file-missing': (p: { path: string }) => ({
    message: { zh: `找不到文件 ${p.path}。`, en: `There is no file ${p.path}.` },
    hint: {
      zh: '路径相对于当前文件夹(或 -C 指定的)。',
      en: 'Paths are relative to the current folder (or that of -C).',
    },
  }),
  'card-in-body': (p: { path: string }) => ({
    message: {
      zh: `这是整个请求体,检查的是其中的 ${p.path}。`,
      en: `This is the body of a request; what is checked is its ${p.path}.`,
    },
  }),
  'webhook-size': (p: { bytes: number }) => ({
    message: {
      zh: `请求体有 ${p.bytes} 字节,自定义机器人最多收 20 KB。`,
      en: `The body has ${p.bytes} bytes; a custom bot takes 20 KB.`,
    },
    hint: { zh: '让卡片小一些,或用应用机器人发。', en: 'Make the card smaller, or send it as an app.' },
  }),
  'not-json': (p: { from: string; why: string }) => ({
    message: { zh: `${p.from} 不是 JSON:${p.why}`, en: `${p.from} is not JSON: ${p.why}` },
  }),
  'not-confirmed': () => ({
    message: { zh: '没有确认,什么都没有发送。', en: 'Not confirmed; nothing was sent.' },
  }),
  'folder-not-empty': (p: { file: string }) => ({
    message: { zh: `${p.file} 已经有了,不会覆盖。`, en: `${p.file} is there already and is not overwritten.` },
    hint: { zh: '换一个文件夹:larkcron init 文件夹名。', en: 'Use another folder: larkcron init DIR.' },
  }),
  'unknown-example': (p: { name: string; suggestion: string | null; known: readonly string[] }) => ({
    message: { zh: `没有 ${p.name} 这个示例。`, en: `There is no example ${p.name}.` },
    ...maybe(p.suggestion, p.known),
  }),
  'init-needs': (p: { options: readonly string[] }) => ({
    message: {
      zh: `没有终端可以提问,还缺 ${p.options.join('、')}。`,
      en: `Nobody can be asked here, and ${p.options.join(', ')} is missing.`,
    },
    hint: {
      zh: '补上这些选项,或用 --sandbox 先不接飞书。',
      en: 'Add them, or use --sandbox to try it without Feishu.',
    },
  }),
  'key-used': (p: { key: string }) => ({
    message: {
      zh: `--key ${p.key} 在七天内已经用过,这次什么都没有另发;它的结果是:`,
      en: `--key ${p.key} was used within seven days: nothing was sent now. What became of it:`,
    },
  }),
  'upload-unreadable': (p: { file: string; why: string }) => ({
    message: { zh: `读不了要发的文件 ${p.file}:${p.why}`, en: `The file ${p.file} cannot be read: ${p.why}` },
    hint: {
      zh: '路径相对于当前文件夹(或 -C 指定的)。',
      en: 'Paths are relative to the current folder (or that of -C).',
    },
  }),
  'urgent-withheld': (p: { people: number; most: number }) => ({
    message: {
      zh: `有 ${p.people} 个人,超过 urgent.most(${p.most}),没有加急。`,
      en: `There are ${p.people} people, more than urgent.most (${p.most}): nobody was told at once.`,
    },
    hint: {
      zh: '确实要加急就在任务里写 urgent: { by: app, most: … }。',
      en: 'If it is meant, write urgent: { by: app, most: … } into the job.',
    },
  }),
  bug: (p: { why: string }) => ({
    message: { zh: `larkcron 自己出错了:${p.why}`, en: `A fault in larkcron itself: ${p.why}` },
    hint: { zh: '请带上 -v 的输出报告给我们。', en: 'Please report it with the output of -v.' },
  }),
} satisfies Words;
