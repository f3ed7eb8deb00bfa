import { diag, isValidSpanId, isValidTraceId, TraceFlags } from '@opentelemetry/api';
import type { SpanContext as OpenTelemetryContext, TraceState } from '@opentelemetry/api';
import { randomHex } from './random-ids.ts';
import { Printed, toPythonText } from './printed-forms.ts';
import { TraceOptions } from './trace-options.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

/** The parts of a `SpanContext`. */
export interface SpanContextParts {
  /** 32 hexadecimal digits in lower case; random when there is none, or a wrong one. */
  traceId?: string | null | undefined;
  /** 16 hexadecimal digits in lower case; `null` when there is none, or a wrong one. */
  spanId?: string | null | undefined;
  traceOptions?: TraceOptions | undefined;
  /** What vendors add to a trace. */
  traceState?: TraceState | null | undefined;
  /** Whether it was read from the headers of a caller. */
  fromHeader?: boolean | undefined;
}

/** Where in which trace the program is, as it goes from process to process. */
export class SpanContext extends Printed {
  readonly traceId: string;
  /** The span that is going on; `null` outside any. */
  readonly spanId: string | null;
  readonly traceOptions: TraceOptions;
  readonly traceState: TraceState | null;
  readonly fromHeader: boolean;

  constructor({ traceId, spanId, traceOptions, traceState, fromHeader }: SpanContextParts = {}) {
    super();
    this.traceId = checkedTraceId(traceId) ?? randomHex(16);
    this.spanId = checkedSpanId(spanId);
    this.traceOptions = traceOptions ?? new TraceOptions();
    this.traceState = traceState ?? null;
    this.fromHeader = fromHeader ?? false;
  }

  override toString(): string {
    const { traceId, spanId, traceOptions, traceState } = this;
    const ids = `trace_id=${traceId}, span_id=${spanId ?? 'None'}`;
    return `SpanContext(${ids}, trace_options=${traceOptions.toString()}, tracestate=${toPythonText(traceState?.serialize())})`;
  }
}

/** The same place in the trace, with another decision of its sampler. */
export function withSampled(
  { traceId, spanId, traceState, fromHeader, traceOptions }: SpanContext,
  sampled: boolean,
): SpanContext {
  const options = new TraceOptions(traceOptions.byte);
  options.setEnabled(sampled);
  return new SpanContext({ traceId, spanId, traceState, fromHeader, traceOptions: options });
}

/** As OpenTelemetry's API has it; outside any span it is not valid there. */
export function toOpenTelemetryContext({
  traceId,
  spanId,
  traceOptions,
  traceState,
}: SpanContext): OpenTelemetryContext {
  const traceFlags = traceOptions.enabled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return { traceId, spanId: spanId ?? '', traceFlags, ...(traceState !== null && { traceState }) };
}

/** As OpenCensus has it. */
export function fromOpenTelemetryContext(context: OpenTelemetryContext): SpanContext {
  const { traceId, spanId, traceFlags, traceState } = context;
  return new SpanContext({ traceId, spanId, traceOptions: new TraceOptions(traceFlags), traceState });
}

function checkedTraceId(traceId: string | null | undefined): string | undefined {
  if (traceId === null || traceId === undefined) return undefined;
  if (isLowerCase(traceId) && isValidTraceId(traceId)) return traceId;
  log.warn('A trace id is not 32 hexadecimal digits in lower case, or is zero. Using a new one.');
  return undefined;
}

function checkedSpanId(spanId: string | null | undefined): string | null {
  if (spanId === null || spanId === undefined) return null;
  if (isLowerCase(spanId) && isValidSpanId(spanId)) return spanId;
  log.warn('A span id is not 16 hexadecimal digits in lower case, or is zero. Using none.');
  return null;
}

function isLowerCase(text: unknown): boolean {
  return typeof text === 'string' && text === text.toLowerCase();
}
