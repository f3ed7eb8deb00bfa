export { ConfigurationError, type ConfigurationErrorCode } from './configuration-error.ts';
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
export type { ExporterStats } from './exporters/export-pipeline.ts';
export { AzureMonitorTraceExporter } from './exporters/trace-exporter.ts';
export type { AzureMonitorExporterOptions, TokenCredential } from './options.ts';
export { VERSION } from './version.ts';
