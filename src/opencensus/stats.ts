import { MeasureToViewMap } from './measure-to-view-map.ts';
import type { Metric } from './metric.ts';
import type { MetricProducer } from './metric-producer.ts';
import { processWide } from './process-wide.ts';
import { StatsRecorder } from './stats-recorder.ts';
import { ViewManager } from './view-manager.ts';

/** Views, and what is recorded for them. A program uses `stats`; a test may make its own. */
export class Stats implements MetricProducer {
  readonly viewManager: ViewManager;
  readonly statsRecorder: StatsRecorder;

  constructor() {
    const measureToViewMap = new MeasureToViewMap();
    this.viewManager = new ViewManager(measureToViewMap);
    this.statsRecorder = new StatsRecorder(measureToViewMap);
  }

  /** A metric for each view that has recorded something, as it is now; `timestamp` is the time its points say. */
  getMetrics(timestamp: Date = new Date()): Metric[] {
    return this.viewManager.measureToViewMap.getMetrics(timestamp);
  }
}

/** The stats of this process. */
export const stats: Stats = processWide('stats/1', () => new Stats());
