import { receivedContext } from './header-propagator.ts';
import { SpanContext } from './span-context.ts';
import { TraceOptions } from './trace-options.ts';

const LENGTH = 29;
const VERSION = '00';
const INVALID_SPAN_ID = '0000000000000000';

/** The version, and each field after its number. */
const FORM = /^0000(?<traceId>.{32})01(?<spanId>.{16})02(?<options>.{2})$/;

/**
 * OpenCensus's binary form, 29 bytes: version 0, then `0` and the trace id, `1` and the span id, `2` and the options.
 *
 * <https://github.com/census-instrumentation/opencensus-specs/blob/master/encodings/BinaryEncoding.md>
 */
export class BinaryFormatPropagator {
  /** Where in which trace the caller is; the beginning of a new trace for anything else. Never throws. */
  fromHeader(binary: Uint8Array | null | undefined): SpanContext {
    const digits = binary?.length === LENGTH ? Buffer.from(binary).toString('hex') : '';
    const { traceId, spanId, options } = FORM.exec(digits)?.groups ?? {};
    if (traceId === undefined) return new SpanContext();
    return receivedContext(traceId, spanId, new TraceOptions(options));
  }

  /** The 29 bytes; outside any span the span id is 0. */
  toHeader({ traceId, spanId, traceOptions }: SpanContext): Uint8Array {
    const options = traceOptions.byte.toString(16).padStart(2, '0');
    return Buffer.from(`${VERSION}00${traceId}01${spanId ?? INVALID_SPAN_ID}02${options}`, 'hex');
  }
}
