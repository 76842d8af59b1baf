import type { Words } from '../model/errors.ts';
import { afterHan, type Text } from '../model/text.ts';

const list = (names: readonly string[]): string => names.join(', ');
const near = (suggestion: string | null) =>
  suggestion === null ? {} : { hint: { zh: `是不是想写 ${suggestion}?`, en: `Did you mean ${suggestion}?` } };

export const configWords = {
  'settings-missing': (p: { from: string }) => ({
    message: {
      zh: `从 ${p.from} 往上都找不到 larkcron.yaml。`,
      en: `No larkcron.yaml in ${p.from} or any folder above it.`,
    },
    hint: {
      zh: '用 `larkcron init` 新建一个项目,或用 --config 指明文件。',
      en: 'Make a project with `larkcron init`, or name the file with --config.',
    },
  }),
  'bad-settings': (p: { count: number }) => ({
    message: {
      zh: `设置有 ${p.count} 处错误,什么都没有发送。`,
      en: `${p.count === 1 ? 'There is a fault' : `There are ${p.count} faults`} in the settings; nothing was sent.`,
    },
  }),
  'file-missing': (p: { path: string }) => ({
    message: { zh: `找不到文件 ${p.path}。`, en: `There is no file ${p.path}.` },
    hint: {
      zh: '路径相对于 larkcron.yaml 所在的文件夹。',
      en: 'Paths are relative to the folder of larkcron.yaml.',
    },
  }),
  'file-unreadable': (p: { path: string; why: string }) => ({
    message: { zh: `读不了 ${p.path}:${p.why}。`, en: `Cannot read ${p.path}: ${p.why}.` },
    hint: { zh: '检查文件的权限与编码(须为 UTF-8)。', en: 'Check its permissions and encoding (UTF-8).' },
  }),
  'json-syntax': (p: { why: Text }) => ({
    message: { zh: `JSON 语法有误:${p.why.zh}。`, en: `Not valid JSON: ${p.why.en}.` },
    hint: {
      zh: '检查这里和它前面的逗号、引号与括号;JSON 没有注释。',
      en: 'Look here and just before it: commas, quotes, brackets; JSON has no comments.',
    },
  }),
  'yaml-syntax': (p: { why: string }) => ({
    message: { zh: `YAML 语法有误:${p.why}`, en: `Not valid YAML: ${p.why}` },
    hint: {
      zh: '检查缩进、引号和冒号后的空格。',
      en: 'Check the indentation, the quotes and the space after each colon.',
    },
  }),
  'yaml-quote': (p: { why: string; corrected: string }) => ({
    message: {
      zh: `YAML 会把这里读成别的意思(${p.why}),需要加引号。`,
      en: `YAML reads this as something else (${p.why}); it needs quotes.`,
    },
    hint: { zh: `改成:${p.corrected}`, en: `Write: ${p.corrected}` },
  }),
  'duplicate-key': (p: { key: string }) => ({
    message: { zh: `键 ${p.key} 写了两次。`, en: `The key ${p.key} stands here twice.` },
    hint: { zh: '删去其中一个。', en: 'Remove one of the two.' },
  }),
  'unknown-key': (p: { key: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `没有 ${p.key} 这个键。`, en: `There is no key ${p.key} here.` },
    hint:
      p.suggestion === null
        ? { zh: `可用的键:${list(p.known)}。`, en: `The keys are: ${list(p.known)}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'missing-key': (p: { key: string }) => ({
    message: { zh: `缺少 ${p.key}。`, en: `${p.key} is missing.` },
    hint: { zh: `在这里补上 ${p.key}。`, en: `Add ${p.key} here.` },
  }),
  'wrong-type': (p: { expected: { zh: string; en: string } }) => ({
    message: { zh: `这里应当是${afterHan(p.expected.zh)}。`, en: `This should be ${p.expected.en}.` },
  }),
  'template-id': (p: { id: string }) => ({
    message: { zh: `${p.id} 不是卡片搭建工具的模板 id。`, en: `${p.id} is no template id of Feishu's card builder.` },
    hint: {
      zh: '在搭建工具里打开卡片,复制它的 id,形如 AAqk1xxxxxx。',
      en: 'Open the card in the builder and copy its id; it looks like AAqk1xxxxxx.',
    },
  }),
  'template-version': (p: { version: string }) => ({
    message: { zh: `${p.version} 不是模板的版本号。`, en: `${p.version} is no version of a template.` },
    hint: {
      zh: '版本号形如 "1.0.0",在搭建工具的「版本」里;不写就用最新发布的。',
      en: 'A version looks like "1.0.0" and stands under Versions in the builder; left out, the newest one is used.',
    },
  }),
  'one-of': (p: { value: string; allowed: readonly string[]; suggestion: string | null }) => ({
    message: {
      zh: `${p.value} 不是可用的值。可用:${list(p.allowed)}。`,
      en: `${p.value} is not one of: ${list(p.allowed)}.`,
    },
    ...near(p.suggestion),
  }),
  'bad-duration': (p: { value: string }) => ({
    message: { zh: `${p.value} 不是时长。`, en: `${p.value} is not a duration.` },
    hint: { zh: '写成 30s、5m、2h 或 1d,单位不能省。', en: 'Write 30s, 5m, 2h or 1d; the unit is needed.' },
  }),
  'kept-too-short': (p: { value: string; days: number }) => ({
    message: { zh: `${p.value} 太短。`, en: `${p.value} is too short.` },
    hint: {
      zh: `至少 ${p.days}d:更早的删掉后,同一次就可能再发一遍。`,
      en: `At least ${p.days}d: what is gone is not known any more, and could be sent again.`,
    },
  }),
  'bad-tolerance': (p: { value: string }) => ({
    message: { zh: `${p.value} 不是容差。`, en: `${p.value} is no tolerance.` },
    hint: { zh: '写成 0.5(差多少)或 0.5%(差旧值的多少)。', en: 'Write 0.5 (by how much) or 0.5% (of the old value).' },
  }),
  'changed-of-what': (p: { known: readonly string[] }) => ({
    message: {
      zh: `changed 看哪个数据集?${p.known.length === 0 ? '这个任务没有数据集。' : '这个任务有几个数据集。'}`,
      en: `Which dataset is \`changed\` about? ${p.known.length === 0 ? 'The job has none.' : 'The job has several.'}`,
    },
    hint:
      p.known.length === 0
        ? { zh: '在 data 里写一个数据集。', en: 'Write one under data.' }
        : { zh: `写 of:${list(p.known)} 之一。`, en: `Write of: one of ${list(p.known)}.` },
  }),
  'code-fault': (p: { why: string }) => ({
    message: { zh: `任务的代码出错:${p.why}`, en: `The job's code failed: ${p.why}` },
    hint: {
      zh: '只能用可擦除的 TypeScript(没有 enum、namespace),文件顶层不能用 await。',
      en: 'Only TypeScript whose types can be stripped runs (no enum, no namespace), without top-level await.',
    },
  }),
  'no-default-export': () => ({
    message: { zh: '这个文件没有导出任务。', en: 'This file exports no job.' },
    hint: { zh: '写 export default defineJob({ … })。', en: 'Write export default defineJob({ … }).' },
  }),
  'code-not-boolean': (p: { key: string }) => ({
    message: { zh: `${p.key} 函数须返回 true 或 false。`, en: `The function ${p.key} has to return true or false.` },
  }),
  'code-nothing': (p: { key: string }) => ({
    message: { zh: `${p.key} 函数没有返回内容。`, en: `The function ${p.key} returned nothing.` },
    hint: { zh: '没有话要说时用 when 返回 false。', en: 'Where there is nothing to say, let `when` return false.' },
  }),
  'bad-size': (p: { value: string }) => ({
    message: { zh: `${p.value} 不是大小。`, en: `${p.value} is not a size.` },
    hint: { zh: '写成 512KB、10MB 或 1GB。', en: 'Write 512KB, 10MB or 1GB.' },
  }),
  'missing-variable': (p: { name: string }) => ({
    message: { zh: `环境变量 ${p.name} 没有值。`, en: `The environment variable ${p.name} is not set.` },
    hint: {
      zh: `在 larkcron.yaml 旁的 .env 里写 ${p.name}=…,或给出默认值:\${${p.name}:-默认}。`,
      en: `Write ${p.name}=… into the .env beside larkcron.yaml, or give a default: \${${p.name}:-default}.`,
    },
  }),
  'unclosed-variable': () => ({
    message: { zh: '`${` 没有对应的 `}`。', en: '`${` has no closing `}`.' },
    hint: { zh: '变量写成 ${NAME};要原样的 ${ 就写 $${。', en: 'A variable is ${NAME}; for a literal ${ write $${.' },
  }),
  'unknown-timezone': (p: { zone: string; suggestion: string | null }) => ({
    message: { zh: `没有 ${p.zone} 这个时区。`, en: `There is no time zone ${p.zone}.` },
    hint:
      p.suggestion === null
        ? { zh: '用 IANA 的名字,例如 Asia/Shanghai。', en: 'Use an IANA name, such as Asia/Shanghai.' }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'unknown-recipient': (p: { value: string; suggestion: string | null }) => ({
    message: {
      zh: `看不出 ${p.value} 是谁:它不是 ou_…、on_…、oc_…、邮箱,也不是 larkcron.yaml 里 recipients 的名字。`,
      en: `Who is ${p.value}? It is no ou_…, on_…, oc_… or e-mail address, and no name under recipients in larkcron.yaml.`,
    },
    ...near(p.suggestion),
  }),
  'bad-recipient-id': (p: { kind: string; value: string; example: string }) => ({
    message: { zh: `${p.kind} 不能是「${p.value}」。`, en: `${p.kind} cannot be “${p.value}”.` },
    hint: { zh: `应当形如 ${p.example}。`, en: `It looks like ${p.example}.` },
  }),
  'open-id-two-apps': (p: { id: string; first: string; app: string }) => ({
    message: {
      zh: `${p.id} 由应用 ${p.first} 和 ${p.app} 都在用,而一个 open_id 只属于一个应用。`,
      en: `${p.id} is used by the apps ${p.first} and ${p.app}, but an open_id belongs to one app.`,
    },
    hint: {
      zh: '给其中一个应用写邮箱、手机号或 on_…(union_id)。',
      en: 'For one of them write an e-mail address, a mobile number or on_… (union_id).',
    },
  }),
  'unknown-webhook': (p: { name: string; suggestion: string | null }) => ({
    message: {
      zh: `没有名为 ${p.name} 的自定义机器人。`,
      en: `There is no custom bot named ${p.name}.`,
    },
    hint:
      p.suggestion === null
        ? {
            zh: '在 larkcron.yaml 的 recipients 里写 { name, webhook, secret }。',
            en: 'Write { name, webhook, secret } under recipients in larkcron.yaml.',
          }
        : { zh: `是不是想写 webhook:${p.suggestion}?`, en: `Did you mean webhook:${p.suggestion}?` },
  }),
  'bad-webhook': (p: { name: string }) => ({
    message: {
      zh: `自定义机器人 ${p.name} 的 webhook 不是可用的地址。`,
      en: `The webhook of the custom bot ${p.name} is no usable address.`,
    },
    hint: {
      zh: '在群的「设置 → 群机器人」里复制,形如 https://open.feishu.cn/open-apis/bot/v2/hook/…,放进 .env。',
      en: "Copy it from the group's Settings → Bots; it looks like https://open.feishu.cn/open-apis/bot/v2/hook/… and belongs into .env.",
    },
  }),
  'webhook-twice': (p: { name: string }) => ({
    message: {
      zh: `有两个自定义机器人都叫 ${p.name},地址或密钥不同。`,
      en: `Two custom bots are named ${p.name}, with different addresses or secrets.`,
    },
    hint: { zh: '给其中一个改名。', en: 'Rename one of them.' },
  }),
  'recipient-circle': (p: { name: string }) => ({
    message: {
      zh: `recipients 里的 ${p.name} 绕了一圈又指向自己。`,
      en: `${p.name} under recipients leads back to itself.`,
    },
    hint: { zh: '去掉其中一处引用。', en: 'Remove one of the references.' },
  }),
  'unknown-app': (p: { name: string; suggestion: string | null }) => ({
    message: {
      zh: `larkcron.yaml 的 apps 里没有 ${p.name}。`,
      en: `There is no app ${p.name} under apps in larkcron.yaml.`,
    },
    ...near(p.suggestion),
  }),
  'unknown-via': (p: { name: string; suggestion: string | null }) => ({
    message: {
      zh: `via 里的 ${p.name} 不是 larkcron.yaml 的 apps 之一,也不是自定义机器人。`,
      en: `${p.name} in via is no app under apps in larkcron.yaml, and no custom bot.`,
    },
    hint:
      p.suggestion === null
        ? {
            zh: '写另一个应用的名字、webhook:NAME、{ name, webhook, secret } 或 { command: [程序, 参数] }。',
            en: "Write another app's name, webhook:NAME, { name, webhook, secret } or { command: [program, argument] }.",
          }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'bad-app-id': (p: { value: string }) => ({
    message: {
      zh: `${p.value} 不像飞书的 App ID(cli_ 开头)。`,
      en: `${p.value} is no Feishu App ID (they begin with cli_).`,
    },
    hint: {
      zh: '在开发者后台「凭证与基础信息」里复制。',
      en: 'Copy it from “Credentials & Basic Info” in the developer console.',
    },
  }),
  'bad-endpoint': (p: { value: string }) => ({
    message: { zh: `endpoint 不能是 ${p.value}。`, en: `endpoint cannot be ${p.value}.` },
    hint: {
      zh: '写 feishu、lark,或 http(s):// 开头的地址。',
      en: 'Write feishu, lark, or an address that begins with http(s)://.',
    },
  }),
  'duplicate-job': (p: { name: string; other: string }) => ({
    message: {
      zh: `已经有名为 ${p.name} 的任务:${p.other}。`,
      en: `There is already a job named ${p.name}: ${p.other}.`,
    },
    hint: { zh: '文件名就是任务名,给其中一个改名。', en: "The file's name is the job's name: rename one of them." },
  }),
  'unknown-job': (p: { name: string; suggestion: string | null; known: readonly string[] }) => ({
    message: { zh: `没有名为 ${p.name} 的任务。`, en: `There is no job named ${p.name}.` },
    hint:
      p.suggestion === null
        ? { zh: `现有的任务:${list(p.known) || '(无)'}。`, en: `The jobs are: ${list(p.known) || '(none)'}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'no-message': (p: { kinds: readonly string[] }) => ({
    message: {
      zh: `任务里没有消息:须有 ${list(p.kinds)} 之一。`,
      en: `The job has no message: it needs one of ${list(p.kinds)}.`,
    },
  }),
  'two-messages': (p: { kinds: readonly string[] }) => ({
    message: {
      zh: `任务里有 ${p.kinds.length} 种消息:${list(p.kinds)}。`,
      en: `The job has ${p.kinds.length} messages: ${list(p.kinds)}.`,
    },
    hint: { zh: '只留一种。', en: 'Keep one of them.' },
  }),
  'key-conflict': (p: { key: string; other: string }) => ({
    message: { zh: `${p.key} 不能和 ${p.other} 一起用。`, en: `${p.key} cannot be used together with ${p.other}.` },
    hint: { zh: '去掉其中一个,或分成两个任务。', en: 'Leave one of them out, or make two jobs.' },
  }),
  'no-source': (p: { kinds: readonly string[] }) => ({
    message: {
      zh: `这里要写数据从哪来:${list(p.kinds)} 之一。`,
      en: `Say where the data comes from: one of ${list(p.kinds)}.`,
    },
  }),
  'reserved-name': (p: { name: string }) => ({
    message: { zh: `${p.name} 不能作数据集的名字。`, en: `${p.name} cannot name a dataset.` },
    hint: {
      zh: '用小写字母、数字和下划线,字母开头,且不是 due、now、job、run、last、mine 等已有的名字。',
      en: 'Use a–z, 0–9 and _, beginning with a letter, and none of due, now, job, run, last, mine and the like.',
    },
  }),
  'unknown-block': (p: { key: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `卡片里没有 ${p.key} 这种块。`, en: `There is no card block ${p.key}.` },
    hint:
      p.suggestion === null
        ? { zh: `可用的块:${list(p.known)}。`, en: `The blocks are: ${list(p.known)}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'one-block': (p: { keys: readonly string[] }) => ({
    message: {
      zh: `一项只能是一个块,这里有 ${p.keys.length} 个:${list(p.keys)}。`,
      en: `Each item is one block; here are ${p.keys.length}: ${list(p.keys)}.`,
    },
    hint: { zh: '每个块前面各写一个 -。', en: 'Give each block a - of its own.' },
  }),
  'one-step': (p: { known: readonly string[] }) => ({
    message: { zh: `每一步是 ${list(p.known)} 之一。`, en: `Each step is one of ${list(p.known)}.` },
    hint: { zh: '每一步前面各写一个 -。', en: 'Give each step a - of its own.' },
  }),
  'unknown-source': (p: { name: string; known: readonly string[]; suggestion: string | null }) => ({
    message: {
      zh: `没有 ${p.name}:上面的数据集和 larkcron.yaml 的 sources 里都没有。`,
      en: `There is no ${p.name}: neither among the datasets above nor under sources in larkcron.yaml.`,
    },
    ...(p.suggestion === null && p.known.length > 0
      ? { hint: { zh: `有:${list(p.known)}。`, en: `There are: ${list(p.known)}.` } }
      : near(p.suggestion)),
  }),
  'no-owner': () => ({
    message: { zh: '没有 owner:失败时没有人会知道。', en: 'There is no owner: nobody will hear of a failure.' },
    hint: {
      zh: '在 larkcron.yaml 里写 owner: ou_…(自己的 open_id 或邮箱)。',
      en: 'Write owner: ou_… (your open_id or e-mail address) into larkcron.yaml.',
    },
  }),
  'job-no-owner': (p: { job: string }) => ({
    message: {
      zh: `任务 ${p.job} 没有 owner,larkcron.yaml 里也没有:它失败时没有人会知道。`,
      en: `The job ${p.job} has no owner, and larkcron.yaml has none: nobody will hear when it fails.`,
    },
    hint: {
      zh: '在任务或 larkcron.yaml 里写 owner: ou_… 或 onFailure: { notify: … }。',
      en: 'Write owner: ou_… or onFailure: { notify: … } into the job or into larkcron.yaml.',
    },
  }),
  'no-second-way': () => ({
    message: {
      zh: '没有第二条路:应用自己出了问题(密钥、权限、额度)时,没有办法通知 owner。',
      en: 'There is no second way: when the app itself fails (secret, scopes, quota), the owner cannot be told.',
    },
    hint: {
      zh: '在 larkcron.yaml 里写 onFailure: { via: … }:另一个应用、webhook:NAME 或 { command: [程序] }。',
      en: 'Write onFailure: { via: … } into larkcron.yaml: another app, webhook:NAME or { command: [program] }.',
    },
  }),
  'via-same-app': (p: { app: string }) => ({
    message: {
      zh: `via 就是任务自己的应用 ${p.app}:它出问题时两条路都断了。`,
      en: `via is the job's own app ${p.app}: when it fails, so does the second way.`,
    },
    hint: {
      zh: '写另一个应用、webhook:NAME 或 { command: [程序] }。',
      en: 'Write another app, webhook:NAME or { command: [program] }.',
    },
  }),
  'via-open-id': (p: { app: string; recipient: string }) => ({
    message: {
      zh: `${p.recipient} 是另一个应用里的 open_id,应用 ${p.app} 不认识它。`,
      en: `${p.recipient} is an open_id of another app, which the app ${p.app} does not know.`,
    },
    hint: {
      zh: 'owner 或 notify 里写邮箱、{ mobile } 或 on_…(union_id)。',
      en: 'Write an e-mail address, { mobile } or on_… (union_id) into owner or notify.',
    },
  }),
  'no-recipients': () => ({
    message: { zh: 'to 是空的:没有人会收到。', en: 'to is empty: nobody would receive it.' },
    hint: { zh: '写上至少一个收件人。', en: 'Name at least one recipient.' },
  }),
  'bad-env-line': (p: { line: string }) => ({
    message: { zh: `.env 的这一行读不懂:${p.line}`, en: `This line of .env makes no sense: ${p.line}` },
    hint: { zh: '每行写成 NAME=值。', en: 'Each line is NAME=value.' },
  }),
} satisfies Words;
