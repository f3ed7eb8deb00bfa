import type { AggregationData, Attachments } from './aggregation-data.ts';
import { Point } from './metric.ts';
import { ValueDistribution, type Exemplar } from './metric-value.ts';
import { Printed, toPythonText } from './printed-forms.ts';

/**
 * How many values there were, how they spread, and how many fell into each bucket; prints as
 * `DistributionAggregationData(5)`.
 */
export class DistributionAggregationData extends Printed implements AggregationData {
  readonly bounds: readonly number[];
  #count = 0;
  #mean = 0;
  #sumOfSquaredDeviations = 0;
  #min: number | undefined;
  #max: number | undefined;
  #countsPerBucket: number[];
  #exemplars: (Exemplar | null)[];

  /** `bounds` are above 0 and increase; with none of them there is no histogram. */
  constructor(bounds: readonly number[]) {
    super();
    this.bounds = bounds;
    this.#countsPerBucket = Array.from({ length: bounds.length + 1 }, () => 0);
    this.#exemplars = this.#countsPerBucket.map(() => null);
  }

  get countData(): number {
    return this.#count;
  }

  get meanData(): number {
    return this.#mean;
  }

  get sumOfSquaredDeviations(): number {
    return this.#sumOfSquaredDeviations;
  }

  get countsPerBucket(): readonly number[] {
    return this.#countsPerBucket;
  }

  /** One per bucket, `null` where no value had attachments. */
  get exemplars(): readonly (Exemplar | null)[] {
    return this.#exemplars;
  }

  /** The mean times the count, as OpenCensus has it: not exact to the last digit. */
  get sum(): number {
    return this.#mean * this.#count;
  }

  /** Of a sample; 0 while there are fewer than two values. */
  get variance(): number {
    return this.#count <= 1 ? 0 : this.#sumOfSquaredDeviations / (this.#count - 1);
  }

  addSample(value: number, timestamp: string, attachments: Attachments | null): void {
    const bucket = this.#bucketOf(value);
    this.#countsPerBucket[bucket] = (this.#countsPerBucket[bucket] ?? 0) + 1;
    if (attachments !== null) this.#exemplars[bucket] = { value, timestamp, attachments };
    this.#min = Math.min(value, this.#min ?? value);
    this.#max = Math.max(value, this.#max ?? value);
    this.#spread(value);
  }

  toPoint(timestamp: Date): Point {
    const buckets = this.#countsPerBucket.map((count, i) => ({ count, exemplar: this.#exemplars[i] ?? null }));
    const hasHistogram = this.bounds.length > 0;
    const value = new ValueDistribution({
      count: this.#count,
      sum: this.sum,
      sumOfSquaredDeviation: this.#sumOfSquaredDeviations,
      bounds: hasHistogram ? this.bounds : null,
      buckets: hasHistogram ? buckets : null,
      min: this.#min,
      max: this.#max,
    });
    return new Point(value, timestamp);
  }

  copy(): DistributionAggregationData {
    const copy = new DistributionAggregationData(this.bounds);
    copy.#count = this.#count;
    copy.#mean = this.#mean;
    copy.#sumOfSquaredDeviations = this.#sumOfSquaredDeviations;
    copy.#min = this.#min;
    copy.#max = this.#max;
    copy.#countsPerBucket = [...this.#countsPerBucket];
    copy.#exemplars = [...this.#exemplars];
    return copy;
  }

  override toString(): string {
    return `DistributionAggregationData(${toPythonText(this.#count)})`;
  }

  /** A value equal to a bound falls into the bucket above it; in OpenTelemetry's histograms, into the one below. */
  #bucketOf(value: number): number {
    const above = this.bounds.findIndex(bound => value < bound);
    return above === -1 ? this.bounds.length : above;
  }

  /** Welford's method, in the order of operations of OpenCensus: the last digits of its results depend on it. */
  #spread(value: number): void {
    this.#count += 1;
    const before = this.#mean;
    this.#mean = this.#count === 1 ? value : before + (value - before) / this.#count;
    if (this.#count > 1) this.#sumOfSquaredDeviations += (value - before) * (value - this.#mean);
  }
}
