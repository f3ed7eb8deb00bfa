import { DerivedGauge, Gauge, type GaugeKind } from './gauge.ts';
import type { GaugeDefinition } from './labelled-points.ts';
import { MetricDescriptorType } from './metric-descriptor.ts';

const LONG: GaugeKind = {
  type: MetricDescriptorType.CUMULATIVE_INT64,
  rule: { name: 'CumulativePointLong', isLong: true, onlyGrows: true },
};
const DOUBLE: GaugeKind = {
  type: MetricDescriptorType.CUMULATIVE_DOUBLE,
  rule: { name: 'CumulativePointDouble', isLong: false, onlyGrows: true },
};

/** Whole numbers that only grow, set by the program; what would make one smaller is ignored. */
export class LongCumulative extends Gauge {
  constructor(...definition: GaugeDefinition) {
    super(LONG, ...definition);
  }
}

/** Numbers that only grow, set by the program; what would make one smaller is ignored. */
export class DoubleCumulative extends Gauge {
  constructor(...definition: GaugeDefinition) {
    super(DOUBLE, ...definition);
  }
}

/** Whole numbers that only grow, asked for when they are read. */
export class DerivedLongCumulative extends DerivedGauge {
  constructor(...definition: GaugeDefinition) {
    super(LONG, ...definition);
  }
}

/** Numbers that only grow, asked for when they are read. */
export class DerivedDoubleCumulative extends DerivedGauge {
  constructor(...definition: GaugeDefinition) {
    super(DOUBLE, ...definition);
  }
}
