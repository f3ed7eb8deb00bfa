import type { AzureMonitorExporterOptions, Envelope } from '../index.ts';
import { warnOnce } from './warn-once.ts';

/** Sees every envelope before it is sent, and may change it in place. `false` drops it; anything else keeps it. */
export type TelemetryProcessor = (envelope: Envelope) => boolean | void;

type EnvelopeHook = NonNullable<AzureMonitorExporterOptions['onEnvelope']>;

/** The telemetry processors of one exporter, called in the order in which they were added. */
export class TelemetryProcessors {
  #processors: readonly TelemetryProcessor[] = [];

  add(processor: TelemetryProcessor): void {
    this.#processors = [...this.#processors, processor];
  }

  clear(): void {
    this.#processors = [];
  }

  /** The hook of an exporter that calls these processors, and then, for what they keep, the one that was given. */
  before(onEnvelope: EnvelopeHook | undefined): EnvelopeHook {
    return envelope => this.#admit(envelope) && onEnvelope?.(envelope);
  }

  /**
   * Whether the envelope is to be sent: false as soon as one processor says so.
   *
   * As in OpenCensus, one that throws is warned of, once, and counts as if it had kept the envelope. To drop what could not be
   * looked at, use the option `onEnvelope`.
   */
  #admit(envelope: Envelope): boolean {
    return this.#processors.every(processor => {
      try {
        return processor(envelope) !== false;
      } catch (error) {
        warnOnce(processor, 'A telemetry processor threw', error);
        return true;
      }
    });
  }
}
