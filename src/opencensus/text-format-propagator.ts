import { HeaderPropagator, receivedContext, type HeaderReader, type IncomingHeaders } from './header-propagator.ts';
import type { SpanContext } from './span-context.ts';
import { TraceOptions } from './trace-options.ts';

const TRACE_ID = 'opencensus-trace-traceid';
const SPAN_ID = 'opencensus-trace-spanid';
const OPTIONS = 'opencensus-trace-traceoptions';

/**
 * OpenCensus's own names `opencensus-trace-traceid`, `-spanid` and `-traceoptions`, in any map of texts. Without options
 * the caller's trace is sampled.
 */
export class TextFormatPropagator extends HeaderPropagator {
  /** The same as `fromHeaders`. */
  fromCarrier(carrier: IncomingHeaders | null | undefined): SpanContext {
    return this.fromHeaders(carrier);
  }

  /** Writes into a carrier, and gives it back. */
  toCarrier<Carrier extends Record<string, unknown>>(spanContext: SpanContext, carrier: Carrier): Carrier {
    return Object.assign(carrier, this.toHeaders(spanContext));
  }

  override toHeaders({ traceId, spanId, traceOptions }: SpanContext): Record<string, string> {
    return { [TRACE_ID]: traceId, ...(spanId !== null && { [SPAN_ID]: spanId }), [OPTIONS]: String(traceOptions.byte) };
  }

  override fields(): string[] {
    return [TRACE_ID, SPAN_ID, OPTIONS];
  }

  protected override read(header: HeaderReader): SpanContext | undefined {
    const found = receivedContext(header(TRACE_ID), header(SPAN_ID), new TraceOptions(Number(header(OPTIONS) ?? '1')));
    return found.fromHeader ? found : undefined;
  }
}
