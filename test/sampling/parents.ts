import { ROOT_CONTEXT, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api';

const PARENT = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** A context without any span. */
export const NO_PARENT: Context = ROOT_CONTEXT;

/** A context in which a span of this process is active. */
export function localParent(isSampled: boolean, attributes: Record<string, unknown> = {}): Context {
  return withSpan({ ...PARENT, traceFlags: flagsOf(isSampled) }, attributes);
}

/** A context that another process has sent. */
export function remoteParent(isSampled: boolean): Context {
  return withSpan({ ...PARENT, traceFlags: flagsOf(isSampled), isRemote: true }, undefined);
}

/** A context with a span that has no ids, as there is one where nothing is traced. */
export const INVALID_PARENT: Context = withSpan(
  { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: TraceFlags.NONE },
  undefined,
);

function withSpan(spanContext: ReturnType<Span['spanContext']>, attributes: object | undefined): Context {
  return trace.setSpan(ROOT_CONTEXT, Object.assign(trace.wrapSpanContext(spanContext), attributes && { attributes }));
}

function flagsOf(isSampled: boolean): TraceFlags {
  return isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
}
