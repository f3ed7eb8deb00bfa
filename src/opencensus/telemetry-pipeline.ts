/// <reference lib="esnext.disposable" preserve="true" />
import { flushAtEnd } from '../final-flush.ts';
import type { ExporterStats } from '../index.ts';
import type { TelemetryProcessor, TelemetryProcessors } from './telemetry-processors.ts';

/** What telemetry goes through on its way to Azure Monitor. */
export interface PipelineParts {
  /** The SDK's, which collects in batches. */
  readonly provider: { forceFlush(): Promise<void>; shutdown(): Promise<void> };
  /** This library's, which the provider hands its batches to and shuts down. */
  readonly exporter: { forceFlush(): Promise<void>; stats(): ExporterStats };
  /** Asked by the exporter's hook. */
  readonly processors: TelemetryProcessors;
  /** How long the end of the program may be put off for what waits. */
  readonly graceMillis: number;
}

/**
 * What the exporters and handlers for Azure Monitor have in common: telemetry processors, a flush at the natural end of
 * the program, which it does not keep running, and an end of its own.
 */
export abstract class TelemetryPipeline {
  readonly #parts: PipelineParts;
  readonly #cancelFinalFlush: () => void;
  #shutdown: Promise<void> | undefined;

  constructor(parts: PipelineParts) {
    const { provider, exporter, graceMillis } = parts;
    this.#parts = parts;
    this.#cancelFinalFlush = flushAtEnd({
      handOver: () => provider.forceFlush(),
      stats: () => exporter.stats(),
      graceMillis,
    });
  }

  /** Lets a function see, change or drop what is sent from now on. */
  addTelemetryProcessor(processor: TelemetryProcessor): void {
    this.#parts.processors.add(processor);
  }

  /** Takes all telemetry processors away. */
  clearTelemetryProcessors(): void {
    this.#parts.processors.clear();
  }

  /** Sends all that waits now, metrics as they are now. Rejects when some could be neither sent nor stored. */
  async forceFlush(): Promise<void> {
    await this.#parts.provider.forceFlush();
    await this.#parts.exporter.forceFlush();
  }

  /** Sends what waits, metrics a last time, and stops. */
  shutdown(): Promise<void> {
    this.#cancelFinalFlush();
    this.#shutdown ??= this.#parts.provider.shutdown();
    return this.#shutdown;
  }

  /** The same as `shutdown`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }
}
