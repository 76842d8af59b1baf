import { peopleWords } from '../../src/acts/people-words.ts';
import { actWords } from '../../src/acts/words.ts';
import { fitWords } from '../../src/card/fit/words.ts';
import { ruleWords } from '../../src/card/rules/words.ts';
import { cardWords } from '../../src/card/words.ts';
import { initWords } from '../../src/cli/init/words.ts';
import { cliWords } from '../../src/cli/words.ts';
import { calendarWords } from '../../src/config/calendar-words.ts';
import { conditionWords as settingsOfConditions } from '../../src/config/condition-words.ts';
import { documentWords } from '../../src/config/document-words.ts';
import { ledgerPlaceWords } from '../../src/config/ledger-words.ts';
import { networkWords } from '../../src/config/network-words.ts';
import { configWords } from '../../src/config/words.ts';
import { doctorWords } from '../../src/doctor/words.ts';
import { LACKING, TRANSPORT } from '../../src/feishu/codes/transport.ts';
import { type CodeClass, codeRow, knownCodes } from '../../src/feishu/codes.ts';
import { ledgerWords } from '../../src/ledger/words.ts';
import type { Explanation, Words } from '../../src/model/errors.ts';
import { pictureWords } from '../../src/picture/words.ts';
import { reasonWords } from '../../src/report/reason-words.ts';
import { conditionWords } from '../../src/run/condition-words.ts';
import { runWords } from '../../src/run/words.ts';
import { sandboxWords } from '../../src/sandbox/words.ts';
import { scheduleWords } from '../../src/schedule/words.ts';
import { shapingWords } from '../../src/shaping/words.ts';
import { screenshotWords } from '../../src/source/screenshot/words.ts';
import { sourceWords } from '../../src/source/words.ts';
import { wakeWords } from '../../src/wake/words.ts';
import { webWords } from '../../src/web/words.ts';

const ROOMS: readonly (readonly [title: string, words: Words])[] = [
  ['命令行 · command line', cliWords],
  ['要做的事 · acts', actWords],
  ['新建项目 · a new project', initWords],
  ['群和人 · groups and people', peopleWords],
  ['设置与任务 · settings and jobs', configWords],
  ['条件与收件人的设置 · settings of conditions', settingsOfConditions],
  ['网络的设置 · settings of the network', networkWords],
  ['多维表格与电子表格的设置 · settings of bases and sheets', documentWords],
  ['账本放在哪里 · where the ledger is', ledgerPlaceWords],
  ['日历与时间的设置 · settings of calendars and times', calendarWords],
  ['时间 · schedules', scheduleWords],
  ['数据 · sources', sourceWords],
  ['截图 · screenshots', screenshotWords],
  ['整理数据 · shaping', shapingWords],
  ['模板与卡片 · templates and cards', cardWords],
  ['卡片规则 · card rules', ruleWords],
  ['卡片放不下 · cards that are too large', fitWords],
  ['运行 · runs', runWords],
  ['条件与各收各的 · conditions, and to each their own', conditionWords],
  ['图片 · pictures', pictureWords],
  ['没有送达的原因 · why something was not sent or did not arrive', reasonWords],
  ['体检 · doctor', doctorWords],
  ['账本 · the ledger', ledgerWords],
  ['crontab', wakeWords],
  ['网页 · pages', webWords],
  ['飞书替身 · the sandbox', sandboxWords],
];

/** Stands for a parameter nobody has yet: it prints as ‹name›, whatever the words do with it. */
const placeholder = (name: string): unknown => {
  const text = `‹${name}›`;
  const methods: Readonly<Record<string, unknown>> = {
    map: (make: (each: unknown) => unknown) => [make(placeholder(name))],
    join: () => text,
    slice: () => placeholder(name),
    filter: () => placeholder(name),
    replace: () => text,
    replaceAll: () => text,
    toString: () => text,
    [Symbol.toPrimitive as unknown as string]: () => text,
  };
  return new Proxy(() => text, {
    get: (_target, key) => {
      if (key === Symbol.iterator) return [text][Symbol.iterator].bind([text]);
      if (key === 'length') return placeholder('n');
      return methods[key as string] ?? (typeof key === 'string' ? placeholder(name) : undefined);
    },
  });
};

const parameters = (given: Readonly<Record<string, unknown>>): unknown =>
  new Proxy(given, { get: (target, key) => target[String(key)] ?? placeholder(String(key)) });

