/*
 * What this library reads of OpenTelemetry's spans, log records and metrics: structural types of our own.
 * The SDK's 2.x and 3.x lines cannot share one npm tree, so naming the types of either one in a published .d.ts
 * would break the users of the other. test/types proves that both lines' types are assignable to these.
 */

/** Attributes as either line of OpenTelemetry hands them over; the values of 3.x may be anything. */
export type AttributeMap = Readonly<Record<string, unknown>>;

/** Seconds since 1970 and nanoseconds. */
export type HrTime = [number, number];

/** Which trace and span something belongs to. */
export interface SpanContext {
  traceId: string;
  spanId: string;
  traceFlags: number;
  isRemote?: boolean | undefined;
  traceState?: { serialize(): string } | undefined;
}

/** What produced telemetry: the service, its host, its version. */
export interface Resource {
  readonly attributes: AttributeMap;
  /** True while attributes are still being looked up. */
  readonly asyncAttributesPending?: boolean | undefined;
  waitForAsyncAttributes?(): Promise<void>;
}

/** The library that made the telemetry. */
export interface InstrumentationScope {
  readonly name: string;
  readonly version?: string | undefined;
}

/** Which side of which call a span is, as in OpenTelemetry's API, whose enums two copies of it do not share. */
export const SpanKind = { INTERNAL: 0, SERVER: 1, CLIENT: 2, PRODUCER: 3, CONSUMER: 4 } as const;

/** How the work of a span ended, as in OpenTelemetry's API. */
export const SpanStatusCode = { UNSET: 0, OK: 1, ERROR: 2 } as const;

/** A finished span. */
export interface ReadableSpan {
  readonly name: string;
  readonly kind: number;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly startTime: HrTime;
  readonly duration: HrTime;
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: AttributeMap;
  readonly links: readonly SpanLink[];
  readonly events: readonly SpanEvent[];
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
}

/** A pointer from a span to another one. */
export interface SpanLink {
  readonly context: SpanContext;
  readonly attributes?: AttributeMap | undefined;
}

/** Something that happened while a span was open. */
export interface SpanEvent {
  readonly name: string;
  readonly time: HrTime;
  readonly attributes?: AttributeMap | undefined;
}

/** A log record. */
export interface ReadableLogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly spanContext?: SpanContext | undefined;
  readonly severityText?: string | undefined;
  readonly severityNumber?: number | undefined;
  readonly body?: unknown;
  readonly eventName?: string | undefined;
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly attributes: AttributeMap;
}

/** All that a metric reader collected at one time. */
export interface ResourceMetrics {
  readonly resource: Resource;
  readonly scopeMetrics: readonly ScopeMetrics[];
}

/** The metrics of one meter. */
export interface ScopeMetrics {
  readonly scope: InstrumentationScope;
  readonly metrics: readonly MetricRecord[];
}

/** What the data points of a metric hold, as in OpenTelemetry's SDK. */
export const DataPointType = { HISTOGRAM: 0, EXPONENTIAL_HISTOGRAM: 1, GAUGE: 2, SUM: 3 } as const;

/** Since when a data point counts: the one before, or the start of the process; as in OpenTelemetry's SDK. */
export const AggregationTemporality = { DELTA: 0, CUMULATIVE: 1 } as const;

/** One metric with its data points. */
export interface MetricRecord {
  readonly descriptor: { readonly name: string; readonly unit: string; readonly description: string };
  readonly aggregationTemporality: number;
  readonly dataPointType: number;
  readonly dataPoints: readonly MetricPoint[];
}

/** One stream's numbers for one interval: a number, or what a histogram knows. */
export interface MetricPoint {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: AttributeMap;
  readonly value: unknown;
}

/** What an exporter says of a batch, `code` 0 for success and 1 for failure. */
export interface ExportResult {
  code: number;
  error?: Error;
}
