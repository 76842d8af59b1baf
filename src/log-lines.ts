import { cutWords } from './card/fit/words.ts';
import { explainTransport } from './feishu/codes/transport.ts';
import { explain, lastWord } from './feishu/explain.ts';
import type { Delivery } from './model/delivery.ts';
import type { NoticeKind } from './model/incident.ts';
import { isFailure } from './model/incident.ts';
import type { LogEvent } from './model/log-event.ts';
import type { Outcome } from './model/outcome.ts';
import type { Run } from './model/run.ts';
import { type Lang, say, type Text } from './model/text.ts';
import { runName } from './run-name.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly words: string;
  readonly fields: Readonly<Record<string, string | number | null>>;
}

const who = (run: Run, lang: Lang): string => runName(run, lang);
const iso = (ms: number): string => new Date(ms).toISOString();

/** The one place that words log lines: an event in, its level, sentence and fields out. */
export const logLine = (event: LogEvent, lang: Lang): LogLine => {
  const zh = lang === 'zh';
  const line = (level: LogLine['level'], inChinese: string, inEnglish: string, fields: LogLine['fields']): LogLine => ({
    level,
    words: zh ? inChinese : inEnglish,
    fields,
  });
  switch (event.event) {
    case 'run.missed':
      return line(
        'warn',
        `${event.job} 错过 ${event.count} 次,没有补发`,
        `${event.job} missed ${event.count} due ${event.count === 1 ? 'time' : 'times'}, not caught up`,
        { job: event.job, count: event.count, since: iso(event.since), until: iso(event.until) },
      );
    case 'run.started': {
      const { run } = event;
      const due = run.dueAt === null ? null : iso(run.dueAt);
      return line('info', `${who(run, lang)} 开始`, `${who(run, lang)} started`, {
        job: run.job,
        run: run.id,
        trigger: run.trigger,
        due,
      });
    }
    case 'source.read':
      return line('info', `数据 ${event.dataset}: ${event.rows} 行`, `data ${event.dataset}: ${event.rows} rows`, {
        job: event.run?.job ?? null,
        run: event.run?.id ?? null,
        ms: event.tookMs,
      });
    case 'run.planned':
      return line(
        'debug',
        `${who(event.run, lang)} 共 ${event.deliveries} 条`,
        `${who(event.run, lang)} has ${event.deliveries} to send`,
        { run: event.run.id },
      );
    case 'ledger.away':
      return line(
        'warn',
        `账本连不上,等它回来: ${event.why}`,
        `the ledger cannot be reached, waiting for it: ${event.why}`,
        {},
      );
    case 'node.drained':
      return line(
        'warn',
        `节点 ${event.node} 已排空:不再接新的活,手上的做完`,
        `node ${event.node} is drained: it takes no new work, and finishes what it has`,
        { node: event.node },
      );
    case 'node.resumed':
      return line('info', `节点 ${event.node} 恢复工作`, `node ${event.node} is at work again`, { node: event.node });
    case 'run.cut': {
      const { cut, run } = event;
      const words = cutWords(cut);
      return line('warn', `${who(run, lang)} ${words.zh}`, `${who(run, lang)}: ${words.en}`, {
        job: run.job,
        run: run.id,
        dataset: cut.dataset,
        shown: cut.shown,
        of: cut.of,
      });
    }
    case 'run.example':
      return line(
        'info',
        `${who(event.run, lang)} 用 ${event.shown} 的那几行(共 ${event.count} 人)`,
        `${who(event.run, lang)} shows the rows of ${event.shown} (one of ${event.count})`,
        { run: event.run.id, shown: event.shown, count: event.count },
      );
    case 'run.again':
      return line(
        'warn',
        `${who(event.run, lang)} 暂时取不到数据,稍后再试: ${say(event.because.message, lang)}`,
        `${who(event.run, lang)} has no data for now, tried again later: ${say(event.because.message, lang)}`,
        {
          run: event.run.id,
          next_try: iso(event.at),
        },
      );
    case 'run.ended': {
      const { run } = event;
      const level = run.state === 'failed' ? 'error' : isFailure(run.state) ? 'warn' : 'info';
      const because = run.reason === null ? '' : `: ${say(run.reason.message, lang)}`;
      return line(
        level,
        `${who(run, lang)} ${RUN_STATE_ZH[run.state]}${because}`,
        `${who(run, lang)} ${run.state}${because}`,
        {
          job: run.job,
          run: run.id,
          reason: run.reason?.code ?? null,
        },
      );
    }
    case 'delivery.tried':
      return tried(event, lang);
    case 'delivery.looked-for': {
      const { delivery, found } = event;
      const [inChinese, inEnglish] = LOOKED[found];
      return line(
        found === 'found' ? 'info' : 'warn',
        `${delivery.recipient} ${inChinese}`,
        `${delivery.recipient} ${inEnglish}`,
        { run: delivery.run, to: delivery.recipient, uuid: delivery.uuid, found },
      );
    }
    case 'delivery.urged': {
      const { delivery, state, outcome } = event;
      const fields = { run: delivery.run, to: delivery.recipient, by: delivery.urgent, code: outcome.code };
      if (state === 'done')
        return line('info', `${delivery.recipient} 已加急`, `${delivery.recipient} was told at once`, fields);
      const why = whyOf(outcome, null, lang);
      if (state === 'again')
        return line(
          'warn',
          `${delivery.recipient} 还没加急,稍后再试:${why}`,
          `${delivery.recipient} is not told at once yet, it is tried again: ${why}`,
          fields,
        );
      return line(
        'warn',
        `${delivery.recipient} 没有加急成功(${state}):${why}`,
        `${delivery.recipient} may not have been told at once (${state}): ${why}`,
        fields,
      );
    }
    case 'urgent.withheld':
      return line(
        'warn',
        `${who(event.run, lang)} 有 ${event.people} 个人,超过加急上限 ${event.most},没有加急`,
        `${who(event.run, lang)} has ${event.people} people, more than the ${event.most} that may be told at once: nobody was`,
        { run: event.run.id },
      );
    case 'delivery.recalled': {
      const { delivery, refused } = event;
      return line(
        refused === null ? 'info' : 'warn',
        refused === null ? `${delivery.recipient} 的消息已撤回` : `${delivery.recipient} 的消息撤不回:${refused}`,
        refused === null
          ? `the message to ${delivery.recipient} was taken back`
          : `the message to ${delivery.recipient} could not be taken back: ${refused}`,
        { run: delivery.run, to: delivery.recipient, message_id: delivery.messageId },
      );
    }
    case 'notice.queued': {
      const [inChinese, inEnglish] = NOTICES[event.what];
      const via = event.by === 'via' ? { zh: ',走第二条路', en: ' by the second way' } : { zh: '', en: '' };
      const name = nameOf(event.subject);
      return line(
        'info',
        `${name} 的${inChinese}通知发给 ${event.to}${via.zh}`,
        `${inEnglish} notice of ${name} goes to ${event.to}${via.en}`,
        { subject: event.subject },
      );
    }
    case 'notice.impossible': {
      const name = nameOf(event.subject);
      return event.to === null
        ? line('warn', `${name} 没有 owner,没人收到通知`, `${name} has no owner, so nobody is told`, {
            subject: event.subject,
          })
        : line(
            'error',
            `${name} 的通知没有一条路能送到 ${event.to}`,
            `${event.to} could not be told of ${name} by any way`,
            { subject: event.subject },
          );
    }
    case 'notice.call-failed':
      return line(
        'error',
        `通知 ${nameOf(event.subject)} 的程序失败: ${event.why}`,
        `the program that was to tell of ${nameOf(event.subject)} failed: ${event.why}`,
        { subject: event.subject },
      );
    case 'last-resort': {
      const { about, to, refused } = event;
      const [zh, en] =
        about === 'ledger' ? ['账本用不了', 'the ledger fails'] : ['larkcron.yaml 有错', 'larkcron.yaml has faults'];
      return refused === null
        ? line('warn', `已直接告诉 ${to}:${zh}`, `${to} was told directly that ${en}`, {})
        : line(
            'error',
            `${zh},也没能告诉 ${to ?? 'owner'}: ${refused}`,
            `${en}, and ${to ?? 'the owner'} could not be told: ${refused}`,
            {},
          );
    }
    case 'heartbeat.failed':
      return line(
        'warn',
        `${event.subject} 的 heartbeat 没有送到:${event.why}`,
        `the heartbeat of ${event.subject} did not arrive: ${event.why}`,
        {},
      );
    case 'token.asked':
      return event.refused === null
        ? line('debug', `${event.app} 的新令牌`, `a new token for ${event.app}`, { app: event.app })
        : line('debug', `没有拿到 ${event.app} 的令牌`, `no token for ${event.app}`, {
            app: event.app,
            why: event.refused,
          });
    case 'login.refused':
      return line(
        'warn',
        `控制台收到错误的令牌,来自 ${event.address}`,
        `the console was sent a wrong token from ${event.address}`,
        { address: event.address },
      );
    case 'job.broken':
      return line(
        'error',
        `任务 ${event.job} 的设置有 ${event.problems} 处错误`,
        `the settings of job ${event.job} have ${event.problems} faults`,
        { job: event.job },
      );
  }
};

