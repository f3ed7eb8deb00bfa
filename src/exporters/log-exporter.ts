import type { ExportResult, ReadableLogRecord } from '../mapping/opentelemetry.ts';
import { logToRow } from '../mapping/log.ts';
import type { AzureMonitorExporterOptions } from '../options.ts';
import type { ExportPipeline } from './export-pipeline.ts';
import type { ExporterStats } from './exporter-stats.ts';
import { openPipeline } from './open-pipeline.ts';
import type { TelemetrySource } from './telemetry-source.ts';

const LOG_RECORDS: TelemetrySource<readonly ReadableLogRecord[], ReadableLogRecord> = {
  signal: 'logs',
  entriesOf: records => records,
  resourceOf: record => record.resource,
  toRows: (record, context) => [logToRow(record, context)],
};

/**
 * Sends log records to Azure Monitor: as rows of `traces`, `exceptions`, `customEvents`, `availabilityResults` and
 * `pageViews`. An OpenTelemetry `LogRecordExporter`, for the 2.x and the 3.x line of the SDK.
 *
 * Only the constructor throws, a `ConfigurationError`. It does no input or output; nothing holds the process open.
 */
export class AzureMonitorLogExporter {
  readonly #pipeline: ExportPipeline<readonly ReadableLogRecord[], ReadableLogRecord>;

  constructor(options?: AzureMonitorExporterOptions) {
    this.#pipeline = openPipeline(LOG_RECORDS, options);
  }

  /** Sends a batch, and says once, through `resultCallback`, what became of it. */
  export(records: readonly ReadableLogRecord[], resultCallback: (result: ExportResult) => void): void {
    this.#pipeline.export(records, resultCallback);
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
