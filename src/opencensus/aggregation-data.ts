import { Point } from './metric.ts';
import { ValueLong, type ValueDouble } from './metric-value.ts';
import { Printed, toPythonText } from './printed-forms.ts';

/** Notes that go with a value into an exemplar. */
export type Attachments = Readonly<Record<string, string>>;

/** What an aggregation holds for one combination of tag values. */
export interface AggregationData {
  /** Takes in one value. `timestamp` is ISO 8601. */
  addSample(value: number, timestamp: string, attachments: Attachments | null): void;
  /** What was taken in so far, as a point. */
  toPoint(timestamp: Date): Point;
  /** A copy that later values do not change. */
  copy(): AggregationData;
  /** The printed form, such as `CountAggregationData(5)`. */
  toString(): string;
}

/** How a number is shown: as whole or not. */
export type NumberValue = typeof ValueLong | typeof ValueDouble;

/** How many values there were; prints as `CountAggregationData(5)`. */
export class CountAggregationData extends Printed implements AggregationData {
  #count: number;

  constructor(count: number) {
    super();
    this.#count = count;
  }

  get countData(): number {
    return this.#count;
  }

  addSample(): void {
    this.#count += 1;
  }

  toPoint(timestamp: Date): Point {
    return new Point(new ValueLong(this.#count), timestamp);
  }

  copy(): CountAggregationData {
    return new CountAggregationData(this.#count);
  }

  override toString(): string {
    return `CountAggregationData(${toPythonText(this.#count)})`;
  }
}

/** What the values add up to; prints as `SumAggregationData(12)`. */
export class SumAggregationData extends Printed implements AggregationData {
  readonly #valueType: NumberValue;
  #sum: number;

  constructor(valueType: NumberValue, sum: number) {
    super();
    this.#valueType = valueType;
    this.#sum = sum;
  }

  get sumData(): number {
    return this.#sum;
  }

  addSample(value: number): void {
    this.#sum += value;
  }

  toPoint(timestamp: Date): Point {
    return new Point(new this.#valueType(this.#sum), timestamp);
  }

  copy(): SumAggregationData {
    return new SumAggregationData(this.#valueType, this.#sum);
  }

  override toString(): string {
    return `SumAggregationData(${toPythonText(this.#sum)})`;
  }
}

/** The latest value; prints as `LastValueAggregationData(7)`. */
export class LastValueAggregationData extends Printed implements AggregationData {
  readonly #valueType: NumberValue;
  #value: number;

  constructor(valueType: NumberValue, value: number) {
    super();
    this.#valueType = valueType;
    this.#value = value;
  }

  get value(): number {
    return this.#value;
  }

  addSample(value: number): void {
    this.#value = value;
  }

  toPoint(timestamp: Date): Point {
    return new Point(new this.#valueType(this.#value), timestamp);
  }

  copy(): LastValueAggregationData {
    return new LastValueAggregationData(this.#valueType, this.#value);
  }

  override toString(): string {
    return `LastValueAggregationData(${toPythonText(this.#value)})`;
  }
}