const nameOf = (subject: string): string => subject.replace(/^job:/, '');

const NOTICES: Readonly<Record<NoticeKind, readonly [string, string]>> = {
  failure: ['失败', 'failure'],
  reminder: ['提醒', 'reminder'],
  recovery: ['恢复', 'recovery'],
};

const LOOKED: Readonly<
  Record<Extract<LogEvent, { event: 'delivery.looked-for' }>['found'], readonly [string, string]>
> = {
  found: ['的消息在会话里找到了,已送达', 'the message stands in the chat: delivered'],
  absent: ['的消息不在会话里,没有送达', 'the message is not in the chat: it did not arrive'],
  'cannot-tell': ['查不到会话记录,等人决定', 'the chat cannot be read, so a person decides'],
  later: ['暂时查不了会话记录,稍后再看', 'the chat cannot be read for now'],
};

const RUN_STATE_ZH: Readonly<Record<Run['state'], string>> = {
  pending: '等待中',
  running: '准备中',
  delivering: '发送中',
  delivered: '已送达',
  partial: '部分送达',
  unknown: '不确定是否送达',
  failed: '失败',
  skipped: '跳过',
  missed: '错过',
};

/** What stood in the way of a request: Feishu's code in words with its own ones, or what came in place of an answer. */
const whyOf = (outcome: Outcome, delivery: Pick<Delivery, 'target'> | null, lang: Lang): string => {
  const { code, http, msg: message, is } = outcome;
  if (is === 'unsent') return '';
  if (code === null || code === 0) {
    const happened = http === null ? (is === 'unknown' ? 'lost' : 'not-sent') : 'answered';
    return say(explainTransport({ happened, http, code, raw: message }, { unsure: false }).words, lang);
  }
  const said =
    delivery === null ? { code, http, msg: message } : lastWord({ code, http, message, target: delivery.target });
  const words: Text | null = said === null ? null : explain(said).words;
  return [words === null ? null : say(words, lang), message].filter(Boolean).join(' · ');
};

