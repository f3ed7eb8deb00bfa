import { metricPoints, pointToRows, type MetricPointInput } from '../mapping/metric.ts';
import type { ExportResult, ResourceMetrics } from '../mapping/opentelemetry.ts';
import type { AzureMonitorExporterOptions } from '../options.ts';
import type { ExportPipeline } from './export-pipeline.ts';
import type { ExporterStats } from './exporter-stats.ts';
import { openPipeline } from './open-pipeline.ts';
import type { TelemetrySource } from './telemetry-source.ts';

const METRIC_POINTS: TelemetrySource<ResourceMetrics, MetricPointInput> = {
  signal: 'metrics',
  entriesOf: metricPoints,
  resourceOf: point => point.resource,
  toRows: pointToRows,
};

/** OpenTelemetry's `AggregationTemporality.DELTA` and `.CUMULATIVE`, the same in both lines of the SDK. */
const DELTA = 0;
const CUMULATIVE = 1;

/**
 * Sends metrics to Azure Monitor, each data point as a row of `customMetrics`. An OpenTelemetry `PushMetricExporter`,
 * for the 2.x and the 3.x line of the SDK.
 *
 * Only the constructor throws, a `ConfigurationError`. It does no input or output; nothing holds the process open.
 */
export class AzureMonitorMetricExporter {
  readonly #pipeline: ExportPipeline<ResourceMetrics, MetricPointInput>;

  constructor(options?: AzureMonitorExporterOptions) {
    this.#pipeline = openPipeline(METRIC_POINTS, options);
  }

  /** Sends what a reader collected, and says once, through `resultCallback`, what became of it. */
  export(metrics: ResourceMetrics, resultCallback: (result: ExportResult) => void): void {
    this.#pipeline.export(metrics, resultCallback);
  }

  /** Delta, since Azure adds up what it is sent; cumulative for up-down counters, whose value is a level. */
  selectAggregationTemporality(instrumentType: string): 0 | 1 {
    return instrumentType.endsWith('UP_DOWN_COUNTER') ? CUMULATIVE : DELTA;
  }

  /** Resolves when all that was exported so far is sent or stored; rejects with the count when it could not be. */
  forceFlush(): Promise<void> {
    return this.#pipeline.forceFlush();
  }

  /** Flushes, and lets go of sockets and timers. Later batches are reported as failed. */
  shutdown(): Promise<void> {
    return this.#pipeline.shutdown();
  }

  /** Where every item is that was handed over so far. Exporters of one resource share these counts. */
  stats(): ExporterStats {
    return this.#pipeline.stats();
  }
}
