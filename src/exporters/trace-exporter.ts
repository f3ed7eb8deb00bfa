import type { ExportResult, ReadableSpan } from '../mapping/opentelemetry.ts';
import { spanToRows } from '../mapping/span.ts';
import type { AzureMonitorExporterOptions } from '../options.ts';
import type { ExportPipeline } from './export-pipeline.ts';
import type { ExporterStats } from './exporter-stats.ts';
import { openPipeline } from './open-pipeline.ts';
import type { TelemetrySource } from './telemetry-source.ts';

/** How a batch of spans is read. */
export const SPANS: TelemetrySource<readonly ReadableSpan[], ReadableSpan> = {
  signal: 'traces',
  entriesOf: spans => spans,
  resourceOf: span => span.resource,
  toRows: spanToRows,
};

/**
 * Sends spans to Azure Monitor: as rows of `requests` and `dependencies`, their events as rows of `exceptions` and
 * `traces`. An OpenTelemetry `SpanExporter`, for the 2.x and the 3.x line of the SDK.
 *
 * Only the constructor throws, a `ConfigurationError`. It does no input or output; nothing holds the process open.
 */
export class AzureMonitorTraceExporter {
  readonly #pipeline: ExportPipeline<readonly ReadableSpan[], ReadableSpan>;

  constructor(options?: AzureMonitorExporterOptions) {
    this.#pipeline = openPipeline(SPANS, options);
  }

  /** Sends a batch, and says once, through `resultCallback`, what became of it. */
  export(spans: readonly ReadableSpan[], resultCallback: (result: ExportResult) => void): void {
    this.#pipeline.export(spans, resultCallback);
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