const tried = ({ delivery, outcome, tookMs }: Extract<LogEvent, { event: 'delivery.tried' }>, lang: Lang): LogLine => {
  const zh = lang === 'zh';
  const why = outcome.is === 'delivered' ? '' : whyOf(outcome, delivery, lang);
  const fields = {
    run: delivery.run,
    to: delivery.recipient,
    code: outcome.code,
    http: outcome.http,
    message_id: outcome.is === 'delivered' ? outcome.messageId : null,
    log_id: outcome.logId,
    uuid: delivery.uuid,
    try: delivery.tries,
    ms: tookMs,
  };
  const told = (level: LogLine['level'], inChinese: string, inEnglish: string): LogLine => ({
    level,
    words: `${delivery.recipient} ${zh ? inChinese : inEnglish}${why === '' ? '' : `: ${why}`}`,
    fields,
  });
  switch (outcome.is) {
    case 'delivered':
      return told('info', '已送达', 'delivered');
    case 'rejected':
      return told('error', '被拒绝', 'rejected');
    case 'retry':
      return told('warn', '稍后重试', 'tried again later');
    case 'unknown':
      return told('warn', '不确定是否送达', 'may or may not have arrived');
    case 'unsent':
      return told('warn', '没有发出(本机停顿过久)', 'not sent (this machine paused for too long)');
  }
};
