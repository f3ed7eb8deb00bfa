import type { MeasureToViewMap, StatsExporter } from './measure-to-view-map.ts';
import { toIsoTimestamp } from './timestamp.ts';
import type { ViewData } from './view-data.ts';
import type { View } from './view.ts';

/** Where views are registered, at any time, and read. */
export class ViewManager {
  /** ISO 8601: when the stats came to be, the start time of every view. */
  readonly time: string = toIsoTimestamp(Date.now());
  /** What the views have aggregated. */
  readonly measureToViewMap: MeasureToViewMap;

  constructor(measureToViewMap: MeasureToViewMap) {
    this.measureToViewMap = measureToViewMap;
  }

  /** Starts to aggregate a view. Registering the same view again does nothing. */
  registerView(view: View): void {
    this.measureToViewMap.registerView(view, this.time);
  }

  /** What the view of this name has aggregated so far, as a copy; `null` when there is none. */
  getView(viewName: string): ViewData | null {
    return this.measureToViewMap.getView(viewName);
  }

  /** The registered views. */
  getAllExportedViews(): ReadonlySet<View> {
    return this.measureToViewMap.exportedViews;
  }

  /**
   * Tells an exporter of views and records from now on. An exporter of `newMetricsExporter` reads the stats by itself,
   * at its interval, and needs no registration; registering it is harmless.
   */
  registerExporter(exporter: StatsExporter): void {
    this.measureToViewMap.exporters.push(exporter);
  }

  /** Tells an exporter nothing more. */
  unregisterExporter(exporter: StatsExporter): void {
    const index = this.measureToViewMap.exporters.indexOf(exporter);
    if (index !== -1) this.measureToViewMap.exporters.splice(index, 1);
  }
}
