import type { Metric } from './metric.ts';

/** Something that metrics can be read from: `stats`, a `Registry`, or an object of your own. */
export interface MetricProducer {
  /** The metrics as they are now; `timestamp` is the time their points say. */
  getMetrics(timestamp?: Date): readonly Metric[];
}

/** The producers of a program, for exporters that read them all. */
export class MetricProducerManager {
  readonly #producers: Set<MetricProducer>;

  constructor(metricProducers: Iterable<MetricProducer> = []) {
    this.#producers = new Set(metricProducers);
  }

  add(metricProducer: MetricProducer): void {
    this.#producers.add(metricProducer);
  }

  remove(metricProducer: MetricProducer): void {
    this.#producers.delete(metricProducer);
  }

  /** A copy: producers may come and go while it is read. */
  getAll(): ReadonlySet<MetricProducer> {
    return new Set(this.#producers);
  }
}
