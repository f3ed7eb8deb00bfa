import type { MetricDescriptor } from './metric-descriptor.ts';
import type { MetricValue } from './metric-value.ts';
import { Printed, toPythonTuple } from './printed-forms.ts';
import { toPrintedTimestamp } from './timestamp.ts';

/** A value at a time; prints as `Point(value=ValueLong(5), timestamp=2019-10-09 20:58:04.930426)`. */
export class Point extends Printed {
  readonly value: MetricValue;
  readonly timestamp: Date;

  constructor(value: MetricValue, timestamp: Date) {
    super();
    this.value = value;
    this.timestamp = timestamp;
  }

  override toString(): string {
    return `Point(value=${this.value.toString()}, timestamp=${toPrintedTimestamp(this.timestamp.getTime())})`;
  }
}

/** The values of one combination of labels. */
export class TimeSeries extends Printed {
  /** In the order of the descriptor's label keys; `null` for a label that was not given. */
  readonly labelValues: readonly (string | null)[];
  /** There is always one. */
  readonly points: readonly [Point];
  /** Since when the value was added up, ISO 8601; `null` for gauges. */
  readonly startTimestamp: string | null;

  constructor(labelValues: readonly (string | null)[], points: readonly [Point], startTimestamp: string | null) {
    super();
    this.labelValues = labelValues;
    this.points = points;
    this.startTimestamp = startTimestamp;
  }

  override toString(): string {
    const values = this.points.map(point => point.value.toString()).join(', ');
    const start = this.startTimestamp ?? 'None';
    return `TimeSeries([${values}], label_values=${toPythonTuple(this.labelValues)}, start_timestamp=${start})`;
  }
}

/** All time series of one view, gauge or cumulative; prints as `Metric(time_series=<1 TimeSeries>, …)`. */
export class Metric extends Printed {
  readonly descriptor: MetricDescriptor;
  /** Never empty: what has no time series gives no metric. */
  readonly timeSeries: readonly TimeSeries[];

  constructor(descriptor: MetricDescriptor, timeSeries: readonly TimeSeries[]) {
    super();
    this.descriptor = descriptor;
    this.timeSeries = timeSeries;
  }

  override toString(): string {
    return `Metric(time_series=<${this.timeSeries.length} TimeSeries>, descriptor.name="${this.descriptor.name}")`;
  }
}
