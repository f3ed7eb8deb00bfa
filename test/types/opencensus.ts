/*
 * Compiled, never run: what users of the OpenCensus facade write, on each line of OpenTelemetry.
 */
import type { MetricProducer, MetricReader } from '@opentelemetry/sdk-metrics';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { AzureMonitorMetricExporter } from 'azure-monitor-bridge';
import {
  CountAggregation,
  DistributionAggregation,
  LongGauge,
  MeasureFloat,
  MeasureInt,
  MetricProducerManager,
  newMetricsExporter,
  OpenCensusMetricProducer,
  Registry,
  stats,
  TagContext,
  TagMap,
  View,
  type AzureOptions,
  type EitherCase,
  type Metric,
  type MetricsExporter,
  type MetricsExporterOptions,
  type Point,
  type StatsExporter,
  type ViewData,
} from 'azure-monitor-bridge/opencensus';

export const producer: MetricProducer = new OpenCensusMetricProducer({ temporality: 'delta' });
export const reader: MetricReader = new PeriodicExportingMetricReader({
  exporter: new AzureMonitorMetricExporter(),
  metricProducers: [producer],
});

// An option may be there and undefined, as a variable of the environment often is, and has a name of each kind.
export const options: EitherCase<MetricsExporterOptions> = {
  connectionString: process.env['CONNECTION_STRING'],
  connection_string: process.env['CONNECTION_STRING'],
  export_interval: 60,
  enable_local_storage: undefined,
  storage_directory: '/var/spool',
  temporality: 'cumulative',
  metric_producers: [new Registry(), stats, { getMetrics: (): Metric[] => [] }],
};
export const exporter: MetricsExporter = newMetricsExporter(options);
// @ts-expect-error There is no such option.
export const mistyped: EitherCase<AzureOptions> = { export_intervall: 60 };
// @ts-expect-error The interval is a number of seconds.
export const untyped: EitherCase<AzureOptions> = { export_interval: '60' };

exporter.addTelemetryProcessor(envelope => {
  envelope.tags['ai.cloud.role'] = 'prompter';
});
exporter.addTelemetryProcessor(envelope => envelope.data.baseType !== 'MetricData');

const measure = new MeasureInt('prompts', 'number of prompts', 'prompts');
const listener: StatsExporter = { export: (datas: readonly ViewData[]) => datas.at(0)?.get(['GET'])?.toString() };
stats.viewManager.registerView(new View('v', '', ['method'], measure, new CountAggregation()));
stats.viewManager.registerView(new View('d', '', [], new MeasureFloat('f', ''), new DistributionAggregation([1])));
stats.viewManager.registerExporter(exporter);
stats.viewManager.registerExporter(listener);
const map = stats.statsRecorder.newMeasurementMap();
map.measureIntPut(measure, 1);
map.record(new TagMap([['method', 'GET']]));
export const point: Point | undefined = map.measureToViewMap.getMetrics(new Date())[0]?.timeSeries[0]?.points[0];
export const answer: Promise<number> = TagContext.run(new TagMap(), () => Promise.resolve(7));

new LongGauge('queue', 'jobs waiting', 'jobs', ['name']).getOrCreateTimeSeries(['mail']).set(3);
export const producers: ReadonlySet<unknown> = new MetricProducerManager([stats]).getAll();
