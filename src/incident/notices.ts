import { explain, hintOf, type LinkApp } from '../feishu/explain.ts';
import type { Ledger, NewRun } from '../ledger/ledger.ts';
import type { Incident } from '../model/incident.ts';
import type { Job } from '../model/job.ts';
import type { Report } from '../model/log-event.ts';
import { withMarkerPlace } from '../model/marker.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Run } from '../model/run.ts';
import { type Lang, type Text, verbatim } from '../model/text.ts';
import { HOUR, type Ms } from '../model/time.ts';
import { writeRequest } from '../run/request.ts';
import { type NoticeLine, noticeCard } from './notice-card.ts';

export interface NoticesDeps {
  readonly ledger: Ledger;
  /** null: the job is gone or broken; the settings' owner and app serve */
  readonly job: (name: string) => Job | null;
  readonly owner: Recipient | null;
  readonly app: string;
  /** an app, for the links to its console */
  readonly links: (app: string) => LinkApp | null;
  readonly lang: Lang;
  /** a time as people in the project's zone read it */
  readonly at: (ms: Ms) => string;
  readonly now: () => Ms;
  readonly report: Report;
}

const label = (zh: string, en: string): Text => ({ zh, en });

/** What went wrong, from the run's reason or its first refused delivery: words, code, log id, hint. */
const causeOf = async (ledger: Ledger, run: Run, appOf: (name: string) => LinkApp | null): Promise<NoticeLine[]> => {
  const refused = (await ledger.history.deliveries(run.id)).find(
    ({ state }) => state === 'rejected' || state === 'unknown',
  );
  const row =
    refused?.code == null || refused.code === 0
      ? null
      : explain({ code: refused.code, http: refused.http, msg: refused.message }, appOf(refused.app));
  const cause: Text =
    run.reason?.message ??
    row?.words ??
    (refused?.state === 'unknown'
      ? label('飞书没有回答,不知道是否送达', 'Feishu did not answer; nobody knows whether it arrived')
      : verbatim(refused?.message ?? run.state));
  const said = run.reason !== null && row !== null ? [{ label: label('飞书说', 'Feishu says'), value: row.words }] : [];
  return [
    { label: label('原因', 'Cause'), value: cause },
    ...said,
    ...(refused?.code == null ? [] : [{ label: label('错误码', 'Code'), value: String(refused.code) }]),
    ...(refused?.logId == null ? [] : [{ label: label('飞书日志号', 'Feishu log id'), value: refused.logId }]),
    ...(row === null || row.hint.zh === '' ? [] : [{ label: label('怎么办', 'What to do'), value: hintOf(row) }]),
    ...(refused === undefined ? [] : [{ label: label('收件人', 'Recipient'), value: refused.recipient }]),
    { label: label('运行', 'Run'), value: `${run.id} · larkcron show ${run.id.slice(0, 8)}` },
  ];
};

/** One message when a job starts failing, one when it has recovered: each a run of its own, sent like any other. */
export const createNotices = ({ ledger, job: jobOf, owner, app, links, lang, at, now, report }: NoticesDeps) => {
  const compose = async (
    incident: Incident,
    name: string,
  ): Promise<{ title: Text; color: 'red' | 'green'; lines: NoticeLine[] } | null> => {
    const run = await ledger.history.run(incident.run);
    if (run === null) return null;
    const which = { label: label('任务', 'Job'), value: name };
    if (incident.state === 'closed') {
      return {
        title: label(`✅ ${name} 恢复正常`, `✅ ${name} has recovered`),
        color: 'green',
        lines: [
          which,
          { label: label('失败从', 'Failing since'), value: at(incident.openedAt) },
          { label: label('到', 'Until'), value: at(incident.closedAt ?? now()) },
          { label: label('其间失败次数', 'Runs that failed'), value: String(incident.count) },
        ],
      };
    }
    const due = run.dueAt === null ? [] : [{ label: label('应发时间', 'Due'), value: at(run.dueAt) }];
    return {
      title: label(`❌ ${name} 推送失败`, `❌ ${name} failed`),
      color: 'red',
      lines: [which, ...due, ...(await causeOf(ledger, run, links))],
    };
  };

  const tell = async (incident: Incident): Promise<Run | null> => {
    const name = incident.subject.replace(/^job:/, '');
    const job = jobOf(name);
    const to = job?.owner ?? owner;
    const notice = to === null ? null : await compose(incident, name);
    if (to === null || notice === null) {
      report({ event: 'notice.impossible', job: name });
      return ledger.incidents.told(incident, null);
    }
    const card = noticeCard(notice, job?.lang ?? lang);
    const content = { msgType: 'interactive', body: JSON.stringify(withMarkerPlace(card)) };
    const run: NewRun = {
      kind: 'notice',
      job: null,
      onceKey: `notice:${incident.id}:${incident.state}`,
      dueAt: null,
      notBefore: now(),
      trigger: 'schedule',
      ownAudience: false,
      deliverUntil: now() + 6 * HOUR,
      priority: 0,
      request: writeRequest({ to: [to], message: { app: job?.app ?? app, kind: 'notice', content } }),
    };
    const opened = await ledger.incidents.told(incident, run);
    if (opened !== null)
      report({
        event: 'notice.queued',
        job: name,
        what: incident.state === 'open' ? 'failure' : 'recovery',
        to: to.shown,
      });
    return opened;
  };

  return {
    /** Queues what is to be told; answers the ids of the notices' runs. */
    step: async (): Promise<readonly string[]> => {
      const opened: string[] = [];
      for (const incident of await ledger.incidents.due()) {
        const run = await tell(incident);
        if (run !== null) opened.push(run.id);
      }
      return opened;
    },
  };
};
