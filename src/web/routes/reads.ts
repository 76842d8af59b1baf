import { jobDays, jobDetail, jobRow, jobTimes, preview } from '../schemas/job.ts';
import { calendar, examination, found, recipients } from '../schemas/people.ts';
import { between, day, deliveryState, jobName, listOf, page, paging, runId, runState } from '../schemas/primitives.ts';
import { delivery, deliveryWithTries, run, runStory, sentContents } from '../schemas/run.ts';
import { status } from '../schemas/status.ts';
import { incidents, today } from '../schemas/today.ts';
import { z } from '../schemas/zod.ts';
import type { Route } from './route.ts';

const NOTHING = z.object({});
const ofJob = z.object({ job: jobName });
const ofRun = z.object({ run: runId });

const read = <
  Params extends z.ZodObject = typeof NOTHING,
  Query extends z.ZodObject = typeof NOTHING,
  Answer extends z.ZodType = z.ZodType,
>(
  path: string,
  {
    params,
    query,
    ...more
  }: Pick<Route<Params, Query, z.ZodNull, Answer>, 'name' | 'tag' | 'summary' | 'answer' | 'example'> & {
    params?: Params;
    query?: Query;
    needs?: 'operator';
  },
): Route<Params, Query, z.ZodNull, Answer> => ({
  method: 'get',
  path,
  needs: 'viewer',
  params: params ?? (NOTHING as unknown as Params),
  query: query ?? (NOTHING as unknown as Query),
  body: null,
  ...more,
});

export const MOST_DAYS = 400;

