import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { Clock } from '../base/clock.ts';
import type { LogEvent } from '../model/log-event.ts';
import type { Run, RunState } from '../model/run.ts';
import type { Ms } from '../model/time.ts';

/** A push must not wait longer for those who watch it. */
const PATIENCE: Ms = 3_000;

/** A run's id is the id of its trace, so that who has the one finds the other; the run itself is its first span. */
const idsOf = (run: string): { readonly traceId: string; readonly spanId: string } => {
  const hex = run.replaceAll('-', '');
  return { traceId: hex, spanId: hex.slice(-16) };
};

/** Run states that somebody has to look at. */
const FAULTY: readonly RunState[] = ['failed', 'partial', 'unknown', 'missed'];

/** A span that is over. */
interface Told {
  readonly from: Ms;
  readonly to: Ms;
  readonly attributes: Attributes;
  readonly fault?: string | null;
}

export interface Tracing {
  readonly watch: (event: LogEvent) => void;
  /** what is left goes out, within three seconds */
  readonly close: () => Promise<void>;
}

/**
 * One trace a run: each source, the making of the message, each try of each delivery. Made of the events that the log is
 * made of. `url` takes OTLP over HTTP as JSON. `tell` hears once if it does not take them: nothing else suffers by it.
 */
export const createTracing = ({
  url,
  clock,
  environment,
  version,
  hide,
  tell,
}: {
  readonly url: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly hide: (text: string) => string;
  readonly tell: (why: string) => void;
}): Tracing => {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: PATIENCE });
  let told = false;
  const telling: SpanExporter = {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== 0 && !told) {
          told = true;
          tell(hide(result.error?.message ?? '?'));
        }
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
  };
  const random = new RandomIdGenerator();
  let next: { readonly traceId: string; readonly spanId: string } | null = null;
  const ids: IdGenerator = {
    generateTraceId: () => next?.traceId ?? random.generateTraceId(),
    generateSpanId: () => next?.spanId ?? random.generateSpanId(),
  };
  const provider = new BasicTracerProvider({
    idGenerator: ids,
    resource: resourceFromAttributes({
      'service.name': environment['OTEL_SERVICE_NAME'] || 'larkcron',
      'service.version': version,
    }),
    spanProcessors: [new BatchSpanProcessor(telling)],
  });
  const tracer = provider.getTracer('larkcron', version);

  const shown = (attributes: Attributes): Attributes =>
    Object.fromEntries(
      Object.entries(attributes)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [name, typeof value === 'string' ? hide(value) : value]),
    );
  const write = (
    name: string,
    { from, to, attributes, fault = null }: Told,
    options: SpanOptions,
    of: Context,
  ): void => {
    const span = tracer.startSpan(name, { ...options, startTime: from, attributes: shown(attributes) }, of);
    if (fault !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: hide(fault) });
    span.end(to);
  };
  /** Beneath a run, whichever process has it by now: who knows the run knows its ids. */
  const child = (run: string, name: string, told: Told, kind = SpanKind.INTERNAL): void =>
    write(
      name,
      told,
      { kind },
      trace.setSpanContext(ROOT_CONTEXT, { ...idsOf(run), traceFlags: TraceFlags.SAMPLED, isRemote: false }),
    );
  /** The run itself is told when it has ended, by whoever sees that; one that is resent ends again, and later. */
  const ended = (run: Run): void => {
    next = idsOf(run.id);
    const told: Told = {
      from: run.startedAt ?? run.createdAt,
      to: run.finishedAt ?? clock.now(),
      attributes: {
        'larkcron.run': run.id,
        'larkcron.job': run.job ?? undefined,
        'larkcron.kind': run.kind,
        'larkcron.trigger': run.trigger,
        'larkcron.due': run.dueAt === null ? undefined : new Date(run.dueAt).toISOString(),
        'larkcron.state': run.state,
        'larkcron.reason': run.reason?.code,
      },
      fault: FAULTY.includes(run.state) ? (run.reason?.message.en ?? run.state) : null,
    };
    write(`run ${run.job ?? run.kind}`, told, { root: true }, ROOT_CONTEXT);
    next = null;
  };
  /** When what its message is made from was there, of the runs that are being prepared here. */
  const ready = new Map<string, Ms>();

  const watch = (event: LogEvent): void => {
    const now = clock.now();
    if (event.event === 'run.started') ready.set(event.run.id, now);
    else if (event.event === 'source.read' && event.run !== null) {
      ready.set(event.run.id, now);
      const attributes = { 'larkcron.dataset': event.dataset, 'larkcron.rows': event.rows };
      child(event.run.id, `source ${event.dataset}`, { from: now - event.tookMs, to: now, attributes });
    } else if (event.event === 'run.planned') {
      const attributes = { 'larkcron.deliveries': event.deliveries };
      child(event.run.id, 'card', { from: ready.get(event.run.id) ?? now, to: now, attributes });
      ready.delete(event.run.id);
    } else if (event.event === 'run.again') ready.delete(event.run.id);
    else if (event.event === 'delivery.tried') {
      const { delivery, outcome, tookMs } = event;
      const attributes = {
        'larkcron.delivery': delivery.id,
        'larkcron.recipient': delivery.recipient,
        'larkcron.part': delivery.part,
        'larkcron.outcome': outcome.is,
        'http.response.status_code': outcome.http ?? undefined,
        'feishu.code': outcome.code ?? undefined,
        'feishu.log_id': outcome.logId ?? undefined,
      };
      const fault = outcome.is === 'delivered' ? null : (outcome.msg ?? outcome.is);
      child(delivery.run, 'try', { from: now - tookMs, to: now, attributes, fault }, SpanKind.CLIENT);
    } else if (event.event === 'run.ended') {
      ready.delete(event.run.id);
      ended(event.run);
    }
  };

  return {
    watch,
    close: async () => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE);
      });
      await Promise.race([provider.shutdown().catch(() => {}), enough]);
      clearTimeout(timer);
    },
  };
};
