import { diag } from '@opentelemetry/api';
import type { Attachments } from './aggregation-data.ts';
import type { Measure } from './measure.ts';
import type { Metric } from './metric.ts';
import type { TagMap } from './tag-map.ts';
import { toIsoTimestamp } from './timestamp.ts';
import { ViewData } from './view-data.ts';
import type { View } from './view.ts';
import { warnOnce } from './warn-once.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

/** Something that hears of views and of what they take in. */
export interface StatsExporter {
  /** Called when a view is registered. */
  onRegisterView?(view: View): void;
  /** Called at each record with a copy of every view that took a value. */
  export?(viewDatas: readonly ViewData[]): void;
  /** What an exporter has that reads the stats by itself, such as that of `newMetricsExporter`; not called from here. */
  forceFlush?(): Promise<void>;
}

/** The registered views, by the measure they aggregate, and what they have aggregated. */
export class MeasureToViewMap {
  /** Those that `ViewManager.registerExporter` was given. */
  readonly exporters: StatsExporter[] = [];
  readonly #viewDatasByMeasureName = new Map<string, ViewData[]>();
  readonly #views = new Map<string, View>();
  readonly #measures = new Map<string, Measure>();

  /** The view of each name; the last registered one where a name was given twice. */
  get exportedViews(): ReadonlySet<View> {
    return new Set(this.#views.values());
  }

  /** What the view of this name has aggregated so far, as a copy; `null` when there is none. */
  getView(viewName: string): ViewData | null {
    const view = this.#views.get(viewName);
    if (view === undefined) return null;
    const viewData = this.#viewDatasOf(view.measure).find(data => data.view.name === viewName);
    return viewData?.snapshot(toIsoTimestamp(Date.now())) ?? null;
  }

  /**
   * Starts to aggregate a view, unless this very view is registered already. `startTime` is ISO 8601.
   *
   * A different view of a name that is taken is warned of and aggregated too; of several measures of one name, the first
   * that came with a view is the one that records.
   */
  registerView(view: View, startTime: string): void {
    for (const exporter of this.exporters) guarded(exporter, () => exporter.onRegisterView?.(view));
    const existing = this.#views.get(view.name);
    if (existing === view) return;
    if (existing !== undefined) log.warn('A different view with the same name is already registered');
    this.#registerMeasure(view.measure);
    this.#views.set(view.name, view);
    const viewDatas = [...this.#viewDatasOf(view.measure), new ViewData(view, startTime)];
    this.#viewDatasByMeasureName.set(view.measure.name, viewDatas);
  }

  /**
   * Gives each value to the views of its measure. `timestamp` is ISO 8601.
   *
   * Stops at the first measure that no view has, or that is not the registered one of its name, as OpenCensus does.
   */
  record(
    tags: TagMap | null,
    measurements: ReadonlyMap<Measure, number>,
    timestamp: string,
    attachments: Attachments | null = null,
  ): void {
    for (const [measure, value] of measurements) {
      if (this.#measures.get(measure.name) !== measure) return;
      const viewDatas = this.#viewDatasOf(measure);
      for (const viewData of viewDatas) viewData.record(tags, value, timestamp, attachments);
      this.#pushToExporters(viewDatas);
    }
  }

  /** A metric for each view that has recorded something: by measure, then by view, as they were registered. */
  getMetrics(timestamp: Date = new Date()): Metric[] {
    return [...this.#viewDatasByMeasureName.values()].flat().flatMap(viewData => viewData.toMetric(timestamp) ?? []);
  }

  #registerMeasure(measure: Measure): void {
    const registered = this.#measures.get(measure.name);
    if (registered === undefined) this.#measures.set(measure.name, measure);
    else if (registered !== measure) log.warn('A different measure with the same name is already registered');
  }

  #viewDatasOf(measure: Measure): readonly ViewData[] {
    return this.#viewDatasByMeasureName.get(measure.name) ?? [];
  }

  #pushToExporters(viewDatas: readonly ViewData[]): void {
    const exporters = this.exporters.filter(exporter => exporter.export !== undefined);
    if (exporters.length === 0) return;
    const endTime = toIsoTimestamp(Date.now());
    const snapshots = viewDatas.map(viewData => viewData.snapshot(endTime));
    for (const exporter of exporters) guarded(exporter, () => exporter.export?.(snapshots));
  }
}

/** An exporter that throws does not reach the program that records. */
function guarded(exporter: StatsExporter, call: () => void): void {
  try {
    call();
  } catch (error) {
    warnOnce(exporter, 'A stats exporter threw', error);
  }
}
