import { randomUUID } from 'node:crypto';
import type { Envelope } from './envelope-check.ts';
import { exceptionDetails, firstFrame, problemId } from './exception-columns.ts';
import { isObject, toBoolean, toNumber, toText, type JsonObject } from './json.ts';
import { counterOf } from './performance-counter.ts';
import { MAX_KEY_LENGTH, maxPropertyLength, type BaseType } from './schema.ts';
import { severityNumber } from './severity.ts';
import { CLASSIC_TABLE_NAMES, TABLES, columnsOf, type ClassicTableName, type Column } from './tables.ts';
import { parseTimeSpan } from './timespan.ts';

/** One item as both tables show it. */
export interface StoredRow {
  readonly table: ClassicTableName;
  readonly classic: Readonly<Record<string, unknown>>;
  readonly workspace: Readonly<Record<string, unknown>>;
  /** The length of the item as JSON, in bytes. */
  readonly bytes: number;
}

/** Turns an accepted envelope into its row; `bytes` is the length of the item as JSON. */
export function toRow(envelope: Envelope, bytes: number): StoredRow {
  const table = tableOf(envelope);
  const source: Source = { table, envelope, bytes, itemId: randomUUID(), ...firstParts(envelope.data) };
  const classic: Record<string, unknown> = {};
  const workspace: Record<string, unknown> = {};
  for (const column of READERS.get(table) ?? []) {
    const value = column.read(source);
    if (column.classic !== undefined) classic[column.classic] = value;
    if (column.workspace !== undefined) workspace[column.workspace] = value;
  }
  return { table, classic, workspace, bytes };
}

/** What the columns of one row are read from. */
interface Source {
  readonly table: ClassicTableName;
  readonly envelope: Envelope;
  readonly bytes: number;
  readonly itemId: string;
  readonly metric: JsonObject;
  readonly outer: JsonObject;
  readonly innermost: JsonObject;
}

type Reader = (source: Source) => unknown;

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

const MADE: Readonly<Record<string, Reader>> = {
  time: ({ envelope }) => envelope.time,
  itemId: ({ itemId }) => itemId,
  itemType: ({ table }) => TABLES[table].itemType,
  workspaceTable: ({ table }) => TABLES[table].workspace,
  iKey: ({ envelope }) => envelope.iKey,
  itemCount: ({ envelope }) => Math.round(100 / envelope.sampleRate),
  billedSize: ({ bytes }) => bytes,
  properties: ({ envelope }) => propertiesOf(envelope.data.properties),
  measurements: ({ envelope }) => measurementsOf(envelope.data.measurements),
  success: ({ envelope }) => isSuccess(envelope.data),
  successWord: ({ envelope }) => (isSuccess(envelope.data) ? 'True' : 'False'),
  successDigit: ({ envelope }) => (isSuccess(envelope.data) ? '1' : '0'),
  durationMillis: ({ envelope }) => durationOf(envelope.data) ?? null,
  performanceBucket: ({ envelope }) => performanceBucket(durationOf(envelope.data)),
  severityLevel: ({ envelope }) => severityNumber(envelope.data.severityLevel) ?? null,
  valueCount: ({ metric }) => toNumber(metric.count) ?? 1,
  valueMin: ({ metric }) => toNumber(metric.min) ?? toNumber(metric.value),
  valueMax: ({ metric }) => toNumber(metric.max) ?? toNumber(metric.value),
  counterName: ({ envelope }) => counterOf(envelope)?.name,
  counterCategory: ({ envelope }) => counterOf(envelope)?.category,
  counter: ({ envelope }) => counterOf(envelope)?.counter,
  counterInstance: ({ envelope }) => counterOf(envelope)?.instance,
  counterValue: ({ envelope }) => counterOf(envelope)?.value,
  problemId: ({ envelope, outer }) => problemId(envelope.data, outer),
  details: ({ envelope }) => exceptionDetails(envelope.data),
};

