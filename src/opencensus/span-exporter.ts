import type { Context, Span as OpenTelemetrySpan, SpanOptions } from '@opentelemetry/api';
import type { SpanData } from './span-data.ts';

/** Takes spans that have ended. */
export interface SpanExporter {
  /** Called at the end of each span with it and the spans made with `Span.span`, innermost first. */
  export(spanDatas: readonly SpanData[]): void;
}

/** Makes the spans of OpenTelemetry that are behind those of OpenCensus. */
export interface SpanSource {
  /** Starts a span under the one of `parent`, or the first of the trace `traceId` when there is none. */
  startSpan(name: string, options: SpanOptions, parent: Context, traceId: string): OpenTelemetrySpan;
}
