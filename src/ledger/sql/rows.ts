import type { Cut } from '../../model/cut.ts';
import type { Attempt, BatchProgress, Content, Delivery, DeliveryState, Urged, Urgency } from '../../model/delivery.ts';
import type { Incident } from '../../model/incident.ts';
import type { Fault } from '../../model/outcome.ts';
import type { TargetKind } from '../../model/recipient.ts';
import type { Reason, Run, RunKind, RunState, Trigger } from '../../model/run.ts';
import type { MissedSpan, Outline } from '../browse.ts';
import type { SqlRow } from './database.ts';

const text = (value: SqlRow[string] | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
const number = (value: SqlRow[string] | undefined): number | null => (typeof value === 'number' ? value : null);
const must = (value: SqlRow[string] | undefined): number => Number(value);
const json = <T>(value: SqlRow[string] | undefined): T | null =>
  typeof value === 'string' ? (JSON.parse(value) as T) : null;

export const runOf = (row: SqlRow): Run => ({
  id: String(row['id']),
  kind: row['kind'] as RunKind,
  job: text(row['job']),
  onceKey: text(row['once_key']),
  dueAt: number(row['due_at']),
  notBefore: must(row['not_before']),
  trigger: row['trigger'] as Trigger,
  ownAudience: row['own_audience'] === 1,
  state: row['state'] as RunState,
  reason: json<Reason>(row['reason']),
  tries: must(row['tries']),
  createdAt: must(row['created_at']),
  startedAt: number(row['started_at']),
  finishedAt: number(row['finished_at']),
  deliverUntil: must(row['deliver_until']),
  priority: must(row['priority']),
  cuts: json<readonly Cut[]>(row['cuts']) ?? [],
  recalled: row['recall'] === 1,
});

export const deliveryOf = (row: SqlRow): Delivery => ({
  id: String(row['id']),
  run: String(row['run']),
  recipient: String(row['recipient']),
  target: { idType: row['target_type'] as TargetKind, id: String(row['target']) },
  app: String(row['app']),
  part: must(row['part']),
  generation: must(row['generation']),
  kind: String(row['kind']),
  content: String(row['content']),
  uuid: String(row['uuid']),
  state: row['state'] as DeliveryState,
  settled: row['settled'] === 1,
  remembers: row['remembers'] !== 0,
  notBefore: must(row['not_before']),
  deliverUntil: must(row['deliver_until']),
  tries: must(row['tries']),
  firstUnsureAt: number(row['first_unsure_at']),
  chatId: text(row['chat_id']),
  messageId: text(row['message_id']),
  code: number(row['code']),
  http: number(row['http']),
  fault: text(row['fault']) as Fault | null,
  logId: text(row['log_id']),
  message: text(row['message']),
  deliveredAt: number(row['delivered_at']),
  recalledAt: number(row['recalled_at']),
  reason: json<Reason>(row['reason']),
  anchor: text(row['anchor']),
  renews: text(row['renews']),
  repliesTo: text(row['replies_to']),
  urgent: text(row['urgent']) as Urgency | null,
  urged: json<Urged>(row['urged']),
  progress: json<BatchProgress>(row['progress']),
});

export const outlineOf = (row: SqlRow): Outline => ({
  id: String(row['id']),
  recipient: String(row['recipient']),
  target: { idType: row['target_type'] as TargetKind, id: String(row['target']) },
  part: must(row['part']),
  generation: must(row['generation']),
  state: row['state'] as DeliveryState,
  deliveredAt: number(row['delivered_at']),
  recalledAt: number(row['recalled_at']),
});

export const contentOf = (row: SqlRow): Content => ({ msgType: String(row['msg_type']), body: String(row['body']) });

export const attemptOf = (row: SqlRow): Attempt => ({
  delivery: String(row['delivery']),
  n: must(row['n']),
  begunAt: must(row['begun_at']),
  endedAt: number(row['ended_at']),
  outcome: text(row['outcome']),
  http: number(row['http']),
  code: number(row['code']),
  logId: text(row['log_id']),
});

export const incidentOf = (row: SqlRow): Incident => ({
  id: must(row['id']),
  subject: String(row['subject']),
  state: row['state'] as Incident['state'],
  openedAt: must(row['opened_at']),
  openedDue: must(row['opened_due']),
  lastDue: must(row['last_due']),
  closedAt: number(row['closed_at']),
  count: must(row['count']),
  run: String(row['run']),
  lastRun: String(row['last_run']),
  jobs: JSON.parse(String(row['jobs'])) as Incident['jobs'],
  because: number(row['because']),
  tell: row['tell'] as Incident['tell'],
  notice: text(row['notice']) as Incident['notice'],
  tried: JSON.parse(String(row['tried'])) as Incident['tried'],
  noticedAt: number(row['noticed_at']),
  to: text(row['told_to']),
  heard: JSON.parse(String(row['heard'])) as Incident['heard'],
  misses: JSON.parse(String(row['misses'])) as Incident['misses'],
  heardBy: JSON.parse(String(row['heard_by'])) as Incident['heardBy'],
  notices: must(row['notices']),
});

export const spanOf = (row: SqlRow): MissedSpan & { readonly notedAt: number } => ({
  since: must(row['since']),
  until: must(row['until']),
  count: must(row['count']),
  why: row['why'] as MissedSpan['why'],
  notedAt: must(row['noted_at']),
});
