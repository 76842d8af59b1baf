/**
 * Where traces go, by the variables every program has for it: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT as it is, else
 * OTEL_EXPORTER_OTLP_ENDPOINT with `/v1/traces`. Null: nowhere, or OTEL_SDK_DISABLED is `true`.
 * (OpenTelemetry: "OTLP Exporter Configuration".)
 */
export const traceEndpoint = (environment: Readonly<Record<string, string | undefined>>): string | null => {
  if (environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return null;
  const own = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  if (own !== undefined && own !== '') return own;
  const all = environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return all === undefined || all === '' ? null : `${all.replace(/\/$/, '')}/v1/traces`;
};
