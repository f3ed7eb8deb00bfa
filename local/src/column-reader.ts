import { exceptionDetails, problemId } from './exception-columns.ts';
import { isObject, toBoolean, toNumber, toText, type JsonObject } from './json.ts';
import type { RowSource } from './row-source.ts';
import { MAX_KEY_LENGTH, maxPropertyLength } from './schema.ts';
import { severityNumber } from './severity.ts';
import { TABLES, type Column } from './tables.ts';

/** Reads the value of one column. */
export type ColumnReader = (source: RowSource) => unknown;

/** Compiles the `from` of a column. Throws for one that names no source, which a test of all columns would see. */
export function readerOf({ from, type, nullable }: Column): ColumnReader {
  const dot = from.indexOf('.');
  const name = from.slice(dot + 1);
  const convert = type === 'string' ? toText : (value: unknown) => toNumber(value) ?? (nullable === true ? null : 0);
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
    case 'counter':
      return ({ counter }) => convert(counter[name]);
    default:
      return MADE[name] ?? unknownSource(from);
  }
}

function unknownSource(from: string): never {
  throw new Error(`No column can be read from ${from}`);
}

const MADE: Readonly<Record<string, ColumnReader>> = {
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
  durationMillis: ({ durationMillis }) => durationMillis ?? null,
  performanceBucket: ({ durationMillis }) => performanceBucket(durationMillis),
  severityLevel: ({ envelope }) => severityNumber(envelope.data.severityLevel) ?? null,
  valueCount: ({ metric }) => toNumber(metric.count) ?? 1,
  valueMin: ({ metric }) => toNumber(metric.min) ?? toNumber(metric.value),
  valueMax: ({ metric }) => toNumber(metric.max) ?? toNumber(metric.value),
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

function objectIn(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
