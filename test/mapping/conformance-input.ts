import {
  AggregationTemporality,
  DataPointType,
  SpanKind,
  SpanStatusCode,
  type AttributeMap,
  type HrTime,
  type InstrumentationScope,
  type MetricPoint,
  type ReadableLogRecord,
  type ReadableSpan,
  type ResourceMetrics,
} from '../../src/mapping/opentelemetry.ts';

/** What a case of the corpus is given, in JSON. */
export type CaseInput = Readonly<Record<string, unknown>>;

/** A span as the corpus writes it. */
interface CaseSpan {
  readonly name: string;
  readonly kind: keyof typeof SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly startTime: HrTime;
  readonly duration: HrTime;
  readonly status: { readonly code: keyof typeof SpanStatusCode; readonly message?: string };
  readonly attributes: AttributeMap;
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly attributes?: AttributeMap }[];
  readonly events: readonly { readonly name: string; readonly time: HrTime; readonly attributes?: AttributeMap }[];
  readonly resource: AttributeMap;
  readonly scope: InstrumentationScope;
}

/** A span as OpenTelemetry's SDK hands it to an exporter. */
export function toSpan(input: CaseInput): ReadableSpan {
  const span = input as unknown as CaseSpan;
  const { traceId, spanId, parentSpanId, traceState, status, links, resource, scope } = span;
  return {
    ...span,
    kind: SpanKind[span.kind],
    spanContext: () => ({
      traceId,
      spanId,
      traceFlags: 1,
      traceState: traceState === undefined ? undefined : { serialize: () => traceState },
    }),
    parentSpanContext: parentSpanId === undefined ? undefined : { traceId, spanId: parentSpanId, traceFlags: 1 },
    status: { ...status, code: SpanStatusCode[status.code] },
    links: links.map(link => ({
      context: { traceId: link.traceId, spanId: link.spanId, traceFlags: 1 },
      attributes: link.attributes,
    })),
    resource: { attributes: resource },
    instrumentationScope: scope,
  };
}

/** A log record as the corpus writes it. */
interface CaseLogRecord {
  readonly time: HrTime;
  readonly observedTime: HrTime;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: unknown;
  readonly eventName?: string;
  readonly attributes: AttributeMap;
  readonly resource: AttributeMap;
  readonly scope: InstrumentationScope;
}

/** A log record as OpenTelemetry's SDK hands it to an exporter. */
export function toLogRecord(input: CaseInput): ReadableLogRecord {
  const { time, observedTime, traceId, spanId, resource, scope, ...record } = input as unknown as CaseLogRecord;
  return {
    ...record,
    hrTime: time,
    hrTimeObserved: observedTime,
    spanContext: traceId === undefined || spanId === undefined ? undefined : { traceId, spanId, traceFlags: 1 },
    resource: { attributes: resource },
    instrumentationScope: scope,
  };
}

/** A metric as the corpus writes it. */
interface CaseMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly type: keyof typeof DataPointType;
  readonly temporality: keyof typeof AggregationTemporality;
  readonly points: readonly MetricPoint[];
  readonly resource: AttributeMap;
  readonly scope: InstrumentationScope;
}

/** What OpenTelemetry's SDK hands to an exporter when it has collected this one metric. */
export function toResourceMetrics(input: CaseInput): ResourceMetrics {
  const { name, unit, description, type, temporality, points, resource, scope } = input as unknown as CaseMetric;
  const metric = {
    descriptor: { name, unit, description },
    dataPointType: DataPointType[type],
    aggregationTemporality: AggregationTemporality[temporality],
    dataPoints: points,
  };
  return { resource: { attributes: resource }, scopeMetrics: [{ scope, metrics: [metric] }] };
}
