import { describeApi, ROUTES } from '../../src/web/openapi.ts';
import type { Route } from '../../src/web/routes/route.ts';

const TAGS: Readonly<Record<string, string>> = {
  today: '今天 · Today',
  jobs: '任务 · Jobs',
  runs: '运行 · Runs',
  deliveries: '投递 · Deliveries',
  incidents: '故障 · Incidents',
  recipients: '收件人 · Recipients',
  calendar: '日历 · Calendar',
  doctor: '体检 · Doctor',
  workshop: '卡片工坊 · Card workshop',
  session: '登录与令牌 · Sessions and tokens',
  audit: '操作记录 · Audit',
};

/** An example as a path with its query. */
export const examplePath = ({ path, example }: Pick<Route, 'path' | 'example'>): string => {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => String(example?.params?.[name] ?? ''));
  const query = new URLSearchParams(
    Object.entries(example?.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return query === '' ? filled : `${filled}?${query}`;
};

const curl = (route: Route): string => {
  const { method, example } = route;
  const body =
    example?.body === undefined ? '' : ` -H 'content-type: application/json' -d '${JSON.stringify(example.body)}'`;
  const verb = method === 'get' ? '' : ` -X ${method.toUpperCase()}`;
  return `curl${verb} -H "Authorization: Bearer $LARKCRON_TOKEN"${body} 'http://127.0.0.1:8420${examplePath(route)}'`;
};

const names = (shape: Readonly<Record<string, unknown>>): string =>
  Object.keys(shape)
    .map((name) => `\`${name}\``)
    .join(' ');

const entry = (route: Route): string => {
  const { method, path, needs, summary, query, idempotent, example } = route;
  const asks = names(query.shape);
  return [
    `### ${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    '',
    `${summary.zh}。 · ${summary.en}.`,
    '',
    `- 角色 · role: ${needs === 'anybody' ? '不需要令牌 · no token' : `\`${needs}\``}`,
    ...(asks === '' ? [] : [`- 查询 · query: ${asks}`]),
    ...(idempotent === true
      ? ['- `Idempotency-Key`: 七天内同一个键就是同一次 · the same key within seven days is the same act']
      : []),
    ...(example === undefined ? [] : ['', '```sh', curl(route), '```']),
    '',
  ].join('\n');
};

/** docs/reference/api.md */
export const apiPage = (): string =>
  [
    '# API',
    '',
    '由代码生成(`npm run docs`),每个例子都由测试试过。完整的形状见 [openapi.json](openapi.json)(OpenAPI 3.1;运行时在 `/api/openapi.json`)。',
    '',
    'Made from the code (`npm run docs`); a test tries each example. The whole shapes are in [openapi.json](openapi.json) (OpenAPI 3.1; at work: `/api/openapi.json`).',
    '',
    '- 令牌 · token: `larkcron console token`,`Authorization: Bearer …`',
    '- 时间是 UTC 带毫秒,时长是毫秒 · times are UTC with milliseconds, durations milliseconds',
    '- 错误是 `application/problem+json`,语言由 `Accept-Language` 决定 · errors are `application/problem+json`, in the language of `Accept-Language`',
    '- 分页:把上一页的 `next` 放进 `cursor` · pages: `next` of the page before goes into `cursor`',
    '- 实时更新:`GET /api/events`(SSE,事件 `change`)· live changes: `GET /api/events` (SSE, event `change`)',
    '- 浏览器的会话要带 `X-CSRF-Token` · sessions of a browser send `X-CSRF-Token`',
    '',
    ...Object.entries(TAGS).flatMap(([tag, title]) => [
      `## ${title}`,
      '',
      ...ROUTES.filter((route) => route.tag === tag).map(entry),
    ]),
  ].join('\n');

/** docs/reference/openapi.json */
export const apiDescription = (): string => `${JSON.stringify(describeApi(), null, 2)}\n`;