/** Where words differ by the value of a parameter, or count with it: one row for each of these. */
const VARIANTS: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  'switched-off': [{ why: 'escaping' }, { why: 'files' }, { why: 'code' }],
  'date-pattern': [{}, { letters: [] }],
  'timed-out': [{ ms: 30_000 }],
  'screenshot-waiting': [{ ms: 60_000 }],
  'screenshot-status': [{ status: 401 }, { status: 500 }],
  'changed-of': [{}, { of: null }],
  'memory-size': [{ bytes: 12 * 1024 * 1024, most: 8 * 1024 * 1024 }],
};

/** The texts as one cell of a Markdown table: nothing in them is taken for markup but `code`. */
const cell = (...texts: readonly string[]): string =>
  texts
    .filter(Boolean)
    .map((text) =>
      text.replaceAll('```', '\\`\\`\\`').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', '<br>'),
    )
    .join('<br>');

const roomTable = ([title, words]: (typeof ROOMS)[number]): string => {
  const rows = Object.entries(words).flatMap(([code, explain]) =>
    (VARIANTS[code] ?? [{}]).map((given) => {
      const { message, hint }: Explanation = explain(parameters(given));
      return `| \`${code}\` | ${cell(message.zh, message.en)} | ${cell(hint?.zh ?? '', hint?.en ?? '')} |`;
    }),
  );
  return [`## ${title}`, '', '| code | 说什么 · says | 怎么办 · what to do |', '| --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
};

const DOES: Readonly<Record<CodeClass, string>> = {
  retry: '稍后重试 · tried again later',
  token: '换令牌再试一次 · a new token, once',
  setup: '拒绝:应用的设置,其余不再发 · rejected: the app’s setup, so the rest is not sent',
  quota: '拒绝:额度用完,其余不再发 · rejected: the quota is used up, so the rest is not sent',
  recipient: '拒绝:这个收件人 · rejected: this recipient',
  message: '拒绝:这条消息 · rejected: this message',
  unknown: '不确定 · unknown',
};

const codeLine = (code: number): string => {
  const row = codeRow(code);
  if (row === null) return '';
  const does = DOES[row.class];
  return `| ${code} | ${cell(row.words.zh, row.words.en)} | ${does} | ${cell(row.hint.zh, row.hint.en)} |`;
};

/** What came in place of a code of Feishu's; our names for it, which no program reads. */
const transportTable = (): readonly string[] => [
  '## 没有飞书的错误码 · no code of Feishu’s',
  '',
  '什么都没发出时稍后重试;可能已送达时是「不确定」:50 分钟内用同样的内容和 uuid 再试,之后到会话里找;自定义机器人和批量发送没有 uuid,不会自动重发,确认没收到就 `larkcron resend RUN --unknown`。',
  'Where nothing left it is tried again later. Where it may have arrived it is `unknown`: for 50 minutes the same bytes and uuid are tried again, then it is looked for in the chat; custom bots and batches have no uuid and are not sent again by themselves: if it surely did not arrive, `larkcron resend RUN --unknown`.',
  '',
  '| | 说什么 · says | 怎么办 · what to do |',
  '| --- | --- | --- |',
  ...Object.entries({ ...TRANSPORT, ...LACKING }).map(
    ([name, { words, hint }]) => `| ${name} | ${cell(words.zh, words.en)} | ${cell(hint.zh, hint.en)} |`,
  ),
  '',
];

/** docs/reference/errors.md: every code of ours, then every code of Feishu's that larkcron knows. */
export const errorsPage = (): string =>
  [
    '# 错误 · Errors',
    '',
    '<!-- made by `npm run docs`; a test compares -->',
    '',
    ...ROOMS.map(roomTable),
    ...transportTable(),
    "## 飞书的错误码 · Feishu's codes",
    '',
    '`larkcron explain CODE` 打印其中一行。不在表里的码:HTTP 429 是限流,5xx 或没有码是「不确定」,取令牌时和 99991xxx 是应用的问题,99992xxx 是收件人的问题,其余算这条消息被拒绝。',
    '`larkcron explain CODE` prints a row. A code that is not listed: with HTTP 429 a limit, with 5xx or without a code `unknown`; from the token endpoint and 99991xxx it is the app’s fault, 99992xxx the recipient’s, else the message counts as rejected.',
    '',
    '| code | 意思 · means | larkcron | 怎么办 · what to do |',
    '| --- | --- | --- | --- |',
    ...knownCodes().map(codeLine),
    '',
  ].join('\n');
