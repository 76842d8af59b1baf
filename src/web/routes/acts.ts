import {
  acted,
  backfill,
  backfilled,
  pauseJob,
  resend,
  sentToMe,
  started,
  startRun,
  workshop,
  workshopResult,
} from '../schemas/acts.ts';
import { jobRow } from '../schemas/job.ts';
import { examination } from '../schemas/people.ts';
import { jobName, page, paging, runId } from '../schemas/primitives.ts';
import { auditEntry, login, logins, madeToken, newToken, session, token } from '../schemas/session.ts';
import { z } from '../schemas/zod.ts';
import type { Route } from './route.ts';

const NOTHING = z.object({});
const ofJob = z.object({ job: jobName });
const ofRun = z.object({ run: runId });

const at = <
  Params extends z.ZodObject = typeof NOTHING,
  Query extends z.ZodObject = typeof NOTHING,
  Body extends z.ZodType = z.ZodNull,
  Answer extends z.ZodType = z.ZodType,
>(
  method: Route['method'],
  path: string,
  {
    params,
    query,
    body,
    ...more
  }: Pick<
    Route<Params, Query, Body, Answer>,
    'name' | 'tag' | 'summary' | 'answer' | 'example' | 'needs' | 'idempotent' | 'audit'
  > & {
    params?: Params;
    query?: Query;
    body?: Body;
  },
): Route<Params, Query, Body, Answer> => ({
  method,
  path,
  params: params ?? (NOTHING as unknown as Params),
  query: query ?? (NOTHING as unknown as Query),
  body: body ?? null,
  ...more,
});

const done = z.object({ ok: z.literal(true) });

