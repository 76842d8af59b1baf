import type { NoticeKind } from '../model/incident.ts';
import type { Text } from '../model/text.ts';
import { DAY, HOUR, MINUTE, type Ms, SECOND } from '../model/time.ts';
import { conditionWords } from '../run/condition-words.ts';
import { runWords } from '../run/words.ts';

const both = (zh: string, en: string): Text => ({ zh, en });

/** What the lines of a notice are called. */
export const LABELS = {
  job: both('任务', 'Job'),
  app: both('应用', 'App'),
  jobs: both('受影响的任务', 'Jobs concerned'),
  due: both('应发时间', 'Due'),
  cause: both('原因', 'Cause'),
  lastCause: both('最近一次的原因', 'Latest cause'),
  said: both('飞书说', 'Feishu says'),
  code: both('错误码', 'Code'),
  logId: both('飞书日志号', 'Feishu log id'),
  mend: both('怎么办', 'What to do'),
  unreached: both('没有收到的', 'Did not get it'),
  unknown: both('不确定是否收到的', 'May or may not have it'),
  reached: both('已收到', 'Got it'),
  resend: both('补发', 'To send again'),
  resendUnknown: both('连不确定的也补发(可能出现两条)', 'The unknown ones, too (it could arrive twice)'),
  run: both('运行', 'Run'),
  since: both('失败从', 'Failing since'),
  until: both('到', 'Until'),
  lasted: both('历时', 'For'),
  count: both('其间失败次数', 'Runs that failed'),
  missed: both('其间错过的应发时间', 'Due times missed'),
} satisfies Readonly<Record<string, Text>>;

export const TITLES: Readonly<Record<'job' | 'app', Readonly<Record<NoticeKind, (name: string) => Text>>>> = {
  job: {
    failure: (name) => both(`❌ ${name} 推送失败`, `❌ ${name} failed`),
    reminder: (name) => both(`⏰ ${name} 仍在失败`, `⏰ ${name} is still failing`),
    recovery: (name) => both(`✅ ${name} 恢复正常`, `✅ ${name} has recovered`),
  },
  app: {
    failure: (name) => both(`❌ 应用 ${name} 发不出消息`, `❌ The app ${name} cannot send`),
    reminder: (name) => both(`⏰ 应用 ${name} 仍发不出消息`, `⏰ The app ${name} still cannot send`),
    recovery: (name) => both(`✅ 应用 ${name} 恢复正常`, `✅ The app ${name} has recovered`),
  },
};

export const NO_ANSWER_WORDS = both(
  '飞书没有回答,不知道是否送达',
  'Feishu did not answer; nobody knows whether it arrived',
);

export const NO_REASON_WORDS = both('没有送达,账本里没有记下原因', 'It did not arrive, and no reason is on record');

const CELL = { from: '', column: '', rows: '' };

/** What to do about a refusal that has no code of Feishu's. */
const REASON_HINTS: Readonly<Record<string, Text>> = {
  'recipient-not-found': runWords['recipient-not-found']({ recipient: '' }).hint,
  'recipient-left': runWords['recipient-left']({ recipient: '' }).hint,
  'not-reached': both(
    '核对这个人是否在职、是否在应用的可用范围内;不在就从 to 里去掉,或在开发者后台扩大可用范围。',
    'See whether the person is still there and within the availability of the app; take them out of `to`, or widen the availability in the developer console.',
  ),
  'calendar-unknown': runWords['calendar-unknown']({ calendar: '', year: 0 }).hint,
  'webhook-too-large': runWords['webhook-too-large']({ size: 0 }).hint,
  'no-address': conditionWords['no-address'](CELL).hint,
  'bad-address': conditionWords['bad-address']({ ...CELL, value: '' }).hint,
};

export const hintOfReason = (code: string): Text | null => REASON_HINTS[code] ?? null;

/** The first ten of them, and how many more there are. */
export const some = (names: readonly string[]): Text => {
  const first = names.slice(0, 10).join(', ');
  const more = names.length - 10;
  return more <= 0 ? both(first, first) : both(`${first} 等,另有 ${more} 个`, `${first} and ${more} more`);
};

export const outOf = (reached: number, all: number): Text =>
  both(`${all} 个中的 ${reached} 个`, `${reached} of ${all}`);

const UNITS: readonly (readonly [Ms, string, string])[] = [
  [DAY, '天', 'd'],
  [HOUR, '小时', 'h'],
  [MINUTE, '分', 'min'],
  [SECOND, '秒', 's'],
];

/** A length of time by its two largest units. */
export const lasted = (ms: Ms): Text => {
  const parts: Text[] = [];
  let left = Math.max(SECOND, ms);
  for (const [unit, zh, en] of UNITS) {
    const count = Math.floor(left / unit);
    left -= count * unit;
    if (count > 0 && parts.length < 2) parts.push(both(`${count} ${zh}`, `${count} ${en}`));
    else if (parts.length > 0) break;
  }
  return both(parts.map(({ zh }) => zh).join(' '), parts.map(({ en }) => en).join(' '));
};

/** The one message that goes out when there is no ledger to keep anything in. */
interface AtLast {
  readonly host: string;
  readonly project: string;
  readonly what: Text;
  readonly hint: Text | null;
}

const withHint = (first: Text, { what, hint }: AtLast): Text =>
  both(
    `❌ ${first.zh}\n${what.zh}${hint === null ? '' : `\n→ ${hint.zh}`}`,
    `❌ ${first.en}\n${what.en}${hint === null ? '' : `\n→ ${hint.en}`}`,
  );

/** Said directly, where nothing can be recorded or nothing can be read. */
export const AT_LAST = {
  ledger: (p: AtLast): Text =>
    withHint(
      both(
        `${p.host} 上的 larkcron 用不了账本,在能用之前 ${p.project} 不会再发。`,
        `larkcron on ${p.host} cannot use its ledger; nothing more of ${p.project} is sent until it can.`,
      ),
      p,
    ),
  settings: (p: AtLast): Text =>
    withHint(
      both(
        `${p.host} 上 ${p.project} 的 larkcron.yaml 有错,改好之前不会再发。`,
        `larkcron.yaml of ${p.project} on ${p.host} has faults; nothing more is sent until they are mended.`,
      ),
      p,
    ),
  'settings-kept': (p: AtLast): Text =>
    withHint(
      both(
        `${p.host} 上 ${p.project} 的 larkcron.yaml 有错,仍按改之前的设置发送。`,
        `larkcron.yaml of ${p.project} on ${p.host} has faults; it goes on with the settings before.`,
      ),
      p,
    ),
} as const;
