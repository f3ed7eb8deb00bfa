import type * as SdkMetrics from '@opentelemetry/sdk-metrics';
import { withoutFlush } from '../final-flush.ts';
import { AzureMonitorMetricExporter } from '../index.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import { toAzureSettings, toCamelCased, type AzureOptions, type EitherCase } from './azure-options.ts';
import type { MetricProducer } from './metric-producer.ts';
import { OpenCensusMetricProducer } from './opencensus-metric-producer.ts';
import { resourceOfService } from './resource.ts';
import { stats } from './stats.ts';
import { TelemetryPipeline } from './telemetry-pipeline.ts';
import { TelemetryProcessors } from './telemetry-processors.ts';

const SDK_PACKAGE = '@opentelemetry/sdk-metrics';
const NEEDED_BY = 'newMetricsExporter';

/** How metrics of OpenCensus go to Azure Monitor. */
export interface MetricsExporterOptions extends AzureOptions {
  /**
   * What is sent beside `stats`: a `Registry`, or whatever has `getMetrics`.
   *
   * @defaultValue nothing
   */
  metricProducers?: readonly MetricProducer[] | undefined;
  /**
   * `cumulative` sends all that was added up since the start at each interval, as OpenCensus does: chart the maximum.
   * `delta` sends what was added since the last interval, and nothing when nothing was: chart the sum.
   *
   * @defaultValue 'cumulative'
   */
  temporality?: 'cumulative' | 'delta' | undefined;
}

/** Sends the metrics of `stats` to Azure Monitor at an interval. Made by `newMetricsExporter`. */
export class MetricsExporter extends TelemetryPipeline {
  constructor({ metricProducers = [], temporality, ...options }: MetricsExporterOptions) {
    const settings = toAzureSettings(options);
    const sdk = loadOptionalPackage(SDK_PACKAGE, { neededBy: NEEDED_BY }) as typeof SdkMetrics;
    const processors = new TelemetryProcessors();
    const exporter = new AzureMonitorMetricExporter({
      ...settings.exporterOptions,
      onEnvelope: processors.before(settings.exporterOptions.onEnvelope),
    });
    const reader = new sdk.PeriodicExportingMetricReader({
      exporter: withoutFlush(exporter),
      exportIntervalMillis: settings.exportIntervalMillis,
      // The reader's timer for an answer holds the process: it must not outlast the final flush.
      exportTimeoutMillis: Math.min(settings.exportIntervalMillis, settings.graceMillis),
      metricProducers: [new OpenCensusMetricProducer({ metricProducers: [stats, ...metricProducers], temporality })],
    });
    const provider = new sdk.MeterProvider({ resource: resourceOfService(NEEDED_BY, SDK_PACKAGE), readers: [reader] });
    super({ provider, exporter, processors, graceMillis: settings.graceMillis });
  }
}

/**
 * Starts to send the metrics of `stats` to Azure Monitor, each time series as a row of `customMetrics`: for the first
 * time after one interval, for the last time at the natural end of the program. Does not keep the program running.
 *
 * Options may be given by their names in Python too, `connection_string` for `connectionString`.
 *
 * @throws ConfigurationError when the options and the environment do not say where to send.
 * @throws RangeError for a number of seconds that no timer can wait.
 * @throws Error when `@opentelemetry/sdk-metrics` is not installed.
 */
export function newMetricsExporter(options: EitherCase<MetricsExporterOptions> = {}): MetricsExporter {
  return new MetricsExporter(toCamelCased(options));
}
