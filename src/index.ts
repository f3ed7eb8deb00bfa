export { ConfigurationError, type ConfigurationErrorCode } from './configuration-error.ts';
export type { HttpAgent } from './delivery/agent.ts';
export type { DeliveryEvent, DeliveryListener } from './delivery/delivery-event.ts';
export type { MeterProvider } from './delivery/metrics.ts';
export type { DeliveryStats, GateStats, LastError, SignalStats } from './delivery/stats.ts';
export type {
  AvailabilityData,
  DataPoint,
  Dimensions,
  Envelope,
  EnvelopeData,
  EventData,
  ExceptionData,
  ExceptionDetails,
  Measurements,
  MessageData,
  MetricData,
  PageViewData,
  Properties,
  RemoteDependencyData,
  RequestData,
  SeverityLevel,
  StackFrame,
  Tags,
} from './envelope/envelope.ts';
export type { ExporterStats } from './exporters/exporter-stats.ts';
export { AzureMonitorLogExporter } from './exporters/log-exporter.ts';
export { AzureMonitorMetricExporter } from './exporters/metric-exporter.ts';
export { AzureMonitorSpanProcessor } from './exporters/span-processor.ts';
export { AzureMonitorTraceExporter } from './exporters/trace-exporter.ts';
export type { AzureMonitorExporterOptions } from './options.ts';
export { OperationNameSpanProcessor, type StartedSpan } from './processors/operation-name-span-processor.ts';
export {
  TraceBasedLogProcessor,
  type EmittedLogRecord,
  type LogRecordProcessor,
} from './processors/trace-based-log-processor.ts';
export { ApplicationInsightsSampler, type SamplerOptions } from './sampling/application-insights-sampler.ts';
export { keepOnlyFailedOrSlow, type FailedOrSlowOptions } from './sampling/failed-or-slow.ts';
export { dropHealthChecks, type HealthCheckOptions } from './sampling/health-checks.ts';
export { RateLimitedSampler } from './sampling/rate-limited-sampler.ts';
export type { Sampler, SamplingResult } from './sampling/sampler.ts';
export type { AccessToken, TokenCredential } from './delivery/token-credential.ts';
export { VERSION } from './version.ts';
