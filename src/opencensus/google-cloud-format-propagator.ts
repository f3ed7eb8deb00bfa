import { HeaderPropagator, receivedContext, type HeaderReader } from './header-propagator.ts';
import type { SpanContext } from './span-context.ts';
import { TraceOptions } from './trace-options.ts';

const HEADER = 'X-Cloud-Trace-Context';
const FORM = /(?<traceId>[0-9a-f]{32})(?:\/(?<spanId>\d{0,20}))?(?:;o=(?<options>\d+))?/;

/**
 * Google Cloud's header `X-Cloud-Trace-Context: TRACE_ID/SPAN_ID;o=OPTIONS`, with the span id as a decimal number. Without
 * options the trace is sampled.
 */
export class GoogleCloudFormatPropagator extends HeaderPropagator {
  override toHeaders(spanContext: SpanContext): Record<string, string> {
    return { [HEADER]: this.toHeader(spanContext) };
  }

  /** The value of the header, without a span id outside any span. */
  toHeader({ traceId, spanId, traceOptions }: SpanContext): string {
    const span = spanId === null ? '' : `/${BigInt(`0x${spanId}`)}`;
    return `${traceId}${span};o=${traceOptions.byte}`;
  }

  /** Reads the value of the header. */
  fromHeader(header: string | null | undefined): SpanContext {
    return this.fromHeaders({ [HEADER]: header ?? undefined });
  }

  override fields(): string[] {
    return [HEADER.toLowerCase()];
  }

  protected override read(header: HeaderReader): SpanContext | undefined {
    const { traceId, spanId, options = '1' } = FORM.exec(header(HEADER.toLowerCase()) ?? '')?.groups ?? {};
    if (traceId === undefined) return undefined;
    return receivedContext(traceId, toHexadecimal(spanId), toTraceOptions(options));
  }
}

/** A number of more than 64 bits gets more digits than a span id has. */
function toHexadecimal(decimal: string | undefined): string | undefined {
  return decimal === undefined ? undefined : BigInt(decimal).toString(16).padStart(16, '0');
}

/** What is no byte counts as 1. */
function toTraceOptions(decimal: string): TraceOptions {
  const number = Number(decimal);
  return new TraceOptions(number > 0xff ? 1 : number);
}
