import { diag } from '@opentelemetry/api';
import {
  CountAggregationData,
  LastValueAggregationData,
  SumAggregationData,
  type AggregationData,
  type NumberValue,
} from './aggregation-data.ts';
import { DistributionAggregationData } from './distribution-data.ts';
import type { Measure } from './measure.ts';
import { MetricDescriptorType } from './metric-descriptor.ts';
import { ValueDouble, ValueLong } from './metric-value.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

/** What a view makes of the values of its measure. */
export interface Aggregation {
  /** Empty data for one combination of tag values. */
  newAggregationData(measure: Measure): AggregationData;
  /** The type of the metric that comes of it. */
  getMetricType(measure: Measure): MetricDescriptorType;
}

/** Counts the values, from `count` on. */
export class CountAggregation implements Aggregation {
  readonly #initialCount: number;

  constructor(count = 0) {
    this.#initialCount = count;
  }

  newAggregationData(): CountAggregationData {
    return new CountAggregationData(this.#initialCount);
  }

  getMetricType(): MetricDescriptorType {
    return MetricDescriptorType.CUMULATIVE_INT64;
  }
}

/** Adds the values up, from `sum` on. */
export class SumAggregation implements Aggregation {
  readonly #initialSum: number;

  constructor(sum = 0) {
    this.#initialSum = sum;
  }

  newAggregationData(measure: Measure): SumAggregationData {
    return new SumAggregationData(valueTypeOf(measure), this.#initialSum);
  }

  getMetricType(measure: Measure): MetricDescriptorType {
    return measure.kind === 'int' ? MetricDescriptorType.CUMULATIVE_INT64 : MetricDescriptorType.CUMULATIVE_DOUBLE;
  }
}

/** Keeps the latest value. */
export class LastValueAggregation implements Aggregation {
  readonly #initialValue: number;

  constructor(value = 0) {
    this.#initialValue = value;
  }

  newAggregationData(measure: Measure): LastValueAggregationData {
    return new LastValueAggregationData(valueTypeOf(measure), this.#initialValue);
  }

  getMetricType(measure: Measure): MetricDescriptorType {
    return measure.kind === 'int' ? MetricDescriptorType.GAUGE_INT64 : MetricDescriptorType.GAUGE_DOUBLE;
  }
}

/**
 * Keeps count, mean and spread of the values, and with `bounds` a histogram.
 *
 * Bounds of 0 and less are left out, with a warning; without bounds there is no histogram.
 *
 * @throws RangeError `bounds must be sorted in increasing order`
 */
export class DistributionAggregation implements Aggregation {
  readonly #bounds: readonly number[];

  constructor(bounds: readonly number[] = []) {
    if (!bounds.every((bound, i) => i === 0 || (bounds[i - 1] ?? bound) < bound))
      throw new RangeError('bounds must be sorted in increasing order');
    this.#bounds = bounds.filter(bound => bound > 0);
    const dropped = bounds.length - this.#bounds.length;
    if (dropped > 0) log.warn(`Dropping ${dropped} non-positive bucket boundaries`);
  }

  newAggregationData(): DistributionAggregationData {
    return new DistributionAggregationData(this.#bounds);
  }

  getMetricType(): MetricDescriptorType {
    return MetricDescriptorType.CUMULATIVE_DISTRIBUTION;
  }
}

function valueTypeOf(measure: Measure): NumberValue {
  return measure.kind === 'int' ? ValueLong : ValueDouble;
}
