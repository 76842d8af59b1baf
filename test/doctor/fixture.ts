import type { FeishuAnswer } from '../../src/feishu/reply.ts';
import { NO_GUARD } from '../../src/model/guard.ts';
import type { Job } from '../../src/model/job.ts';
import { NO_LOGIN } from '../../src/model/login.ts';
import type { OnFailure } from '../../src/model/on-failure.ts';
import { parseRecipient, type Recipient, type RecipientKind } from '../../src/model/recipient.ts';
import { type App, DEFAULT_LIMITS, DEFAULT_LOG, DEFAULT_RETENTION, type Settings } from '../../src/model/settings.ts';

export const APP: App = { name: 'default', id: 'cli_a', secret: 's', endpoint: 'https://open.feishu.cn' };
export const OTHER: App = { ...APP, name: 'other', id: 'cli_b' };

/** As `to` takes it: an address, or `kind:id` for those that have to be spelled out. */
export const to = (written: string): Recipient => {
  const [, kind, id] = /^(mobile|department|user_id):(.+)$/.exec(written) ?? [];
  if (kind !== undefined && id !== undefined) return { shown: id, idType: kind as RecipientKind, id };
  return parseRecipient(written) as Recipient;
};

const NOBODY: OnFailure = { notify: [], after: 1, remind: null, via: null };

export const jobOf = (name: string, recipients: readonly string[], more: Partial<Job> = {}): Job => ({
  name,
  file: `jobs/${name}.yaml`,
  description: null,
  was: null,
  app: 'default',
  lang: 'zh',
  schedule: null,
  quiet: [],
  heartbeat: null,
  to: recipients.map(to),
  each: null,
  data: {},
  when: null,
  whenRuns: null,
  changed: null,
  empty: 'send',
  repeatAfter: null,
  asks: null,
  message: { kind: 'text', text: { source: 'hello', at: null } },
  priority: 'normal',
  deliverWithin: null,
  attempts: 8,
  onFailure: NOBODY,
  attach: [],
  together: null,
  fallback: true,
  urgent: null,
  batch: false,
  maxRecipients: 5_000,
  owner: null,
  ...more,
});

export const settingsOf = (owner: string | null, apps: readonly App[] = [APP]): Settings => ({
  file: 'larkcron.yaml',
  directory: '.',
  timezone: 'Asia/Shanghai',
  lang: 'zh',
  apps: Object.fromEntries(apps.map((app) => [app.name, app])),
  ledger: { is: 'sqlite', file: 'ledger.db' },
  owner: owner === null ? null : to(owner),
  onFailure: NOBODY,
  recipients: {},
  limits: DEFAULT_LIMITS,
  log: DEFAULT_LOG,
  retention: DEFAULT_RETENTION,
  proxy: null,
  ca: null,
  calendars: {},
  heartbeat: null,
  quiet: [],
  onlyPublic: false,
  console: { host: null, port: null, url: null, login: NO_LOGIN },
  guard: NO_GUARD,
});

/** An answer of Feishu's with this code. */
export const said = (code: number | null, more: Partial<FeishuAnswer> = {}): FeishuAnswer => ({
  is: 'answer',
  operation: 'call',
  http: code === 0 ? 200 : 400,
  code,
  msg: null,
  logId: 'log1',
  feishuDate: null,
  body: null,
  resetAfter: null,
  ...more,
});

export const done = <T>(value: T) => ({ is: 'done' as const, value });
export const refused = (code: number) => ({ is: 'refused' as const, reply: said(code) });
