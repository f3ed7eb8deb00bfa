import { ValueDouble, ValueLong } from './metric-value.ts';
import { Printed, toPythonFloat, toPythonText } from './printed-forms.ts';
import { warnOnce } from './warn-once.ts';

/** What a point takes. */
export interface PointRule {
  /** The name it prints with, such as `GaugePointLong`. */
  readonly name: string;
  /** Takes whole numbers only. */
  readonly isLong: boolean;
  /** Ignores what would make it smaller. */
  readonly onlyGrows: boolean;
}

/** The value of one time series of a gauge or cumulative; prints as `GaugePointLong(5)`. */
export class GaugePoint extends Printed {
  readonly #rule: PointRule;
  #value = 0;

  constructor(rule: PointRule) {
    super();
    this.#rule = rule;
  }

  /**
   * Adds to the value. A cumulative ignores what is not above 0.
   *
   * @throws RangeError when it takes whole numbers only and this is none.
   */
  add(value: number): void {
    this.#check(value);
    if (!this.#rule.onlyGrows || value > 0) this.#value += value;
  }

  /**
   * Sets the value. A cumulative ignores what is not above the value it has.
   *
   * @throws RangeError when it takes whole numbers only and this is none.
   */
  set(value: number): void {
    this.#check(value);
    if (!this.#rule.onlyGrows || value > this.#value) this.#value = value;
  }

  getValue(): number {
    return this.#value;
  }

  /** The value as metrics hold it. */
  toPointValue(): ValueLong | ValueDouble {
    return this.#rule.isLong ? new ValueLong(this.#value) : new ValueDouble(this.#value);
  }

  override toString(): string {
    const { name, isLong } = this.#rule;
    return `${name}(${isLong ? toPythonText(this.#value) : toPythonFloat(this.#value)})`;
  }

  #check(value: number): void {
    const { name, isLong } = this.#rule;
    if (isLong && !Number.isInteger(value)) throw new RangeError(`${name} only supports integer types`);
  }
}

/** What a derived gauge asks for its value; `null` or `undefined` when there is none now. */
export type ValueFunction = () => number | null | undefined;

/** The value of one time series of a derived gauge or cumulative: what a function returns when it is read. */
export class DerivedGaugePoint {
  readonly #point: GaugePoint;
  readonly #valueFunction: ValueFunction;

  constructor(rule: PointRule, valueFunction: ValueFunction) {
    this.#point = new GaugePoint(rule);
    this.#valueFunction = valueFunction;
  }

  /** Asks the function; `null` when it has no value, throws, or returns what this point does not take. */
  getValue(): number | null {
    try {
      const value = this.#valueFunction();
      if (value === null || value === undefined) return null;
      this.#point.set(value);
      return this.#point.getValue();
    } catch (error) {
      warnOnce(this, 'The function of a derived gauge gave no value', error);
      return null;
    }
  }

  /** The value as metrics hold it; asks the function. */
  toPointValue(): ValueLong | ValueDouble | null {
    return this.getValue() === null ? null : this.#point.toPointValue();
  }
}
