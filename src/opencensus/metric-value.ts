import { Printed, toPythonFloat, toPythonText } from './printed-forms.ts';

/** What a point holds. */
export type MetricValue = ValueLong | ValueDouble | ValueDistribution;

/** A whole number; prints as `ValueLong(5)`. */
export class ValueLong extends Printed {
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  override toString(): string {
    return `ValueLong(${toPythonText(this.value)})`;
  }
}

/** A number; prints as `ValueDouble(9.5)`. */
export class ValueDouble extends Printed {
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  override toString(): string {
    return `ValueDouble(${toPythonFloat(this.value)})`;
  }
}

/** The last value with attachments that fell into a bucket. */
export interface Exemplar {
  readonly value: number;
  /** When it was recorded, ISO 8601. */
  readonly timestamp: string;
  readonly attachments: Readonly<Record<string, string>>;
}

/** How many values fell between two bounds. */
export interface Bucket {
  readonly count: number;
  readonly exemplar: Exemplar | null;
}

/** What a distribution holds. */
export interface Distribution {
  readonly count: number;
  /** The mean times the count, as OpenCensus has it: not exact to the last digit. */
  readonly sum: number;
  /** The sum of the squared distances from the mean. */
  readonly sumOfSquaredDeviation: number;
  /** Bucket `i` takes values from `bounds[i - 1]` up to but without `bounds[i]`; `null` when there is no histogram. */
  readonly bounds: readonly number[] | null;
  /** One more than there are bounds; `null` when there is no histogram. */
  readonly buckets: readonly Bucket[] | null;
  /** The smallest value, where it is known. OpenCensus itself does not keep it. */
  readonly min?: number | undefined;
  /** The largest value, where it is known. */
  readonly max?: number | undefined;
}

/** Many values, summed up; prints as `ValueDistribution(([1, 5, 10],))` or `ValueDistribution(None)`. */
export class ValueDistribution extends Printed implements Distribution {
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquaredDeviation: number;
  readonly bounds: readonly number[] | null;
  readonly buckets: readonly Bucket[] | null;
  readonly min: number | undefined;
  readonly max: number | undefined;

  constructor(distribution: Distribution) {
    super();
    this.count = distribution.count;
    this.sum = distribution.sum;
    this.sumOfSquaredDeviation = distribution.sumOfSquaredDeviation;
    this.bounds = distribution.bounds;
    this.buckets = distribution.buckets;
    this.min = distribution.min;
    this.max = distribution.max;
  }

  /** OpenCensus Python wraps the bounds in a tuple by accident; programs compare the text. */
  override toString(): string {
    return `ValueDistribution(${this.bounds === null ? 'None' : `(${toPythonText(this.bounds)},)`})`;
  }
}
