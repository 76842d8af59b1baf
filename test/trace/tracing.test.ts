import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { traceEndpoint } from '../../src/trace/endpoint.ts';
import { createProject } from '../support/project.ts';

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** Takes traces as OTLP over HTTP, in JSON. */
const startCollector = async (t: TestContext, status = 200) => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(`${request.url} ${body}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const spans = (): SentSpan[] =>
    bodies.flatMap((body) =>
      JSON.parse(body.slice(body.indexOf(' '))).resourceSpans.flatMap((of: { scopeSpans: { spans: SentSpan[] }[] }) =>
        of.scopeSpans.flatMap(({ spans: each }) => each),
      ),
    );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, spans };
};

const JOB = 'to: [ou_a, ou_left]\ndata:\n  stores:\n    rows: [{ name: 一店 }]\ntext: "{{ stores.first.name }}"\n';

it('one trace a run, with its id: the source, the message, each try with code and log id', async (t) => {
  const collector = await startCollector(t);
  const faults = [parseFault('230013:recipient=ou_left')];
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/sales.yaml': JOB }, sandbox.url);
  const ended = await project.larkcron(['run', 'sales', '--json'], { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const { id } = JSON.parse(ended.stdout).run;
  assert.match(collector.bodies[0] ?? '', /^\/v1\/traces /);
  const spans = collector.spans().filter(({ traceId }) => traceId === id.replaceAll('-', ''));
  const root = spans.find(({ name }) => name === 'run sales');
  assert.ok(root !== undefined && (root.parentSpanId ?? '') === '');
  assert.equal(root.status.code, 2, 'partial');
  const beneath = spans.filter(({ parentSpanId }) => parentSpanId === root.spanId);
  assert.deepEqual(beneath.map(({ name }) => name).sort(), ['card', 'source stores', 'try', 'try']);
  for (const { startTimeUnixNano: from, endTimeUnixNano: to } of spans) assert.ok(BigInt(from) <= BigInt(to));
  const of = ({ attributes }: SentSpan, wanted: string): unknown =>
    Object.values(attributes.find(({ key }) => key === wanted)?.value ?? {})[0];
  const refused = beneath.find((span) => of(span, 'larkcron.recipient') === 'ou_left');
  assert.ok(refused !== undefined);
  assert.equal(String(of(refused, 'feishu.code')), '230013');
  assert.match(String(of(refused, 'feishu.log_id')), /\w+/);
  assert.doesNotMatch(collector.bodies.join(), /top-secret-1234/);
});

it('a collector that refuses, and one that is not there, cost the message nothing, and it is said once', async (t) => {
  const collector = await startCollector(t, 400);
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/sales.yaml': JOB }, sandbox.url);
  for (const url of [collector.url, 'http://127.0.0.1:9']) {
    const { code, stderr } = await project.larkcron(['run', 'sales'], { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    assert.equal(code, 0, stderr);
    assert.equal(stderr.match(/The traces did not get to/g)?.length, 1, stderr);
  }
});

it('where they go is what the standard variables say', () => {
  const at = (environment: Record<string, string>) => traceEndpoint(environment);
  assert.equal(at({}), null);
  assert.equal(at({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/' }), 'http://c:4318/v1/traces');
  assert.equal(
    at({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t/x' }),
    'http://t/x',
  );
  assert.equal(at({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }), null);
});
