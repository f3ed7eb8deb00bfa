import { trace, TraceFlags, type TracerProvider } from '@opentelemetry/api';
import { VERSION } from '../index.ts';
import { randomHex } from './random-ids.ts';
import type { SpanSource } from './span-exporter.ts';

/** The name under which this library asks for tracers. */
export const SCOPE_NAME = 'azure-monitor-bridge/opencensus';

/** Spans that only have ids: behind those that an exporter of OpenCensus takes. */
export const SAMPLED_IDS: SpanSource = idsOf(TraceFlags.SAMPLED);

/** Spans that only have ids, of traces that are not sampled. */
export const UNSAMPLED_IDS: SpanSource = idsOf(TraceFlags.NONE);

/** The application's own spans: its sampler decides, and the ids of traces are its own. */
export function spansOf(tracerProvider: TracerProvider): SpanSource {
  const tracer = tracerProvider.getTracer(SCOPE_NAME, VERSION);
  return { startSpan: (name, options, parent) => tracer.startSpan(name, options, parent) };
}

function idsOf(traceFlags: TraceFlags): SpanSource {
  return {
    startSpan: (_name, _options, parent, traceId) => {
      const parentContext = trace.getSpanContext(parent);
      return trace.wrapSpanContext({ traceId, ...parentContext, spanId: randomHex(8), traceFlags, isRemote: false });
    },
  };
}
