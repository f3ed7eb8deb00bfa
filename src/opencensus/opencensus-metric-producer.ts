import { VERSION } from '../index.ts';
import { DeltaMemory } from './delta-memory.ts';
import type { Metric } from './metric.ts';
import type { MetricProducer } from './metric-producer.ts';
import { toMetricData, type MetricData } from './opentelemetry-metrics.ts';
import { stats } from './stats.ts';

/** What a metric reader of OpenTelemetry gets from a producer. */
export interface CollectionResult {
  readonly resourceMetrics: {
    /** Empty: the reader puts its own provider's in its place. */
    resource: EmptyResource;
    scopeMetrics: { scope: { name: string; version: string }; metrics: MetricData[] }[];
  };
  /** What producers threw; the metrics of the others are there. */
  readonly errors: unknown[];
}

/** A resource that says nothing. The SDK's 2.x line wants one with these methods. */
export interface EmptyResource {
  readonly attributes: Record<string, never>;
  merge(other: EmptyResource | null): EmptyResource;
  getRawAttributes(): never[];
}

/** How metrics of OpenCensus come to a reader. */
export interface OpenCensusMetricProducerOptions {
  /**
   * Where metrics are read from.
   *
   * @defaultValue `stats` alone
   */
  metricProducers?: readonly MetricProducer[] | undefined;
  /**
   * `cumulative` gives all that was added up since the start at each reading, as OpenCensus does. `delta` gives what was
   * added since the last reading, and nothing for what did not change: what Azure's sums and charts expect.
   *
   * @defaultValue 'cumulative'
   */
  temporality?: 'cumulative' | 'delta' | undefined;
}

/**
 * Gives the metrics of OpenCensus to any metric reader of OpenTelemetry's SDK:
 * `new PeriodicExportingMetricReader({ exporter, metricProducers: [new OpenCensusMetricProducer()] })`.
 *
 * With `temporality: 'delta'` each reader needs a producer of its own.
 */
export class OpenCensusMetricProducer {
  readonly #metricProducers: readonly MetricProducer[];
  readonly #delta: DeltaMemory | undefined;

  constructor({ metricProducers = [stats], temporality = 'cumulative' }: OpenCensusMetricProducerOptions = {}) {
    this.#metricProducers = metricProducers;
    this.#delta = temporality === 'delta' ? new DeltaMemory() : undefined;
  }

  /** The metrics as they are now. Never rejects. */
  collect(): Promise<CollectionResult> {
    const errors: unknown[] = [];
    const timestamp = new Date();
    const metrics = this.#metricProducers.flatMap(producer => this.#read(producer, timestamp, errors));
    const scope = { name: 'azure-monitor-bridge/opencensus', version: VERSION };
    const scopeMetrics = metrics.length === 0 ? [] : [{ scope, metrics }];
    return Promise.resolve({ resourceMetrics: { resource: EMPTY_RESOURCE, scopeMetrics }, errors });
  }

  /** A producer that throws costs its own metrics only. */
  #read(producer: MetricProducer, timestamp: Date, errors: unknown[]): MetricData[] {
    try {
      return producer.getMetrics(timestamp).flatMap(metric => this.#toMetricData(metric) ?? []);
    } catch (error) {
      errors.push(error);
      return [];
    }
  }

  #toMetricData(metric: Metric): MetricData | undefined {
    const data = toMetricData(metric);
    return this.#delta === undefined ? data : this.#delta.since(metric.descriptor, data);
  }
}

const EMPTY_RESOURCE: EmptyResource = {
  attributes: {},
  merge: other => other ?? EMPTY_RESOURCE,
  getRawAttributes: () => [],
};
