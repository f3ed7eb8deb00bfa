import type { Envelope } from './envelope-check.ts';
import { firstFrame } from './exception-columns.ts';
import { isObject, type JsonObject } from './json.ts';
import { counterOf } from './performance-counter.ts';
import type { BaseType } from './schema.ts';
import type { ClassicTableName } from './tables.ts';
import { parseTimeSpan } from './timespan.ts';

/** What the columns of one row are read from: the envelope, and the parts of it that several columns need. */
export interface RowSource {
  readonly table: ClassicTableName;
  readonly envelope: Envelope;
  /** The length of the item as JSON, in bytes. */
  readonly bytes: number;
  readonly itemId: string;
  readonly durationMillis: number | undefined;
  /** The first metric; Azure uses no other. */
  readonly metric: JsonObject;
  /** The outermost exception, with method and assembly of its first frame. */
  readonly outer: JsonObject;
  /** The innermost exception, likewise. */
  readonly innermost: JsonObject;
  /** Category, counter, instance and value; empty for what is no performance counter. */
  readonly counter: JsonObject;
}

/** Finds the table of an envelope and takes its data apart. */
export function toRowSource(envelope: Envelope, bytes: number, itemId: string): RowSource {
  const { type, data } = envelope;
  const counter = counterOf(envelope);
  return {
    table: counter === undefined ? TABLE_BY_TYPE[type] : 'performanceCounters',
    envelope,
    bytes,
    itemId,
    durationMillis: typeof data.duration === 'string' ? parseTimeSpan(data.duration) : undefined,
    metric: objectAt(data.metrics, 0),
    outer: withFrame(objectAt(data.exceptions, 0)),
    innermost: withFrame(objectAt(data.exceptions, -1)),
    counter: { ...counter },
  };
}

const TABLE_BY_TYPE: Readonly<Record<BaseType, ClassicTableName>> = {
  RequestData: 'requests',
  RemoteDependencyData: 'dependencies',
  MessageData: 'traces',
  ExceptionData: 'exceptions',
  EventData: 'customEvents',
  MetricData: 'customMetrics',
  PerformanceCounterData: 'performanceCounters',
  AvailabilityData: 'availabilityResults',
  PageViewData: 'pageViews',
};

function objectAt(list: unknown, index: number): JsonObject {
  const value: unknown = Array.isArray(list) ? list.at(index) : undefined;
  return isObject(value) ? value : {};
}

function withFrame(exception: JsonObject): JsonObject {
  return { ...exception, ...firstFrame(exception) };
}
