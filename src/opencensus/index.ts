export {
  CountAggregationData,
  LastValueAggregationData,
  SumAggregationData,
  type AggregationData,
  type Attachments,
} from './aggregation-data.ts';
export {
  CountAggregation,
  DistributionAggregation,
  LastValueAggregation,
  SumAggregation,
  type Aggregation,
} from './aggregation.ts';
export { AzureExporter } from './azure-exporter.ts';
export { AzureEventHandler, AzureLogHandler, type AzureLogHandlerOptions } from './azure-log-handler.ts';
export type { AzureOptions, EitherCase, SnakeCased } from './azure-options.ts';
export { B3FormatPropagator } from './b3-format-propagator.ts';
export type { BatchOptions } from './batch-options.ts';
export { BinaryFormatPropagator } from './binary-format-propagator.ts';
export type { BoundedDict, BoundedList } from './bounded-collections.ts';
export { DerivedDoubleCumulative, DerivedLongCumulative, DoubleCumulative, LongCumulative } from './cumulative.ts';
export { DistributionAggregationData } from './distribution-data.ts';
export { FileExporter, type FileExporterOptions } from './file-exporter.ts';
export type { DerivedGaugePoint, GaugePoint, ValueFunction } from './gauge-point.ts';
export {
  DerivedDoubleGauge,
  DerivedLongGauge,
  DoubleGauge,
  LongGauge,
  type DerivedGauge,
  type Gauge,
} from './gauge.ts';
export type { GaugeDefinition } from './labelled-points.ts';
export { GoogleCloudFormatPropagator } from './google-cloud-format-propagator.ts';
export { HeaderPropagator, type HeaderReader, type IncomingHeaders, type Propagator } from './header-propagator.ts';
export { Link, LinkType } from './link.ts';
export { LogLevel, type LogLevelInput } from './log-level.ts';
export type { LogExtra, LoggedError, LogHandler, LogRecord } from './log-record.ts';
export { getLogger, type Logger } from './logger.ts';
export type { MeasureToViewMap, StatsExporter } from './measure-to-view-map.ts';
export { MeasureFloat, MeasureInt, type Measure } from './measure.ts';
export type { MeasurementMap } from './measurement-map.ts';
export { LabelKey, MetricDescriptor, MetricDescriptorType } from './metric-descriptor.ts';
export { MetricProducerManager, type MetricProducer } from './metric-producer.ts';
export { Registry } from './metric-registry.ts';
export {
  ValueDistribution,
  ValueDouble,
  ValueLong,
  type Bucket,
  type Distribution,
  type Exemplar,
  type MetricValue,
} from './metric-value.ts';
export { Metric, Point, TimeSeries } from './metric.ts';
export { newMetricsExporter, type MetricsExporter, type MetricsExporterOptions } from './metrics-exporter.ts';
export {
  OpenCensusMetricProducer,
  type CollectionResult,
  type EmptyResource,
  type OpenCensusMetricProducerOptions,
} from './opencensus-metric-producer.ts';
export type { DataPoint, GaugeData, Histogram, HistogramData, MetricData, SumData } from './opentelemetry-metrics.ts';
export { PrintExporter } from './print-exporter.ts';
export {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ProbabilitySampler,
  type ProbabilitySamplerOptions,
  type SampledContext,
  type TraceSampler,
} from './sampler.ts';
export { SpanContext, type SpanContextParts } from './span-context.ts';
export type { SpanData, SpanDataParts } from './span-data.ts';
export type { SpanExporter, SpanSource } from './span-exporter.ts';
export { SpanKind } from './span-kind.ts';
export { CanonicalCode, Status, statusFromHttpCode } from './span-status.ts';
export { Span, type SpanOrigin } from './span.ts';
export type { StackFrame, StackTrace } from './stack-trace.ts';
export type { StatsRecorder } from './stats-recorder.ts';
export { Stats, stats } from './stats.ts';
export { TagContext } from './tag-context.ts';
export { BinarySerializer, deserializeTextFormat, serializeTextFormat } from './tag-formats.ts';
export { tagKey, tagValue } from './tag-key.ts';
export { TagMap, type Tag } from './tag-map.ts';
export type { TelemetryProcessor } from './telemetry-processors.ts';
export { TextFormatPropagator } from './text-format-propagator.ts';
export { MessageEvent, MessageEventType, type Annotation, type AttributeValue } from './time-event.ts';
export { TraceContextPropagator } from './trace-context-propagator.ts';
export { traceIntegrations, type TraceIntegrationsOptions } from './trace-integrations.ts';
export { TraceOptions } from './trace-options.ts';
export type { StartSpanOptions, TraceDecorator, TracerOptions } from './tracer-options.ts';
export { Tracer } from './tracer.ts';
export type { ViewData, ViewRow } from './view-data.ts';
export type { ViewManager } from './view-manager.ts';
export { View } from './view.ts';
