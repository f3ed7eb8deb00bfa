import { SpanKind as OpenTelemetryKind } from '@opentelemetry/api';

/** What a span does in its trace. */
export const SpanKind: { readonly UNSPECIFIED: 0; readonly SERVER: 1; readonly CLIENT: 2 } = {
  UNSPECIFIED: 0,
  SERVER: 1,
  CLIENT: 2,
};

/** OpenTelemetry's kind for one of OpenCensus. */
export function toOpenTelemetryKind(kind: number): OpenTelemetryKind {
  if (kind === SpanKind.SERVER) return OpenTelemetryKind.SERVER;
  return kind === SpanKind.CLIENT ? OpenTelemetryKind.CLIENT : OpenTelemetryKind.INTERNAL;
}
