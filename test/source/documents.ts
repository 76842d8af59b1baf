import type { TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { createHttp } from '../../src/base/http.ts';
import { bitable, sheet } from '../../src/config/documents.ts';
import type { Reading } from '../../src/config/shape.ts';
import { text } from '../../src/config/shape.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import { createFeishu } from '../../src/feishu/client.ts';
import { createDocuments } from '../../src/feishu/documents.ts';
import { createMemoryTokens } from '../../src/feishu/token.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Problem } from '../../src/model/errors.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';
import { sourceContext } from '../support/source-context.ts';

/** Documents of the sandbox, read over HTTP as a job would; time passes only in name. */
export const readDocuments = async (t: TestContext, { scopes }: { scopes?: readonly string[] } = {}) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    ...(scopes === undefined ? {} : { scopes }),
  });
  t.after(() => sandbox.close());
  const http = createHttp();
  t.after(http.close);
  const app = { name: 'default', id: 'cli_test', secret: 's', endpoint: sandbox.url };
  const feishu = createFeishu({ app, http, store: createMemoryTokens(), clock: systemClock, proxy: null });
  const waits: number[] = [];
  const calls: string[] = [];
  const ask = createDocuments({ feishu: (name) => (name === 'default' ? feishu : null), turn: async () => {} });
  const read = async (kind: 'bitable' | 'sheet', yaml: string, timezone = 'Asia/Shanghai'): Promise<Dataset> => {
    const problems: Problem[] = [];
    const node = parseYaml(yaml, 'job.yaml', problems);
    const reading: Reading = { environment: {}, problems, webhooks: new Map() };
    if (node === null) throw new Error(`no YAML: ${yaml}`);
    const spec =
      kind === 'bitable'
        ? { source: 'bitable' as const, value: bitable.read(node, reading, '') }
        : { source: 'sheet' as const, value: sheet(text()).read(node, reading, '') };
    if (spec.value === null) throw problems[0];
    return fetchSource(
      { at: null, source: spec.source, ...spec.value } as never,
      sourceContext({
        askFeishu: async (name, call) => {
          calls.push(`${call.method} ${call.path}`);
          return ask(name, call);
        },
        job: { app: 'default', timezone, lang: 'zh' },
        now: Date.now,
        monotonic: () => performance.now(),
        sleep: async (ms) => void waits.push(ms),
      }),
    );
  };
  return { sandbox, read, waits, calls, fault: (written: string) => sandbox.addFault(parseFault(written)) };
};
