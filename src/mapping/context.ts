import type { Omissions } from './omissions.ts';
import type { SpanContext } from './opentelemetry.ts';
import type { RedactionOptions } from './redaction.ts';

/** What the mapping needs to know besides the telemetry itself; it asks the machine nothing. */
export interface MappingContext {
  readonly instrumentationKey: string;
  /** `ai.internal.sdkVersion` of every item. */
  readonly sdkVersion: string;
  /** The role instance of a resource that names none. */
  readonly hostName: string;
  readonly options: MappingOptions;
  /** The name of the operation that a span belongs to, where somebody keeps account of that. */
  readonly operationNameOf?: ((span: SpanContext) => string | undefined) | undefined;
  /** When the batch was handed over, milliseconds since 1970. */
  readonly nowMillis: number;
  /** Counts what is left out of the batch. */
  readonly omissions: Omissions;
}

/** What a user may decide about the mapping. */
export interface MappingOptions extends RedactionOptions {
  /** HTTP status codes of 400 and more that are no failure. */
  readonly successStatusCodes: ReadonlySet<number>;
  /** Whether each row names the instrumentation that made it, as `otel.scope.name` and `otel.scope.version`. */
  readonly includeScope: boolean;
  /** Whether sums that did not change are left out. */
  readonly dropZeroSums: boolean;
  /** The namespace of every metric; absent, Azure's default. */
  readonly metricNamespace?: string;
}
