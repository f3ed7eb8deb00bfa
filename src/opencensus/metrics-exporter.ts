/// <reference lib="esnext.disposable" preserve="true" />
import type * as SdkMetrics from '@opentelemetry/sdk-metrics';
import { AzureMonitorMetricExporter } from '../index.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import { toAzureSettings, toCamelCased, type AzureOptions, type EitherCase } from './azure-options.ts';
import { flushAtEnd } from '../final-flush.ts';
import type { MetricProducer } from './metric-producer.ts';
import { OpenCensusMetricProducer } from './opencensus-metric-producer.ts';
import { resourceOfService } from './resource.ts';
import { stats } from './stats.ts';
import { TelemetryProcessors, type TelemetryProcessor } from './telemetry-processors.ts';

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
export class MetricsExporter {
  readonly #exporter: AzureMonitorMetricExporter;
  readonly #provider: SdkMetrics.MeterProvider;
  readonly #processors = new TelemetryProcessors();
  readonly #cancelFinalFlush: () => void;
  #shutdown: Promise<void> | undefined;

  constructor({ metricProducers = [], temporality, ...options }: MetricsExporterOptions) {
    const settings = toAzureSettings(options);
    const sdk = loadOptionalPackage(SDK_PACKAGE, { neededBy: NEEDED_BY }) as typeof SdkMetrics;
    const { onEnvelope, ...exporterOptions } = settings.exporterOptions;
    this.#exporter = new AzureMonitorMetricExporter({
      ...exporterOptions,
      onEnvelope: envelope => this.#processors.admit(envelope) && onEnvelope?.(envelope),
    });
    const reader = new sdk.PeriodicExportingMetricReader({
      exporter: withoutFlush(this.#exporter),
      exportIntervalMillis: settings.exportIntervalMillis,
      // The reader's timer for an answer holds the process: it must not outlast the final flush.
      exportTimeoutMillis: Math.min(settings.exportIntervalMillis, settings.graceMillis),
      metricProducers: [new OpenCensusMetricProducer({ metricProducers: [stats, ...metricProducers], temporality })],
    });
    this.#provider = new sdk.MeterProvider({ resource: resourceOfService(NEEDED_BY, SDK_PACKAGE), readers: [reader] });
    this.#cancelFinalFlush = flushAtEnd({
      handOver: () => this.#provider.forceFlush(),
      stats: () => this.#exporter.stats(),
      graceMillis: settings.graceMillis,
    });
  }

  /** Lets a function see, change or drop what is sent from now on. */
  addTelemetryProcessor(processor: TelemetryProcessor): void {
    this.#processors.add(processor);
  }

  /** Takes all telemetry processors away. */
  clearTelemetryProcessors(): void {
    this.#processors.clear();
  }

  /** Reads the metrics and sends them now, with all that waits. Rejects when some could be neither sent nor stored. */
  async forceFlush(): Promise<void> {
    await this.#provider.forceFlush();
    await this.#exporter.forceFlush();
  }

  /** Sends the metrics a last time, and stops. */
  shutdown(): Promise<void> {
    this.#cancelFinalFlush();
    this.#shutdown ??= this.#provider.shutdown();
    return this.#shutdown;
  }

  /** The same as `shutdown`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
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

/**
 * The exporter as its reader sees it. A flush of the reader ends when what it read is sent or waits; to wait for all that
 * waits, for longer than a program that ends should be held, is asked of the exporter itself.
 */
function withoutFlush(exporter: AzureMonitorMetricExporter): SdkMetrics.PushMetricExporter {
  return {
    export: (metrics, resultCallback) => exporter.export(metrics, resultCallback),
    forceFlush: () => Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
