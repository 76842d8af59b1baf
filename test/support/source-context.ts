import { createHttp } from '../../src/base/http.ts';
import type { SourceContext } from '../../src/source/source.ts';

const http = createHttp();

/** What a source is read with where only the source matters: templates are their own text, clocks stand still. */
export const sourceContext = (more: Partial<SourceContext> = {}): SourceContext => ({
  seen: () => ({}),
  fillText: ({ source }) => source,
  fillValue: (param) =>
    typeof param === 'object' && param !== null && 'source' in param ? String(param['source']) : (param as string),
  http,
  env: {},
  directory: '/nowhere',
  onlyPublic: false,
  askFeishu: async () => {
    throw new Error('there is no Feishu here');
  },
  job: { app: 'default', timezone: 'Asia/Shanghai', lang: 'zh' },
  proxyFor: () => null,
  signal: new AbortController().signal,
  now: () => 0,
  monotonic: () => 0,
  sleep: async () => {},
  ...more,
});
