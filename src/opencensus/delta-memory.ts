import type { DataPoint, Histogram, MetricData } from './opentelemetry-metrics.ts';

/**
 * Turns what was added up since the start into what was added since the last time it was asked.
 *
 * The SDK leaves the temporality of a producer's metrics as it is, and a reader has a producer of its own, so the
 * producer is the place for this.
 */
export class DeltaMemory {
  /** By the object that stands for a metric: two views may have one name. */
  readonly #lastPoints = new WeakMap<object, ReadonlyMap<string, DataPoint<number | Histogram>>>();

  /** What is new in `data`, the metric that `identity` stands for. A gauge stays as it is; `undefined` for nothing new. */
  since(identity: object, data: MetricData): MetricData | undefined {
    switch (data.dataPointType) {
      case 2:
        return data;
      case 3: {
        const dataPoints = this.#changes(identity, data.dataPoints, subtractSum);
        return dataPoints.length === 0 ? undefined : { ...data, aggregationTemporality: 0, dataPoints };
      }
      case 0: {
        const dataPoints = this.#changes(identity, data.dataPoints, subtractHistogram);
        return dataPoints.length === 0 ? undefined : { ...data, aggregationTemporality: 0, dataPoints };
      }
    }
  }

  #changes<Value extends number | Histogram>(
    identity: object,
    points: readonly DataPoint<Value>[],
    subtract: (value: Value, before: Value) => Value | 'unchanged' | 'restarted',
  ): DataPoint<Value>[] {
    const lastPoints = this.#lastPoints.get(identity) as ReadonlyMap<string, DataPoint<Value>> | undefined;
    this.#lastPoints.set(identity, new Map(points.map(point => [toKey(point), point])));
    return points.flatMap(point => {
      const last = lastPoints?.get(toKey(point));
      if (last === undefined) return [point];
      const value = subtract(point.value, last.value);
      if (value === 'unchanged') return [];
      return [value === 'restarted' ? point : { ...point, startTime: last.endTime, value }];
    });
  }
}

/** A time series that began anew, and so has another start, is another one. */
function toKey({ attributes, startTime }: DataPoint<unknown>): string {
  return JSON.stringify([startTime, attributes]);
}

function subtractSum(value: number, before: number): number | 'unchanged' | 'restarted' {
  if (value === before) return 'unchanged';
  return value < before ? 'restarted' : value - before;
}

/** The smallest and largest value of the interval are not known: what is kept is that of the whole time. */
function subtractHistogram(value: Histogram, before: Histogram): Histogram | 'unchanged' | 'restarted' {
  if (value.count === before.count) return 'unchanged';
  if (value.count < before.count) return 'restarted';
  const { boundaries, counts } = value.buckets;
  return {
    count: value.count - before.count,
    sum: value.sum - before.sum,
    buckets: { boundaries, counts: counts.map((count, i) => count - (before.buckets.counts[i] ?? 0)) },
  };
}
