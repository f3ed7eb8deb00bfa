import { Metric, Point, TimeSeries } from './metric.ts';
import { isGauge, LabelKey, MetricDescriptor, type MetricDescriptorType } from './metric-descriptor.ts';
import type { MetricValue } from './metric-value.ts';
import { toIsoTimestamp } from './timestamp.ts';

/** What a gauge or cumulative is made of. `unit` is `null` when there is none; a label key may be given as its name. */
export type GaugeDefinition = [
  name: string,
  description: string,
  unit: string | null,
  labelKeys?: readonly (string | LabelKey)[],
];

interface Entry<P> {
  readonly labelValues: readonly (string | null)[];
  readonly point: P;
  readonly startTimestamp: string;
}

/** What gauges and cumulatives of all kinds have in common: a point for each combination of label values. */
export class LabelledPoints<P extends { toPointValue(): MetricValue | null }> {
  readonly descriptor: MetricDescriptor;
  readonly #entries = new Map<string, Entry<P>>();

  constructor(type: MetricDescriptorType, ...[name, description, unit, labelKeys = []]: GaugeDefinition) {
    const keys = labelKeys.map(key => (typeof key === 'string' ? new LabelKey(key) : key));
    this.descriptor = new MetricDescriptor(name, description, unit, type, keys);
  }

  /** Forgets the time series of these label values, if there is one. */
  removeTimeSeries(labelValues: readonly string[]): void {
    this.#entries.delete(toKey(this.checked(labelValues)));
  }

  /** Forgets the time series that has no label values. */
  removeDefaultTimeSeries(): void {
    this.#entries.delete(toKey(this.noLabelValues()));
  }

  /** Forgets all time series. */
  clear(): void {
    this.#entries.clear();
  }

  /** The metric as it is now; `null` while no time series has a value. */
  getMetric(timestamp: Date): Metric | null {
    const hasStart = !isGauge(this.descriptor.type);
    const timeSeries = [...this.#entries.values()].flatMap(({ labelValues, point, startTimestamp }) => {
      const value = point.toPointValue();
      if (value === null) return [];
      return [new TimeSeries(labelValues, [new Point(value, timestamp)], hasStart ? startTimestamp : null)];
    });
    return timeSeries.length === 0 ? null : new Metric(this.descriptor, timeSeries);
  }

  /** The point of these label values; made, and there from then on, when there is none. */
  protected getOrCreate(labelValues: readonly (string | null)[], make: () => P): P {
    const key = toKey(labelValues);
    const existing = this.#entries.get(key);
    if (existing !== undefined) return existing.point;
    const entry = { labelValues: [...labelValues], point: make(), startTimestamp: toIsoTimestamp(Date.now()) };
    this.#entries.set(key, entry);
    return entry.point;
  }

  /** @throws RangeError when there is not one text for each label key. */
  protected checked(labelValues: readonly string[]): readonly string[] {
    const expected = this.descriptor.labelKeys.length;
    if (labelValues.length !== expected || !labelValues.every(value => typeof value === 'string'))
      throw new RangeError(`label values: expected ${expected}, each a text, found ${labelValues.length}`);
    return labelValues;
  }

  protected noLabelValues(): readonly null[] {
    return this.descriptor.labelKeys.map(() => null);
  }
}

function toKey(labelValues: readonly (string | null)[]): string {
  return JSON.stringify(labelValues);
}
