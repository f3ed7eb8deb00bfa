import type { Aggregation } from './aggregation.ts';
import type { Measure } from './measure.ts';
import { LabelKey, MetricDescriptor } from './metric-descriptor.ts';

/** Which measure is aggregated, how, and by which tags. Known by identity, not by name. */
export class View {
  readonly name: string;
  readonly description: string;
  /** The tag keys whose values tell rows apart; other tags are ignored. */
  readonly columns: readonly string[];
  readonly measure: Measure;
  readonly aggregation: Aggregation;
  readonly #descriptor: MetricDescriptor;

  constructor(
    name: string,
    description: string,
    columns: readonly string[],
    measure: Measure,
    aggregation: Aggregation,
  ) {
    this.name = name;
    this.description = description;
    this.columns = columns;
    this.measure = measure;
    this.aggregation = aggregation;
    const labelKeys = columns.map(column => new LabelKey(column));
    const type = aggregation.getMetricType(measure);
    this.#descriptor = new MetricDescriptor(name, description, measure.unit, type, labelKeys);
  }

  /** What the metric of this view says of itself; the same object each time. */
  getMetricDescriptor(): MetricDescriptor {
    return this.#descriptor;
  }
}
