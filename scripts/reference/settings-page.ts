import { jobSchema } from '../../src/config/jobs.ts';
import { settingsSchema } from '../../src/config/settings.ts';
import type { Json } from '../../src/model/dataset.ts';

type Schema = { readonly [key: string]: Json };
const schemaOf = (json: Json | undefined): Schema =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Schema) : {};
const list = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);

/** What may stand there, in a few words that need no translation. */
const kindOf = (schema: Schema): string => {
  if (schema['enum'] !== undefined)
    return list(schema['enum'])
      .map((value) => `\`${value}\``)
      .join(' ');
  if (schema['anyOf'] !== undefined)
    return [...new Set(list(schema['anyOf']).map((each) => kindOf(schemaOf(each))))].filter(Boolean).join(' / ');
  if (schema['const'] !== undefined) return `\`${schema['const']}\``;
  if (schema['type'] === 'array') return `[${kindOf(schemaOf(schema['items']))}]`;
  if (schema['type'] === 'integer') return `${schema['minimum']}–${schema['maximum']}`;
  if (schema['type'] === 'object') return '{…}';
  return Array.isArray(schema['type']) || schema['type'] === 'string' ? 'text' : '';
};

const propertiesOf = (schema: Schema): readonly (readonly [string, Schema, boolean])[] => {
  const alternatives = [
    schema,
    schemaOf(schema['items']),
    schemaOf(schema['additionalProperties']),
    ...list(schema['anyOf']).map(schemaOf),
  ];
  const found = alternatives.flatMap((each) => {
    const inner = each['properties'] === undefined && each['items'] !== undefined ? schemaOf(each['items']) : each;
    const required = list(inner['required']);
    return Object.entries(schemaOf(inner['properties'])).map(
      ([name, value]) => [name, schemaOf(value), required.includes(name)] as const,
    );
  });
  return [...new Map(found.map((each) => [each[0], each])).values()];
};

const lines = (schema: Schema, depth: number): string[] =>
  propertiesOf(schema).flatMap(([name, value, required]) => [
    `${'  '.repeat(depth)}- \`${name}\`${required ? ' **必填 · required**' : ''} ${kindOf(value)}`.trimEnd(),
    ...(depth < 4 ? lines(value, depth + 1) : []),
  ]);

const SETTINGS = `# larkcron.yaml
timezone: Asia/Shanghai            # 默认 · default: Asia/Shanghai
lang: zh                           # zh | en
apps:
  default:
    id: \${FEISHU_APP_ID}
    secret: \${FEISHU_APP_SECRET}
    endpoint: feishu               # feishu | lark | http(s)://…
ledger: sqlite:.larkcron/ledger.db
owner: ops@example.com             # 失败时通知谁 · who hears of failures
recipients:
  managers: [ou_a, oc_group, ops@example.com]
limits: { perSecond: 48, perMinute: 960, perTarget: 5 }
log: { format: text, level: info, maxSize: 10MB, keep: 5 }
`;

const JOB = `# jobs/daily-report.yaml
description: 日报
schedule: { cron: ["0 9 * * 1-5", "0 18 * * *"], timezone: Asia/Shanghai, catchUp: { runs: 1, within: 2h } }
to: [managers, ou_b, { chatId: oc_other }]
data:
  sales:
    sql:
      url: "sqlite:sales.db"
      query: select name, amount from daily where day = :day
      params: { day: "{{ due | date: '%Y-%m-%d' }}" }
  news: { http: { url: "https://example.com/news.json", select: items, timeout: 10s } }
  notes: { rows: [{ text: 一 }, { text: 二 }] }
when: size(sales.rows) > 0
card:
  title: "日报 {{ due | date: '%m-%d' }}"
  subtitle: 每日自动
  color: blue
  tags: [{ text: 日报, color: blue }]
  summary: "共 {{ sales.rows.size }} 行"
  body:
    - markdown: "**{{ sales.first.name }}** 第一"
    - fields: { 行数: "{{ sales.rows.size }}", 日期: "{{ due | date: '%Y-%m-%d' }}" }
    - table: { rows: sales, columns: { name: 名称, amount: { label: 金额, format: money, align: right } }, pageSize: 5 }
    - divider
    - buttons:
        - { text: 查看, url: "https://example.com/report", type: primary }
        - { text: 说明, url: "https://example.com/help" }
    - note: 自动发送
priority: normal
deliverWithin: 1h
attempts: 8
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
    '消息是 `card`、`text`、`raw` 三者之一。The message is exactly one of `card`, `text`, `raw`.',
    '',
    '`larkcron schema job|settings|card` 给编辑器用 · is for editors.',
    '',
  ].join('\n');
