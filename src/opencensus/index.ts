export {
  CountAggregation,
  DistributionAggregation,
  LastValueAggregation,
  SumAggregation,
  type Aggregation,
} from './aggregation.ts';
export {
  CountAggregationData,
  LastValueAggregationData,
  SumAggregationData,
  type AggregationData,
  type Attachments,
} from './aggregation-data.ts';
export { DerivedDoubleCumulative, DerivedLongCumulative, DoubleCumulative, LongCumulative } from './cumulative.ts';
export type { AzureOptions, EitherCase, SnakeCased } from './azure-options.ts';
export { DistributionAggregationData } from './distribution-data.ts';
export {
  DerivedDoubleGauge,
  DerivedLongGauge,
  DoubleGauge,
  LongGauge,
  type DerivedGauge,
  type Gauge,
} from './gauge.ts';
export type { DerivedGaugePoint, GaugePoint, ValueFunction } from './gauge-point.ts';
export type { GaugeDefinition } from './labelled-points.ts';
export { MeasureFloat, MeasureInt, type Measure } from './measure.ts';
export type { MeasureToViewMap, StatsExporter } from './measure-to-view-map.ts';
export type { MeasurementMap } from './measurement-map.ts';
export { Metric, Point, TimeSeries } from './metric.ts';
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
export { newMetricsExporter, type MetricsExporter, type MetricsExporterOptions } from './metrics-exporter.ts';
export {
  OpenCensusMetricProducer,
  type CollectionResult,
  type EmptyResource,
  type OpenCensusMetricProducerOptions,
} from './opencensus-metric-producer.ts';
export type { DataPoint, GaugeData, Histogram, HistogramData, MetricData, SumData } from './opentelemetry-metrics.ts';
export { Stats, stats } from './stats.ts';
export type { StatsRecorder } from './stats-recorder.ts';
export { TagContext } from './tag-context.ts';
export { BinarySerializer, deserializeTextFormat, serializeTextFormat } from './tag-formats.ts';
export { tagKey, tagValue } from './tag-key.ts';
export { TagMap, type Tag } from './tag-map.ts';
export type { TelemetryProcessor } from './telemetry-processors.ts';
export { View } from './view.ts';
export type { ViewData, ViewRow } from './view-data.ts';
export type { ViewManager } from './view-manager.ts';
