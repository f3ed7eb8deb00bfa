import type { AggregationData, Attachments } from './aggregation-data.ts';
import { Metric, TimeSeries } from './metric.ts';
import { isGauge } from './metric-descriptor.ts';
import type { TagMap } from './tag-map.ts';
import type { View } from './view.ts';

/** What a view holds for one combination of tag values. */
export interface ViewRow {
  /** In the order of the view's columns; `null` for a tag that was not given. */
  readonly tagValues: readonly (string | null)[];
  readonly aggregationData: AggregationData;
}

/** What a view has aggregated. */
export class ViewData {
  readonly view: View;
  /** ISO 8601: since when the stats exist, not since the view was registered. */
  readonly startTime: string;
  /** ISO 8601: when this copy was made; the start time in one that is still taking values. */
  readonly endTime: string;
  readonly #rows: Map<string, ViewRow>;

  constructor(view: View, startTime: string, endTime: string = startTime, rows: readonly ViewRow[] = []) {
    this.view = view;
    this.startTime = startTime;
    this.endTime = endTime;
    this.#rows = new Map(rows.map(row => [toKey(row.tagValues), row]));
  }

  /** All rows, in the order in which they came up. */
  get rows(): readonly ViewRow[] {
    return [...this.#rows.values()];
  }

  /** What was aggregated for these tag values, given in the order of the view's columns. */
  get(tagValues: readonly (string | null)[]): AggregationData | undefined {
    return this.#rows.get(toKey(tagValues))?.aggregationData;
  }

  /** Takes in one value. `timestamp` is ISO 8601. */
  record(tags: TagMap | null, value: number, timestamp: string, attachments: Attachments | null): void {
    const tagValues = this.view.columns.map(column => tags?.map.get(column) ?? null);
    this.#rowOf(tagValues).aggregationData.addSample(value, timestamp, attachments);
  }

  /** A copy that later values do not change. `endTime` is ISO 8601. */
  snapshot(endTime: string): ViewData {
    const rows = this.rows.map(row => ({ ...row, aggregationData: row.aggregationData.copy() }));
    return new ViewData(this.view, this.startTime, endTime, rows);
  }

  /** The metric of this view; none while nothing was recorded. */
  toMetric(timestamp: Date): Metric | undefined {
    if (this.#rows.size === 0) return undefined;
    const descriptor = this.view.getMetricDescriptor();
    const start = isGauge(descriptor.type) ? null : this.startTime;
    const timeSeries = this.rows.map(
      ({ tagValues, aggregationData }) => new TimeSeries(tagValues, [aggregationData.toPoint(timestamp)], start),
    );
    return new Metric(descriptor, timeSeries);
  }

  #rowOf(tagValues: readonly (string | null)[]): ViewRow {
    const key = toKey(tagValues);
    const row = this.#rows.get(key) ?? {
      tagValues,
      aggregationData: this.view.aggregation.newAggregationData(this.view.measure),
    };
    this.#rows.set(key, row);
    return row;
  }
}

/** Values stay in the order of the columns: sorted, `a=x b=y` and `a=y b=x` would be one row. */
function toKey(tagValues: readonly (string | null)[]): string {
  return JSON.stringify(tagValues);
}
