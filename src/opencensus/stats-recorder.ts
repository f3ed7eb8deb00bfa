import { MeasurementMap } from './measurement-map.ts';
import type { MeasureToViewMap } from './measure-to-view-map.ts';

/** Where recording begins. */
export class StatsRecorder {
  /** Where the values go. */
  readonly measureToViewMap: MeasureToViewMap;

  constructor(measureToViewMap: MeasureToViewMap) {
    this.measureToViewMap = measureToViewMap;
  }

  /** An empty map to put values on and record them together. */
  newMeasurementMap(): MeasurementMap {
    return new MeasurementMap(this.measureToViewMap);
  }
}
