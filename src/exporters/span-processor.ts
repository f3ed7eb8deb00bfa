import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan } from '../mapping/opentelemetry.ts';
import type { AzureMonitorExporterOptions } from '../options.ts';
import type { ExportPipeline } from './export-pipeline.ts';
import type { ExporterStats } from './exporter-stats.ts';
import type { OpenBatch } from './open-batch.ts';
import { openPipeline } from './open-pipeline.ts';
import { SPANS } from './trace-exporter.ts';

/** So much is gathered at most before it is sent: some 400 spans. With half of it a span cost a seventh more CPU. */
const MAX_BATCH_BYTES = 512 * 1024;
/** The longest that a span waits for others, as in OpenTelemetry's `BatchSpanProcessor`. */
const MAX_DELAY_MILLIS = 5000;
/**
 * How much may be on its way to the delivery and neither sent nor held there: some 6,000 spans, which are in no less
 * memory in the queue of a `BatchSpanProcessor`, or what 20,000 spans a second are in the 250 ms after which a batch is
 * held. A program that makes spans faster than they can be compressed loses the rest, counted.
 */
const MAX_UNSETTLED_BYTES = 8 * 1024 * 1024;
/** How many spans may wait for a resource that is still being looked up: as many as a `BatchSpanProcessor` holds. */
const MAX_WAITING_SPANS = 2048;

/**
 * Sends spans to Azure Monitor as {@link AzureMonitorTraceExporter} does, without a `BatchSpanProcessor` before it: each
 * span is turned into bytes as it ends, so that no batch holds up the event loop and no span is kept in memory.
 *
 * An OpenTelemetry `SpanProcessor`, for the 2.x and the 3.x line of the SDK. Spans that are not sampled are left out.
 * Only the constructor throws, a `ConfigurationError`; nothing holds the process open.
 */
export class AzureMonitorSpanProcessor {
  readonly #pipeline: ExportPipeline<readonly ReadableSpan[], ReadableSpan>;
  #batch: OpenBatch<ReadableSpan> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waitingSpans = 0;
  #unsettledBytes = 0;

  constructor(options?: AzureMonitorExporterOptions) {
    this.#pipeline = openPipeline(SPANS, options);
  }

  /** A span that begins says nothing yet. */
  onStart(): void {}

  /** Takes a span that has ended. Never throws. */
  onEnd(span: ReadableSpan): void {
    if (!isSampled(span)) return;
    if (this.#pipeline.isShutDown) this.#pipeline.drop('shutdown');
    else if (this.#unsettledBytes >= MAX_UNSETTLED_BYTES) this.#pipeline.drop('memory');
    else if (isResourcePending(span)) this.#wait(span);
    else this.#gather(span);
  }

  /** Resolves when all spans that have ended so far are sent or stored; rejects with the count when they could not be. */
  forceFlush(): Promise<void> {
    this.#send();
    return this.#pipeline.forceFlush();
  }

  /** Flushes, and lets go of sockets and timers. Later spans are counted as lost. */
  shutdown(): Promise<void> {
    this.#send();
    return this.#pipeline.shutdown();
  }

  /** Where every item is that was handed over so far. Exporters of one resource share these counts. */
  stats(): ExporterStats {
    return this.#pipeline.stats();
  }

  #gather(span: ReadableSpan): void {
    this.#batch ??= this.#pipeline.openBatch();
    this.#timer ??= setTimeout(() => this.#send(), MAX_DELAY_MILLIS).unref();
    this.#batch.add(span);
    if (this.#batch.byteLength >= MAX_BATCH_BYTES) this.#send();
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch === undefined) return;
    this.#unsettledBytes += batch.byteLength;
    void batch.send().then(() => (this.#unsettledBytes -= batch.byteLength));
  }

  /** The pipeline waits for the resource, which is that of the first spans of a process only. */
  #wait(span: ReadableSpan): void {
    if (this.#waitingSpans >= MAX_WAITING_SPANS) return this.#pipeline.drop('memory');
    this.#waitingSpans += 1;
    this.#pipeline.export([span], () => (this.#waitingSpans -= 1));
  }
}

/** What is no span at all goes on, and is counted where it cannot be converted. */
function isSampled(span: ReadableSpan): boolean {
  try {
    return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
  } catch {
    return true;
  }
}

function isResourcePending(span: ReadableSpan): boolean {
  try {
    return span.resource.asyncAttributesPending === true;
  } catch {
    return false;
  }
}
