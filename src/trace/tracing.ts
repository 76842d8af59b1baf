import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
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
import type { Run } from '../model/run.ts';
import type { Ms } from '../model/time.ts';

/** A push must not wait longer for those who watch it. */
const PATIENCE: Ms = 3_000;

/** A run's id is the id of its trace, so that who has the one finds the other; the run itself is its first span. */
const idsOf = (run: string): { readonly traceId: string; readonly spanId: string } => {
  const hex = run.replaceAll('-', '');
  return { traceId: hex, spanId: hex.slice(-16) };
};

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
  /** the runs that began here, and when the latest of their sources had been read */
  const open = new Map<string, { readonly span: Span; read: Ms }>();

  const shown = (attributes: Attributes): Attributes =>
    Object.fromEntries(
      Object.entries(attributes)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [name, typeof value === 'string' ? hide(value) : value]),
    );
  /** Beneath a run, also one whose process is gone: what others do for it is of the same trace. */
  const beneath = (run: string) =>
    trace.setSpanContext(ROOT_CONTEXT, { ...idsOf(run), traceFlags: TraceFlags.SAMPLED, isRemote: false });
  const child = (
    run: string,
    name: string,
    { from, to, attributes, fault }: { from: Ms; to: Ms; attributes: Attributes; fault?: string | null },
  ): void => {
    const kind = name === 'try' ? SpanKind.CLIENT : SpanKind.INTERNAL;
    const span = tracer.startSpan(name, { startTime: from, kind, attributes: shown(attributes) }, beneath(run));
    if (fault) span.setStatus({ code: SpanStatusCode.ERROR, message: hide(fault) });
    span.end(to);
  };
  const begin = (run: Run): void => {
    next = idsOf(run.id);
    const attributes = shown({
      'larkcron.run': run.id,
      'larkcron.job': run.job ?? undefined,
      'larkcron.kind': run.kind,
      'larkcron.trigger': run.trigger,
      'larkcron.due': run.dueAt === null ? undefined : new Date(run.dueAt).toISOString(),
    });
    const at = clock.now();
    const span = tracer.startSpan(
      `run ${run.job ?? run.kind}`,
      { startTime: at, root: true, attributes },
      ROOT_CONTEXT,
    );
    next = null;
    open.set(run.id, { span, read: at });
  };
  const end = (run: Run): void => {
    const begun = open.get(run.id);
    if (begun === undefined) return;
    open.delete(run.id);
    begun.span.setAttributes(shown({ 'larkcron.state': run.state, 'larkcron.reason': run.reason?.code }));
    if (['failed', 'partial', 'unknown', 'missed'].includes(run.state))
      begun.span.setStatus({ code: SpanStatusCode.ERROR, message: hide(run.reason?.message.en ?? run.state) });
    begun.span.end(clock.now());
  };

  const watch = (event: LogEvent): void => {
    const now = clock.now();
    if (event.event === 'run.started') begin(event.run);
    else if (event.event === 'source.read' && event.run !== null) {
      const begun = open.get(event.run.id);
      if (begun !== undefined) begun.read = now;
      const attributes = { 'larkcron.dataset': event.dataset, 'larkcron.rows': event.rows };
      child(event.run.id, `source ${event.dataset}`, { from: now - event.tookMs, to: now, attributes });
    } else if (event.event === 'run.planned')
      child(event.run.id, 'card', {
        from: open.get(event.run.id)?.read ?? now,
        to: now,
        attributes: { 'larkcron.deliveries': event.deliveries },
      });
    else if (event.event === 'delivery.tried') {
      const { delivery, outcome, tookMs } = event;
      child(delivery.run, 'try', {
        ...{ from: now - tookMs, to: now },
        attributes: {
          'larkcron.delivery': delivery.id,
          'larkcron.recipient': delivery.recipient,
          'larkcron.part': delivery.part,
          'larkcron.outcome': outcome.is,
          'http.response.status_code': outcome.http ?? undefined,
          'feishu.code': outcome.code ?? undefined,
          'feishu.log_id': outcome.logId ?? undefined,
        },
        fault: outcome.is === 'delivered' ? null : (outcome.msg ?? outcome.is),
      });
    } else if (event.event === 'run.ended') end(event.run);
  };

  return {
    watch,
    close: async () => {
      for (const { span } of open.values()) span.end(clock.now());
      open.clear();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE);
      });
      await Promise.race([provider.shutdown().catch(() => {}), enough]);
      clearTimeout(timer);
    },
  };
};
