import { diag } from '@opentelemetry/api';
import type { Measure, MeasureFloat, MeasureInt } from './measure.ts';
import type { MeasureToViewMap } from './measure-to-view-map.ts';
import { TagContext } from './tag-context.ts';
import type { TagMap } from './tag-map.ts';
import { toIsoTimestamp } from './timestamp.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

/**
 * Values to be recorded together. They stay in the map: recording it twice records them twice.
 *
 * A negative value makes the map refuse to record anything, then and later.
 */
export class MeasurementMap {
  /** Where the values go, and where they can be read back. */
  readonly measureToViewMap: MeasureToViewMap;
  readonly #measurements = new Map<Measure, number>();
  #attachments: Record<string, string> | null = null;
  #isInvalid = false;

  constructor(measureToViewMap: MeasureToViewMap) {
    this.measureToViewMap = measureToViewMap;
  }

  /** The values that would be recorded now. */
  get measurementMap(): ReadonlyMap<Measure, number> {
    return this.#measurements;
  }

  /** What would go into exemplars now; `null` when nothing was attached. */
  get attachments(): Readonly<Record<string, string>> | null {
    return this.#attachments;
  }

  /** Puts a value on a measure of whole numbers, in place of the one before. */
  measureIntPut(measure: MeasureInt, value: number): void {
    this.#put(measure, value);
  }

  /** Puts a value on a measure, in place of the one before. */
  measureFloatPut(measure: MeasureFloat, value: number): void {
    this.#put(measure, value);
  }

  /**
   * Notes something that goes with these values into the exemplars of distributions. The last value of a key stays.
   *
   * @throws TypeError when key or value is no text.
   */
  measurePutAttachment(key: string, value: string): void {
    if (typeof key !== 'string') throw new TypeError('attachment key should not be empty and should be a string');
    if (typeof value !== 'string') throw new TypeError('attachment value should not be empty and should be a string');
    // A new object each time: exemplars recorded before keep theirs.
    this.#attachments = { ...this.#attachments, [key]: value };
  }

  /** Records all values with these tags, or else with those of `TagContext`. */
  record(tags: TagMap | null = TagContext.get()): void {
    if (this.#isInvalid) {
      log.warn('Measurement map has included negative value measurements, refusing to record');
      return;
    }
    if (![...this.#measurements.values()].every(value => value >= 0)) {
      this.#isInvalid = true;
      log.warn('Dropping values, value to record must be non-negative');
      return;
    }
    this.measureToViewMap.record(tags, this.#measurements, toIsoTimestamp(Date.now()), this.#attachments);
  }

  #put(measure: Measure, value: number): void {
    if (typeof value !== 'number') throw new TypeError('value to record should be a number');
    if (value < 0) log.warn('Cannot record negative values');
    this.#measurements.set(measure, value);
  }
}
