import { isSpanContextValid, trace, TraceFlags, type Context, type SpanContext } from '@opentelemetry/api';

/** What this processor reads and writes of a log record. */
export interface EmittedLogRecord {
  readonly spanContext?: SpanContext | undefined;
  setAttribute(key: string, value: number): unknown;
}

/** A processor of log records, in the form that both lines of OpenTelemetry's SDK have. */
export interface LogRecordProcessor {
  onEmit(record: EmittedLogRecord, context?: Context): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

const SAMPLE_RATE = 'microsoft.sample_rate';

/**
 * Drops the log records of traces that were not sampled, and hands all others on.
 *
 * Since the records of a sampled trace then stand for those of others too, they get the sample rate of their span.
 * Records outside of any trace are handed on as they are.
 */
export class TraceBasedLogProcessor implements LogRecordProcessor {
  readonly #next: LogRecordProcessor;

  /** `next` is what would be registered without this one, a `BatchLogRecordProcessor` for example. */
  constructor(next: LogRecordProcessor) {
    this.#next = next;
  }

  onEmit(record: EmittedLogRecord, context?: Context): void {
    const { spanContext } = record;
    if (spanContext !== undefined && isSpanContextValid(spanContext)) {
      if ((spanContext.traceFlags & TraceFlags.SAMPLED) === 0) return;
      const rate = context === undefined ? undefined : sampleRateOf(context, spanContext);
      if (rate !== undefined) record.setAttribute(SAMPLE_RATE, rate);
    }
    this.#next.onEmit(record, context);
  }

  forceFlush(): Promise<void> {
    return this.#next.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#next.shutdown();
  }
}

/** The API does not promise that attributes can be read; the SDK's spans have them. */
function sampleRateOf(context: Context, { spanId }: SpanContext): number | undefined {
  const span = trace.getSpan(context) as ReturnType<typeof trace.getSpan> & { attributes?: Record<string, unknown> };
  if (span?.spanContext().spanId !== spanId) return undefined;
  const rate = span.attributes?.[SAMPLE_RATE];
  return typeof rate === 'number' ? rate : undefined;
}
