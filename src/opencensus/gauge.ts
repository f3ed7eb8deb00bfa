import { DerivedGaugePoint, GaugePoint, type PointRule, type ValueFunction } from './gauge-point.ts';
import { LabelledPoints, type GaugeDefinition } from './labelled-points.ts';
import { MetricDescriptorType } from './metric-descriptor.ts';

/** What kind of metric a gauge or cumulative makes, and what its points take. */
export interface GaugeKind {
  readonly type: MetricDescriptorType;
  readonly rule: PointRule;
}

const LONG: GaugeKind = {
  type: MetricDescriptorType.GAUGE_INT64,
  rule: { name: 'GaugePointLong', isLong: true, onlyGrows: false },
};
const DOUBLE: GaugeKind = {
  type: MetricDescriptorType.GAUGE_DOUBLE,
  rule: { name: 'GaugePointDouble', isLong: false, onlyGrows: false },
};

/** A metric whose values the program sets. Use one of `LongGauge`, `DoubleGauge`, `LongCumulative`, `DoubleCumulative`. */
export class Gauge extends LabelledPoints<GaugePoint> {
  readonly #rule: PointRule;

  constructor(kind: GaugeKind, ...definition: GaugeDefinition) {
    super(kind.type, ...definition);
    this.#rule = kind.rule;
  }

  /**
   * The point of these label values, given in the order of the label keys; it starts at 0.
   *
   * @throws RangeError when there is not one text for each label key.
   */
  getOrCreateTimeSeries(labelValues: readonly string[]): GaugePoint {
    return this.getOrCreate(this.checked(labelValues), () => new GaugePoint(this.#rule));
  }

  /** The point that has no label values; it starts at 0. */
  getOrCreateDefaultTimeSeries(): GaugePoint {
    return this.getOrCreate(this.noLabelValues(), () => new GaugePoint(this.#rule));
  }
}

/** A metric whose values are asked for when it is read. Use one of `DerivedLongGauge` and its like. */
export class DerivedGauge extends LabelledPoints<DerivedGaugePoint> {
  readonly #rule: PointRule;

  constructor(kind: GaugeKind, ...definition: GaugeDefinition) {
    super(kind.type, ...definition);
    this.#rule = kind.rule;
  }

  /**
   * Takes the values of these labels from a function from now on. Labels that have one already keep it.
   *
   * @throws RangeError when there is not one text for each label key.
   */
  createTimeSeries(labelValues: readonly string[], valueFunction: ValueFunction): DerivedGaugePoint {
    return this.getOrCreate(this.checked(labelValues), () => new DerivedGaugePoint(this.#rule, valueFunction));
  }

  /** Takes the values without labels from a function from now on, unless they have one already. */
  createDefaultTimeSeries(valueFunction: ValueFunction): DerivedGaugePoint {
    return this.getOrCreate(this.noLabelValues(), () => new DerivedGaugePoint(this.#rule, valueFunction));
  }
}

/** Whole numbers that go up and down, set by the program. */
export class LongGauge extends Gauge {
  constructor(...definition: GaugeDefinition) {
    super(LONG, ...definition);
  }
}

/** Numbers that go up and down, set by the program. */
export class DoubleGauge extends Gauge {
  constructor(...definition: GaugeDefinition) {
    super(DOUBLE, ...definition);
  }
}

/** Whole numbers that go up and down, asked for when they are read. */
export class DerivedLongGauge extends DerivedGauge {
  constructor(...definition: GaugeDefinition) {
    super(LONG, ...definition);
  }
}

/** Numbers that go up and down, asked for when they are read. */
export class DerivedDoubleGauge extends DerivedGauge {
  constructor(...definition: GaugeDefinition) {
    super(DOUBLE, ...definition);
  }
}
