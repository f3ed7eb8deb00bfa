import type { Measure, MeasureFloat, MeasureInt } from './measure.ts';
import type { MeasureToViewMap } from './measure-to-view-map.ts';
import { TagContext } from './tag-context.ts';
import type { TagMap } from './tag-map.ts';
import { toIsoTimestamp } from './timestamp.ts';
import { warnOnce } from './warn-once.ts';

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
  record(tags?: TagMap | null): void {
    if (this.#isInvalid) {
      warnOnce(this, 'Measurement map has included negative value measurements, refusing to record');
      return;
    }
    for (const [measure, value] of this.#measurements) {
      if (value >= 0) continue;
      this.#isInvalid = true;
      warnOnce(measure, 'Dropping values, value to record must be non-negative', measure.name);
      return;
    }
    const timestamp = toIsoTimestamp(Date.now());
    this.measureToViewMap.record(tags ?? TagContext.get(), this.#measurements, timestamp, this.#attachments);
  }

  #put(measure: Measure, value: number): void {
    if (typeof value !== 'number') throw new TypeError('value to record should be a number');
    if (value < 0) warnOnce(measure, 'Cannot record negative values', measure.name);
    this.#measurements.set(measure, value);
  }
}
