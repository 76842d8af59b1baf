import { jobSchema } from '../../src/config/jobs.ts';
import { settingsSchema } from '../../src/config/settings.ts';
import { duration, size } from '../../src/config/shape.ts';
import type { Json } from '../../src/model/dataset.ts';

export type Schema = { readonly [key: string]: Json };
export const schemaOf = (json: Json | undefined): Schema =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Schema) : {};
const list = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);

/** The schema's alternatives, however deeply they are nested. */
const alternatives = (schema: Schema): readonly Schema[] =>
  schema['anyOf'] === undefined ? [schema] : list(schema['anyOf']).flatMap((each) => alternatives(schemaOf(each)));

/** What stands under `$defs` has a name of its own and is described once. */
const NAMES: Readonly<Record<string, string>> = {
  words: '文字,或 { zh, en } · text, or { zh, en }',
  format: '[格式 · format](cards/README.md)',
  color: '[颜色 · colour](cards/README.md)',
  columns: '[列 · columns](cards/README.md)',
  block: '[块 · block](cards/README.md)',
};

const plainKind = (schema: Schema): string => {
  const { $ref: reference } = schema;
  if (typeof reference === 'string') return NAMES[reference.replace('#/$defs/', '')] ?? reference;
  if (schema['propertyNames'] !== undefined) return '{ 颜色: 条件, else: 颜色 } · { colour: condition, else: colour }';
  if (schema['enum'] !== undefined) return list(schema['enum']).map(code).join(' ');
  if (schema['const'] !== undefined) return code(schema['const'] ?? null);
  if (schema['pattern'] === duration.schema['pattern']) return '时长 · duration';
  if (schema['pattern'] === size.schema['pattern']) return '大小 · size';
  if (schema['type'] === 'array') return `[${kindOf(schemaOf(schema['items']))}]`;
  if (schema['type'] === 'integer') return `${schema['minimum']}–${schema['maximum']}`;
  if (schema['type'] === 'boolean') return '`true` `false`';
  if (schema['type'] === undefined) return '任意 · anything';
  if (schema['type'] !== 'object') return '文字 · text';
  if (schema['maxProperties'] === 1) return '{恰好一个 · exactly one}';
  const values = schemaOf(schema['additionalProperties']);
  const named = typeof schema['additionalProperties'] === 'object' && lines(values, 0).length === 0;
  return named ? `{NAME: ${kindOf(values)}}` : '{…}';
};
const code = (value: Json): string => `\`${value}\``;

/** What may stand there, in a few words. */
export const kindOf = (schema: Schema): string => [...new Set(alternatives(schema).map(plainKind))].join(' / ');

const line = (key: string, schema: Schema, required: boolean, depth: number): string =>
  `${'  '.repeat(depth)}- ${key}${required ? ' **必填 · required**' : ''} ${kindOf(schema)}`;

/**
 * The keys that may stand in it, each with all that is under it as one entry; `NAME` is a name of the user's own. What
 * alternatives have in common (one thing, or a list of such things) is shown once.
 */
export const lines = (schema: Schema, depth: number): readonly string[] => [
  ...new Set(
    alternatives(schema).flatMap((each) => {
      const required = list(each['required']);
      const keys = Object.entries(schemaOf(each['properties'])).map(([key, json]) =>
        [
          line(code(key), schemaOf(json), required.includes(key) && !isChoice(schema), depth),
          ...lines(schemaOf(json), depth + 1),
        ].join('\n'),
      );
      const items = each['items'] === undefined ? [] : lines(schemaOf(each['items']), depth);
      const values = schemaOf(each['additionalProperties']);
      const inner = Object.keys(values).length === 0 ? [] : lines(values, depth + 1);
      const named = inner.length === 0 ? [] : [[line('NAME', values, false, depth), ...inner].join('\n')];
      return [...keys, ...items, ...named];
    }),
  ),
];

/** Several objects to choose from, as the blocks of a card: none of their keys is required. */
const isChoice = (schema: Schema): boolean =>
  alternatives(schema).filter((each) => each['properties'] !== undefined).length > 1;

