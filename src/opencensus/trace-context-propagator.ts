import { createTraceState, type TraceState } from '@opentelemetry/api';
import { HeaderPropagator, receivedContext, type HeaderReader } from './header-propagator.ts';
import type { SpanContext } from './span-context.ts';
import { TraceOptions } from './trace-options.ts';

const TRACE_PARENT =
  /^[ \t]*(?<version>[0-9a-f]{2})-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-.*)?[ \t]*$/;

/** The headers `traceparent` and `tracestate` of W3C, as HTTP knows them. <https://www.w3.org/TR/trace-context/> */
export class TraceContextPropagator extends HeaderPropagator {
  /** None outside any span: a `traceparent` must name one. */
  override toHeaders({ traceId, spanId, traceOptions, traceState }: SpanContext): Record<string, string> {
    if (spanId === null) return {};
    const state = traceState?.serialize() ?? '';
    return {
      traceparent: `00-${traceId}-${spanId}-${traceOptions.enabled ? '01' : '00'}`,
      ...(state !== '' && { tracestate: state }),
    };
  }

  override fields(): string[] {
    return ['traceparent', 'tracestate'];
  }

  protected override read(header: HeaderReader): SpanContext | undefined {
    const { version, traceId, spanId, flags, more } = TRACE_PARENT.exec(header('traceparent') ?? '')?.groups ?? {};
    if (flags === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
    const found = receivedContext(traceId, spanId, new TraceOptions(flags), toTraceState(header('tracestate')));
    return found.fromHeader && found.spanId !== null ? found : undefined;
  }
}

/** All of it or nothing: with a member that is none, twice the same key, or more than 32 it is left out. */
function toTraceState(text: string | undefined): TraceState | null {
  const state = createTraceState(text);
  return text !== undefined &&
    text !== '' &&
    state.serialize() ===
      text
        .trim()
        .split(/[ \t]*,[ \t]*/)
        .join(',')
    ? state
    : null;
}
