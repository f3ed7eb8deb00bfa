import { HeaderPropagator, receivedContext, type HeaderReader } from './header-propagator.ts';
import type { SpanContext } from './span-context.ts';
import { TraceOptions } from './trace-options.ts';

const TRACE_ID = 'x-b3-traceid';
const SPAN_ID = 'x-b3-spanid';
const SAMPLED = 'x-b3-sampled';

const INVALID_SPAN_ID = '0000000000000000';

/** `true` is from before the standard, `d` asks for debugging. */
const YES = ['1', 'd', 'true'];

/**
 * Zipkin's headers: writes `x-b3-traceid`, `x-b3-spanid` and `x-b3-sampled`, and reads these or the single `b3`. Without
 * a decision of the caller the trace is not sampled yet.
 *
 * <https://github.com/openzipkin/b3-propagation>
 */
export class B3FormatPropagator extends HeaderPropagator {
  override toHeaders({ traceId, spanId, traceOptions }: SpanContext): Record<string, string> {
    return {
      [TRACE_ID]: traceId,
      [SPAN_ID]: spanId ?? INVALID_SPAN_ID,
      [SAMPLED]: traceOptions.enabled ? '1' : '0',
    };
  }

  override fields(): string[] {
    return [TRACE_ID, SPAN_ID, SAMPLED];
  }

  protected override read(header: HeaderReader): SpanContext | undefined {
    const single = header('b3') ?? '';
    const found = single === '' ? [header(TRACE_ID), header(SPAN_ID), header(SAMPLED)] : fieldsOf(single);
    if (found === undefined) return undefined;
    const [traceId, spanId, sampled] = found;
    const options = new TraceOptions(YES.includes(sampled?.toLowerCase() ?? '') ? 1 : 0);
    if ((spanId ?? '') === '') return receivedContext(undefined, undefined, options);
    return receivedContext(traceId?.length === 16 ? traceId.padStart(32, '0') : traceId, spanId, options);
  }
}

/** `traceId-spanId-sampled-parentSpanId`, of which the end may be missing, or `sampled` alone. */
function fieldsOf(single: string): (string | undefined)[] | undefined {
  const fields = single.split('-');
  if (fields.length > 4) return undefined;
  return fields.length === 1 ? [undefined, undefined, single] : fields;
}