const SETTINGS = `# larkcron.yaml
timezone: Asia/Shanghai            # 默认 · default: Asia/Shanghai
lang: zh                           # zh | en
apps:
  default:                         # 任务不写 app 就用它 · used by jobs that name no app
    id: \${FEISHU_APP_ID}
    secret: \${FEISHU_APP_SECRET}
    endpoint: feishu               # feishu | lark | http(s)://…
ledger: sqlite:.larkcron/ledger.db # 账本,须在本机磁盘上 · the record, on a local disk
owner: ops@example.com             # 失败时通知谁 · who hears of failures
recipients:                        # 收件人的名字 · names for recipients
  managers: [ou_a, oc_group, ops@example.com]
  oncall:                          # 群里的自定义机器人 · a group's custom bot
    name: oncall
    webhook: "https://open.feishu.cn/open-apis/bot/v2/hook/\${HOOK}"
    secret: "\${HOOK_SECRET}"       # 设了签名才写 · only where signatures are asked for
onFailure:                         # 任务里不写就用它 · for jobs that say nothing else
  notify: [ops@example.com]        # 默认是 owner · the owner unless written
  after: 1                         # 连续失败几次才通知 · failed runs in a row before the first notice
  remind: 4h                       # 一直没好,每隔多久提醒 · reminders while it stays open
  via: { command: [/usr/local/bin/tell-ops], timeout: 30s } # 应用自己出问题时怎么通知 · when the app itself is what failed
limits: { perSecond: 48, perMinute: 960, perTarget: 5 }     # 每个应用;每个会话 · per app; per chat
log: { format: text, level: info, maxSize: 10MB, keep: 5 }  # 留几个旧文件 · old files to keep
retention: { runs: 400d, attempts: 90d } # 运行和每次尝试留多久 · how long runs, and their tries, are kept
network: { proxy: "http://proxy.example.com:3128", privateAddresses: refuse } # 需要时才写;还有 ca · only where needed; also ca
`;

const JOB = `# jobs/daily-report.yaml
description: 日报
app: default                       # larkcron.yaml 的 apps 之一 · one of its apps
lang: zh
schedule:                          # 只有一个 cron 时写 schedule: "0 18 * * *" · or one cron
  cron: ["0 9 * * 1-5", "0 18 * * *"]
  timezone: Asia/Shanghai
  catchUp: { runs: 1, within: 2h } # 错过的补几次 · missed ones to make up for: none | last | all | …
to: [managers, ou_b, { chatId: oc_other }]
data:                              # 每个数据集一个来源 · each dataset has one source
  sales:
    sql:
      url: "sqlite:sales.db"
      query: select name, amount from daily where day = :day
      params: { day: "{{ due | date: '%Y-%m-%d' }}" }
  news: { http: { url: "https://example.com/news.json", select: items, timeout: 10s } }
  stock: { command: { argv: [/usr/local/bin/stock, --json], format: json } }
  targets: { file: { path: targets.csv } }
  notes: { rows: [{ text: 一 }, { text: 二 }] }
when: size(sales.rows) > 0         # CEL;不成立就跳过 · skipped unless it holds
whenRuns: [1, 2]                   # 只在连续第几次成立时发 · only on these runs in a row for which it holds
changed: { of: sales, key: name, columns: [amount], tolerance: 0.5%, first: send } # 有变化才发 · only when these changed
empty: skip                        # 一行数据也没有:skip | send | fail,默认 send · when there are no rows; send unless written
repeatAfter: 4h                    # 同一件事隔这么久再发 · the same again not before
card:                              # 或 text、raw、image、file · or text, raw, image, file
  title: "日报 {{ due | date: '%m-%d' }}"
  subtitle: 每日自动
  color: blue
  tags: [{ text: 日报, color: blue }]
  summary: "共 {{ sales.rows.size }} 行"   # 会话列表里的一行 · the line in the list of chats
  body:
    - markdown: "**{{ sales.first.name }}** 第一"
    - fields: { 行数: "{{ sales.rows.size }}", 日期: "{{ due | date: '%Y-%m-%d' }}" }
    - table: { rows: sales, columns: { name: 名称, amount: { label: 金额, format: money, align: right } }, pageSize: 5 }
    - divider
    - buttons:
        - { text: 查看, url: "https://example.com/report", type: primary }
        - { text: 说明, url: "https://example.com/help" }
    - note: 自动发送
attach: [{ csv: sales, name: 明细.csv }]  # 其后各部分:csv、file、image · further parts
thread: daily                      # 当天的都在一个话题里;或 update: message · a day's in one thread; or update: message
urgent: { by: app, most: 20 }      # app | sms | phone,人再多就不加急 · nobody where there are more
batch: false                       # true:每次 200 人 · true: 200 people a call
priority: normal                   # low | normal | high | urgent,默认 normal · normal unless written
deliverWithin: 1h                  # 过了就不再发,默认 30m,人多时更长 · not sent later than this; 30m unless written, more for many
attempts: 8                        # 每条最多试几次,默认 12 · tries per delivery, 12 unless written
onFailure: { after: 3 }            # 其余照 larkcron.yaml · the rest as in larkcron.yaml
owner: ou_b                        # 默认是 larkcron.yaml 的 owner · the owner in larkcron.yaml unless written
`;

