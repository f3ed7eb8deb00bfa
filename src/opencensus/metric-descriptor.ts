import { Printed } from './printed-forms.ts';

/** What kind of numbers a metric holds, by the numbers that OpenCensus gives them. */
export const MetricDescriptorType = {
  GAUGE_INT64: 1,
  GAUGE_DOUBLE: 2,
  CUMULATIVE_INT64: 4,
  CUMULATIVE_DOUBLE: 5,
  CUMULATIVE_DISTRIBUTION: 6,
} as const;

/** One of the numbers of `MetricDescriptorType`. */
export type MetricDescriptorType = (typeof MetricDescriptorType)[keyof typeof MetricDescriptorType];

const VALUE_NAMES: Readonly<Record<MetricDescriptorType, string>> = {
  [MetricDescriptorType.GAUGE_INT64]: 'ValueLong',
  [MetricDescriptorType.GAUGE_DOUBLE]: 'ValueDouble',
  [MetricDescriptorType.CUMULATIVE_INT64]: 'ValueLong',
  [MetricDescriptorType.CUMULATIVE_DOUBLE]: 'ValueDouble',
  [MetricDescriptorType.CUMULATIVE_DISTRIBUTION]: 'ValueDistribution',
};

/** The name of a label, and what it stands for. */
export class LabelKey extends Printed {
  readonly key: string;
  readonly description: string;

  constructor(key: string, description = '') {
    super();
    this.key = key;
    this.description = description;
  }

  override toString(): string {
    return this.description === ''
      ? `LabelKey(${this.key})`
      : `LabelKey(${this.key}, description="${this.description}")`;
  }
}

/** What the time series of a metric have in common; prints as `MetricDescriptor(name="…", description="…", …)`. */
export class MetricDescriptor extends Printed {
  readonly name: string;
  readonly description: string;
  readonly unit: string | null;
  readonly type: MetricDescriptorType;
  readonly labelKeys: readonly LabelKey[];

  constructor(
    name: string,
    description: string,
    unit: string | null,
    type: MetricDescriptorType,
    labelKeys: readonly LabelKey[],
  ) {
    super();
    this.name = name;
    this.description = description;
    this.unit = unit;
    this.type = type;
    this.labelKeys = labelKeys;
  }

  override toString(): string {
    const valueName = VALUE_NAMES[this.type];
    return `MetricDescriptor(name="${this.name}", description="${this.description}", unit=${this.unit ?? 'None'}, type=${valueName})`;
  }
}

/** True for a value that goes up and down, false for one that was added up since a start. */
export function isGauge(type: MetricDescriptorType): boolean {
  return type === MetricDescriptorType.GAUGE_INT64 || type === MetricDescriptorType.GAUGE_DOUBLE;
}