/** What changes something. Each stands in the audit. */
export const acts = {
  startRun: at('post', '/api/jobs/:job/runs', {
    name: 'startRun',
    audit: 'run.start',
    tag: 'jobs',
    needs: 'operator',
    summary: {
      zh: '现在就运行:发给所有收件人、只发给我,或演练',
      en: 'Starts a run now: to everyone, to me, or as a dry run',
    },
    params: ofJob,
    body: startRun,
    answer: started,
    idempotent: true,
    example: { params: { job: 'store-dashboard' }, body: { to: 'me' } },
  }),
  pause: at('post', '/api/jobs/:job/pause', {
    name: 'pause',
    audit: 'job.pause',
    tag: 'jobs',
    needs: 'operator',
    summary: { zh: '暂停:到时间也不发;已在路上的继续', en: 'Its due times do not happen; what is on its way goes on' },
    params: ofJob,
    body: pauseJob,
    answer: jobRow,
    example: { params: { job: 'store-dashboard' }, body: { reason: '盘点' } },
  }),
  resume: at('post', '/api/jobs/:job/resume', {
    name: 'resume',
    audit: 'job.resume',
    tag: 'jobs',
    needs: 'operator',
    summary: { zh: '恢复:从现在起照常发', en: 'From now on it is due again' },
    params: ofJob,
    answer: jobRow,
    example: { params: { job: 'store-dashboard' } },
  }),
  backfill: at('post', '/api/jobs/:job/backfill', {
    name: 'backfill',
    audit: 'job.backfill',
    tag: 'jobs',
    needs: 'operator',
    summary: {
      zh: '补发一段时间里没发的,标明是补发;有结果的不动',
      en: 'Sends what was not sent in a stretch of the past, marked as late; what has its outcome is left alone',
    },
    params: ofJob,
    body: backfill,
    answer: backfilled,
    example: { params: { job: 'store-dashboard' }, body: { since: '2026-11-20', dryRun: true } },
  }),
  resend: at('post', '/api/runs/:run/resend', {
    name: 'resend',
    audit: 'run.resend',
    tag: 'runs',
    needs: 'operator',
    summary: { zh: '重发没有送达的', en: 'What did not arrive goes out again' },
    params: ofRun,
    body: resend,
    answer: acted,
  }),
  recall: at('post', '/api/runs/:run/recall', {
    name: 'recall',
    audit: 'run.recall',
    tag: 'runs',
    needs: 'operator',
    summary: { zh: '撤回这次运行的消息', en: 'Takes its messages back' },
    params: ofRun,
    answer: acted,
  }),
  cancel: at('post', '/api/runs/:run/cancel', {
    name: 'cancel',
    audit: 'run.cancel',
    tag: 'runs',
    needs: 'operator',
    summary: { zh: '没发的不再发', en: 'What is unsent stays unsent' },
    params: ofRun,
    answer: acted,
  }),
  examine: at('post', '/api/doctor', {
    name: 'examine',
    audit: 'doctor.examine',
    tag: 'doctor',
    needs: 'operator',
    summary: {
      zh: '开始体检:所有要问飞书的;马上回答,结果看 GET /api/doctor',
      en: 'Asks Feishu everything; answers at once, look at GET /api/doctor for the findings',
    },
    answer: examination,
  }),
  workshop: at('post', '/api/workshop', {
    name: 'workshop',
    tag: 'workshop',
    needs: 'operator',
    summary: {
      zh: '画出 YAML 或 JSON 的卡片,指出其中的问题;不发送',
      en: 'Draws a card from YAML or JSON and says what is wrong with it; nothing is sent',
    },
    body: workshop,
    answer: workshopResult,
    example: { body: { text: 'card:\n  title: 你好\n  body:\n    - markdown: 第一张卡片\n' } },
  }),
  workshopSend: at('post', '/api/workshop/send', {
    name: 'workshopSend',
    audit: 'workshop.send',
    tag: 'workshop',
    needs: 'operator',
    summary: { zh: '把这张卡片发给 owner', en: 'The same card to the owner' },
    body: workshop,
    answer: sentToMe,
    idempotent: true,
  }),
  login: at('post', '/api/session', {
    name: 'login',
    audit: 'session.begin',
    tag: 'session',
    needs: 'anybody',
    summary: {
      zh: '用令牌登录:会话放在脚本读不到的 cookie 里',
      en: 'A token for a session, which stands in a cookie that no script can read',
    },
    body: login,
    answer: session,
  }),
  logins: at('get', '/api/login', {
    name: 'logins',
    tag: 'session',
    needs: 'anybody',
    summary: {
      zh: '除了令牌还能怎样登录;在浏览器里打开 path',
      en: 'How people log in beside tokens; `path` is opened in a browser',
    },
    answer: logins,
    example: {},
  }),
  session: at('get', '/api/session', {
    name: 'session',
    tag: 'session',
    needs: 'viewer',
    summary: { zh: '现在是谁在用', en: 'Who is speaking' },
    answer: session,
    example: {},
  }),
  logout: at('delete', '/api/session', {
    name: 'logout',
    audit: 'session.end',
    tag: 'session',
    needs: 'viewer',
    summary: { zh: '退出登录', en: 'The session is over' },
    answer: done,
  }),
  tokens: at('get', '/api/tokens', {
    name: 'tokens',
    tag: 'session',
    needs: 'admin',
    summary: { zh: '所有令牌(不含令牌本身)', en: 'All tokens, without themselves' },
    answer: z.object({ tokens: z.array(token) }),
    example: {},
  }),
  makeToken: at('post', '/api/tokens', {
    name: 'makeToken',
    audit: 'token.make',
    tag: 'session',
    needs: 'admin',
    summary: { zh: '再做一个令牌', en: 'A further token' },
    body: newToken,
    answer: madeToken,
    example: { body: { name: 'dashboard', role: 'viewer' } },
  }),
  revokeToken: at('delete', '/api/tokens/:token', {
    name: 'revokeToken',
    audit: 'token.revoke',
    tag: 'session',
    needs: 'admin',
    summary: { zh: '作废一个令牌,它的登录随之失效', en: 'A token is no longer taken, and its sessions are over' },
    params: z.object({ token: z.string().max(64) }),
    answer: done,
  }),
  audit: at('get', '/api/audit', {
    name: 'audit',
    tag: 'audit',
    needs: 'admin',
    summary: { zh: '谁做过什么,新的在前', en: 'Who did what, newest first' },
    query: z.object({ ...paging }),
    answer: page(auditEntry),
    example: {},
  }),
} as const;