const fence = (yaml: string): string => `\`\`\`yaml\n${yaml}\`\`\``;

/** docs/reference/settings.md: the keys as the readers know them, and one whole example of each file. */
export const settingsPage = (): string =>
  [
    '# 设置 · Settings',
    '',
    '<!-- made by `npm run docs`; a test compares -->',
    '',
    '`${NAME}` 取自环境变量或 `.env`;`${NAME:-x}` 有默认值;`$${` 是原样的 `${`。时长写成 `30s 5m 2h 1d`。',
    '`${NAME}` comes from the environment or `.env`; `${NAME:-x}` has a default; `$${` is a literal `${`. Durations are `30s 5m 2h 1d`.',
    '',
    '## larkcron.yaml',
    '',
    fence(SETTINGS),
    '',
    ...lines(settingsSchema, 0),
    '',
    '## jobs/NAME.yaml',
    '',
    fence(JOB),
    '',
    ...lines(jobSchema(), 0),
    '',
    '消息是 `card`、`text`、`raw`、`image`、`file` 之一。The message is exactly one of `card`, `text`, `raw`, `image`, `file`.',
    '',
    '`to` 也可以是 `{ from: 数据集, column: 列, type }`:列里每个地址一条消息,模板里 `mine` 是他自己的行。`changed` 另给出数据集 `added`、`removed`、`changed`。`last` 是上一次送达:null,或 `{ dueAt, deliveredAt, figures, heldBack }`(`heldBack`:`repeatAfter` 此后压下的次数)。见[有事才发](../guide/conditions.zh-CN.md)。',
    '`to` may also be `{ from: dataset, column, type }`: one message to each address in the column, whose own rows are `mine`. `changed` offers the datasets `added`, `removed` and `changed`. `last` is the last run that arrived: null, or `{ dueAt, deliveredAt, figures, heldBack }` (`heldBack`: what `repeatAfter` has held back since). See [only when there is something to say](../guide/conditions.md).',
    '',
    '`via` 是 apps 里另一个应用的名字、`webhook:NAME`、`{ name, webhook, secret }` 或 `{ command: [程序, 参数…] }`。程序不经 shell 启动,通知的文字在标准输入里,环境变量 `LARKCRON_NOTICE` 是 `failure`、`reminder` 或 `recovery`,`LARKCRON_NOTICE_SUBJECT` 是 `job:NAME` 或 `app:NAME`。open_id(`ou_…`)只属于一个应用:`via` 是另一个应用时,`owner` 要写邮箱、手机号或 `on_…`。',
    '`via` is the name of another app under apps, `webhook:NAME`, `{ name, webhook, secret }` or `{ command: [program, argument…] }`. The program is started without a shell; the notice is text on its standard input, `LARKCRON_NOTICE` is `failure`, `reminder` or `recovery`, `LARKCRON_NOTICE_SUBJECT` is `job:NAME` or `app:NAME`. An open_id (`ou_…`) belongs to one app: where `via` is another app, write an e-mail address, a mobile number or `on_…` as the owner.',
    '',
    '`larkcron schema job|settings|card` 给编辑器用 · is for editors.',
    '',
  ].join('\n');
