import type { DerivedGauge, Gauge } from './gauge.ts';
import type { Metric } from './metric.ts';
import type { MetricProducer } from './metric-producer.ts';

/** Gauges and cumulatives to be exported together, by name: `newMetricsExporter({ metricProducers: [registry] })`. */
export class Registry implements MetricProducer {
  readonly #gauges = new Map<string, Gauge | DerivedGauge>();

  /** @throws RangeError when there is one of this name already. */
  addGauge(gauge: Gauge | DerivedGauge): void {
    const { name } = gauge.descriptor;
    if (this.#gauges.has(name)) throw new RangeError(`Another gauge named "${name}" is already registered`);
    this.#gauges.set(name, gauge);
  }

  /** A metric for each gauge that has a value, as it is now. */
  getMetrics(timestamp: Date = new Date()): Metric[] {
    return [...this.#gauges.values()].flatMap(gauge => gauge.getMetric(timestamp) ?? []);
  }
}