/** Upper edges in milliseconds; from the official Java exporter's DurationBucketizer. */
const BUCKETS: readonly (readonly [number, string])[] = [
  [250, '<250ms'],
  [500, '250ms-500ms'],
  [1000, '500ms-1sec'],
  [3000, '1sec-3sec'],
  [7000, '3sec-7sec'],
  [15_000, '7sec-15sec'],
  [30_000, '15sec-30sec'],
  [60_000, '30sec-1min'],
  [120_000, '1min-2min'],
  [300_000, '2min-5min'],
];

const READERS: ReadonlyMap<ClassicTableName, readonly (Column & { readonly read: Reader })[]> = new Map(
  CLASSIC_TABLE_NAMES.map(table => [table, columnsOf(table).map(column => ({ ...column, read: readerOf(column) }))]),
);

function tableOf(envelope: Envelope): ClassicTableName {
  return counterOf(envelope) === undefined ? TABLE_BY_TYPE[envelope.type] : 'performanceCounters';
}

function firstParts(data: JsonObject): Pick<Source, 'metric' | 'outer' | 'innermost'> {
  const exceptions = Array.isArray(data.exceptions) ? data.exceptions : [];
  return {
    metric: objectIn(Array.isArray(data.metrics) ? data.metrics[0] : undefined),
    outer: withFrame(objectIn(exceptions.at(0))),
    innermost: withFrame(objectIn(exceptions.at(-1))),
  };
}

function objectIn(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** An exception's own fields, with method and assembly of its first frame. */
function withFrame(exception: JsonObject): JsonObject {
  const { method, assembly } = firstFrame(exception);
  return { ...exception, method, assembly };
}

function readerOf({ from, type, nullable }: Column): Reader {
  const dot = from.indexOf('.');
  const name = from.slice(dot + 1);
  const convert = type === 'string' ? toText : (value: unknown) => toNumber(value) ?? (nullable ? null : 0);
  switch (from.slice(0, dot)) {
    case 'constant':
      return () => name;
    case 'tag':
      return ({ envelope }) => convert(envelope.tags[name]);
    case 'data':
      return ({ envelope }) => convert(envelope.data[name]);
    case 'metric':
      return ({ metric }) => convert(metric[name]);
    case 'outer':
      return ({ outer }) => convert(outer[name]);
    case 'innermost':
      return ({ innermost }) => convert(innermost[name]);
    default:
      return MADE[name] ?? unknownSource(from);
  }
}

function unknownSource(from: string): never {
  throw new Error(`No column can be read from ${from}`);
}

function durationOf(data: JsonObject): number | undefined {
  return typeof data.duration === 'string' ? parseTimeSpan(data.duration) : undefined;
}

function performanceBucket(millis: number | undefined): string {
  if (millis === undefined) return '';
  return BUCKETS.find(([edge]) => millis < edge)?.[1] ?? '>=5min';
}

/** A dependency that does not say is a success: the default of the schema. */
function isSuccess(data: JsonObject): boolean {
  return data.success === undefined || data.success === null || toBoolean(data.success);
}

function propertiesOf(value: unknown): Record<string, string> {
  const entries = Object.entries(objectIn(value));
  return Object.fromEntries(
    entries.map(([key, property]) => [cutKey(key), cut(toText(property), maxPropertyLength(key))]),
  );
}

function measurementsOf(value: unknown): Record<string, number> {
  const entries = Object.entries(objectIn(value)).filter(([, measurement]) => toNumber(measurement) !== undefined);
  return Object.fromEntries(entries.map(([key, measurement]) => [cutKey(key), Number(measurement)]));
}

function cutKey(key: string): string {
  return cut(key, MAX_KEY_LENGTH);
}

/** Cuts to a length in UTF-16 code units and never between the two halves of one character. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const last = text.charCodeAt(maxLength - 1);
  return text.slice(0, last >= 0xd8_00 && last <= 0xdb_ff ? maxLength - 1 : maxLength);
}
