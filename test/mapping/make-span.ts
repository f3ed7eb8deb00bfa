import type { AttributeMap, ReadableSpan } from '../../src/mapping/opentelemetry.ts';

/** Everything of a span that a test may want to say; the rest is as in {@link makeSpan}. */
export type SpanParts = Partial<ReadableSpan> & {
  readonly parentSpanId?: string;
  readonly resourceAttributes?: AttributeMap;
};

/** A span of one second and a half, with fixed ids and a fixed time, that says nothing but what it is told to. */
export function makeSpan({ parentSpanId, resourceAttributes = {}, ...parts }: SpanParts = {}): ReadableSpan {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  return {
    name: 'work',
    kind: 0,
    spanContext: () => ({ traceId, spanId: 'b7ad6b7169203331', traceFlags: 1 }),
    ...(parentSpanId !== undefined && { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: 1 } }),
    startTime: [1_795_348_800, 250_000_000],
    duration: [1, 500_000_000],
    status: { code: 0 },
    attributes: {},
    links: [],
    events: [],
    resource: { attributes: { 'service.name': 'shop', 'service.instance.id': 'shop-1', ...resourceAttributes } },
    instrumentationScope: { name: 'test', version: '1.2.3' },
    ...parts,
  };
}