/** What is looked at; nothing of it changes anything. */
export const reads = {
  today: read('/api/today', {
    name: 'today',
    tag: 'today',
    summary: {
      zh: '一天里的应发时间和结果、未恢复的故障、配额、进程',
      en: 'The due times of a day with their outcomes, open incidents, quotas, processes',
    },
    query: z.object({ day: day.optional().openapi({ description: "left out: today, in the project's time zone" }) }),
    answer: today,
    example: {},
  }),
  status: read('/api/status', {
    name: 'status',
    tag: 'today',
    summary: {
      zh: '谁在工作,什么在等,哪里不对:larkcron status 的内容',
      en: 'Who is at work, what waits, what is wrong: what larkcron status says',
    },
    answer: status,
    example: {},
  }),
  jobs: read('/api/jobs', {
    name: 'jobs',
    tag: 'jobs',
    summary: {
      zh: '所有任务:时间表的说法、下次、最近的运行',
      en: 'All jobs, with their schedules in words, next due times and latest runs',
    },
    answer: z.object({ jobs: z.array(jobRow) }),
    example: {},
  }),
  job: read('/api/jobs/:job', {
    name: 'job',
    tag: 'jobs',
    summary: {
      zh: '一个任务:设置和其中的错误、接下来的应发时间',
      en: 'One job: its settings with their faults, its coming due times',
    },
    params: ofJob,
    answer: jobDetail,
    example: { params: { job: 'store-dashboard' } },
  }),
  preview: read('/api/jobs/:job/preview', {
    name: 'preview',
    tag: 'jobs',
    summary: {
      zh: '用真实数据画出现在会发的消息,不发给任何人',
      en: 'The message as it would look now, with real data; sent to nobody',
    },
    params: ofJob,
    query: z.object({
      due: z.string().max(40).optional().openapi({ description: 'ISO 8601, `18:00`, or `last`' }),
      for: z.string().max(200).optional().openapi({ description: 'whose message, where everybody has their own' }),
    }),
    answer: preview,
    example: { params: { job: 'store-dashboard' } },
  }),
  jobDays: read('/api/jobs/:job/days', {
    name: 'jobDays',
    tag: 'jobs',
    summary: { zh: '按天统计运行的结果,用来画日历', en: 'How its runs ended, by day: for a calendar' },
    params: ofJob,
    query: z.object({ since: day, until: day.openapi({ description: `included; at most ${MOST_DAYS} days` }) }),
    answer: jobDays,
    example: { params: { job: 'store-dashboard' }, query: { since: '2026-11-01', until: '2026-11-30' } },
  }),
  jobTimes: read('/api/jobs/:job/times', {
    name: 'jobTimes',
    tag: 'jobs',
    summary: {
      zh: '最近的运行晚了多久、用了多久,用来画图',
      en: 'How late its latest runs began, and how long they took: for charts',
    },
    params: ofJob,
    query: z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(200) }),
    answer: jobTimes,
    example: { params: { job: 'store-dashboard' } },
  }),
  runs: read('/api/runs', {
    name: 'runs',
    tag: 'runs',
    summary: { zh: '运行,新的在前', en: 'Runs, newest first' },
    query: z.object({
      job: jobName.optional(),
      state: listOf(runState).openapi({ example: 'failed,partial' }),
      ...between,
      ...paging,
    }),
    answer: page(run),
    example: { query: { job: 'store-dashboard', limit: '20' } },
  }),
  run: read('/api/runs/:run', {
    name: 'run',
    tag: 'runs',
    summary: {
      zh: '一次运行的经过,含每条投递和每次尝试',
      en: 'The story of one run, with every delivery and every try',
    },
    params: ofRun,
    answer: runStory,
  }),
  sent: read('/api/runs/:run/contents', {
    name: 'sent',
    tag: 'runs',
    summary: { zh: '发出去的内容:画面和 JSON', en: 'What was sent, drawn and as JSON' },
    params: ofRun,
    answer: sentContents,
  }),
  deliveries: read('/api/deliveries', {
    name: 'deliveries',
    tag: 'deliveries',
    summary: {
      zh: '投递,新的在前;限于一次运行时按生成的先后',
      en: 'Deliveries, newest first; of one run: in the order they were made',
    },
    query: z.object({
      run: runId.optional(),
      job: jobName.optional(),
      recipient: z.string().max(200).optional(),
      state: listOf(deliveryState).openapi({ example: 'rejected,unknown' }),
      code: z.coerce.number().int().optional().openapi({ example: 230013 }),
      ...between,
      ...paging,
    }),
    answer: page(delivery),
    example: { query: { state: 'rejected', limit: '20' } },
  }),
  delivery: read('/api/deliveries/:delivery', {
    name: 'delivery',
    tag: 'deliveries',
    summary: { zh: '一条投递和它的每次尝试', en: 'One delivery with its tries' },
    params: z.object({ delivery: z.string().max(64) }),
    answer: deliveryWithTries,
  }),
  incidents: read('/api/incidents', {
    name: 'incidents',
    tag: 'incidents',
    summary: { zh: '正在失败的,和最近恢复的', en: 'What fails, and what has recovered lately' },
    query: z.object({ since: between.since.openapi({ description: 'of the closed ones; left out: a week' }) }),
    answer: incidents,
    example: {},
  }),
  recipients: read('/api/recipients', {
    name: 'recipients',
    tag: 'recipients',
    summary: { zh: '谁会收到什么,谁收不到', en: 'Who gets what, and who could not be reached' },
    answer: recipients,
    example: {},
  }),
  findPeople: read('/api/recipients/search', {
    name: 'findPeople',
    // any number that is asked about is a person found: more than a look at what is sent
    needs: 'operator',
    tag: 'recipients',
    summary: {
      zh: '问飞书:按名字找机器人所在的群,按邮箱或手机号找人',
      en: "Asks Feishu: the bot's groups by a part of their names, a person by e-mail address or mobile number",
    },
    query: z.object({ query: z.string().trim().max(200).default(''), app: z.string().max(100).optional() }),
    answer: found,
    example: { query: { query: '' } },
  }),
  calendar: read('/api/calendar', {
    name: 'calendar',
    tag: 'calendar',
    summary: { zh: '一年的日历:工作日、调休上班、哪天发什么', en: 'A year: workdays, make-up days, and what runs' },
    query: z.object({
      year: z.coerce.number().int().min(1900).max(9999).optional(),
      calendar: z.string().max(100).default('cn-workdays'),
    }),
    answer: calendar,
    example: { query: { year: '2026' } },
  }),
  doctor: read('/api/doctor', {
    name: 'doctor',
    tag: 'doctor',
    summary: {
      zh: '启动以来最近一次体检,或正在进行的一次',
      en: 'The latest examination since the start, or the one under way',
    },
    answer: examination,
    example: {},
  }),
} as const;
