import { finding, missing, tooLong, wrongType, type Finding, type Place } from './finding.ts';
import { isObject, toText, type JsonObject } from './json.ts';
import {
  MAX_KEY_LENGTH,
  MAX_PROPERTIES,
  SCHEMA,
  maxPropertyLength,
  type BaseType,
  type Field,
  type PartName,
} from './schema.ts';
import { severityNumber } from './severity.ts';
import { parseTimeSpan } from './timespan.ts';

/** The service keeps durations below 1000 days. */
const MAX_DURATION_MILLIS = 1000 * 24 * 60 * 60 * 1000;

/** Everything wrong or odd about the fields of a `baseData`, its lists, properties and measurements included. */
export function* checkData(type: BaseType, data: JsonObject): Generator<Finding> {
  yield* checkFields(type, data, 'data');
  yield* checkProperties(data.properties);
  yield* checkMeasurements(data.measurements);
}

function* checkFields(owner: BaseType | PartName, value: JsonObject, path: string): Generator<Finding> {
  for (const field of SCHEMA[owner]) {
    yield* checkField(field, value[field.name], { path: `${path}.${field.name}`, name: field.name, owner });
  }
}

function* checkField(field: Field, value: unknown, place: Place): Generator<Finding> {
  if (value === undefined || value === null || value === '') {
    if (field.required) yield missing(place, field.type, value);
    return;
  }
  switch (field.type) {
    case 'string':
      return yield* checkString(field, value, place);
    case 'number':
      return yield* checkNumber(field, value, place);
    case 'boolean':
      return yield* checkBoolean(value, place);
    case 'duration':
      return yield* checkDuration(value, place);
    case 'severity':
      if (severityNumber(value) === undefined) yield finding(place.path, 'a severity level', value, 'odd');
      return;
    case 'list':
      return yield* checkList(field, value, place);
  }
}

function* checkString(field: Field, value: unknown, place: Place): Generator<Finding> {
  if (typeof value === 'object') return yield wrongType(place, 'string', value);
  if (typeof value !== 'string') return yield finding(place.path, 'a string', value, 'odd');
  if (field.max !== undefined && value.length > field.max) yield tooLong(place, field.max, value.length);
}

function* checkNumber(field: Field, value: unknown, place: Place): Generator<Finding> {
  if (typeof value === 'string' && isNumeric(value)) return yield finding(place.path, 'a number', value, 'refused');
  if (typeof value !== 'number') return yield wrongType(place, 'number', value);
  if (!Number.isFinite(value)) return yield finding(place.path, 'a finite number', value, 'refused');
  if (field.max !== undefined && value > field.max) yield finding(place.path, `at most ${field.max}`, value, 'refused');
}

function* checkBoolean(value: unknown, place: Place): Generator<Finding> {
  if (typeof value === 'boolean') return;
  if (typeof value === 'object') return yield wrongType(place, 'boolean', value);
  yield finding(place.path, 'true or false', value, 'odd');
}

function* checkDuration(value: unknown, place: Place): Generator<Finding> {
  const millis = typeof value === 'string' ? parseTimeSpan(value) : undefined;
  if (millis === undefined) return yield { ...wrongType(place, 'TimeSpan', value), limit: '[d.]hh:mm:ss[.fffffff]' };
  if (millis < 0) yield finding(place.path, 'zero or more', value, 'odd');
  if (millis >= MAX_DURATION_MILLIS) yield finding(place.path, 'below 1000 days', value, 'refused');
}

function* checkList(field: Field, value: unknown, place: Place): Generator<Finding> {
  if (!Array.isArray(value)) return yield wrongType(place, 'list', value);
  if (field.required && value.length === 0) yield missing(place, 'list', '');
  if (field.max !== undefined && value.length > field.max) {
    yield { ...finding(place.path, `at most ${field.max}`, value, 'odd'), found: String(value.length) };
  }
  if (field.of === undefined) return;
  for (const [index, entry] of value.entries()) {
    const path = `${place.path}[${index}]`;
    if (isObject(entry)) yield* checkFields(field.of, entry, path);
    else yield wrongType({ ...place, path }, 'object', entry);
  }
}

function* checkProperties(properties: unknown): Generator<Finding> {
  if (properties === undefined || properties === null) return;
  const place: Place = { path: 'data.properties', name: 'properties', owner: 'Domain' };
  if (!isObject(properties)) return yield wrongType(place, 'object', properties);
  const keys = Object.keys(properties);
  if (keys.length > MAX_PROPERTIES) {
    yield {
      ...finding(place.path, `at most ${MAX_PROPERTIES} properties`, properties, 'odd'),
      found: `${keys.length}`,
    };
  }
  for (const key of keys) {
    const path = pathOf(place, key);
    yield* checkKey(path, key);
    const value = properties[key];
    if (typeof value !== 'string') yield finding(path, 'a string', value, 'odd');
    else if (value.length > maxPropertyLength(key)) {
      yield { ...tooLong({ ...place, path }, maxPropertyLength(key), value.length), effect: 'cut' };
    }
  }
}

function* checkMeasurements(measurements: unknown): Generator<Finding> {
  if (measurements === undefined || measurements === null) return;
  const place: Place = { path: 'data.measurements', name: 'measurements', owner: 'Domain' };
  if (!isObject(measurements)) return yield wrongType(place, 'object', measurements);
  for (const [key, value] of Object.entries(measurements)) {
    const path = pathOf(place, key);
    yield* checkKey(path, key);
    if (typeof value === 'number' && Number.isFinite(value)) continue;
    yield finding(path, 'a finite number', value, 'refused', notANumber(key, value));
  }
}

function* checkKey(path: string, key: string): Generator<Finding> {
  if (key.length <= MAX_KEY_LENGTH) return;
  const found = `${key.length} characters`;
  yield { ...finding(path, `a key of at most ${MAX_KEY_LENGTH} characters`, key, 'cut'), found };
}

/** A hostile key must not make the path of a warning megabytes long. */
function pathOf(place: Place, key: string): string {
  return `${place.path}.${key.slice(0, MAX_KEY_LENGTH)}`;
}

/** The wording of the service, as the tests of https://github.com/microsoft/ApplicationInsights-JS have it. */
function notANumber(key: string, value: unknown): string {
  const child = `Child value '${toText(value).slice(0, MAX_KEY_LENGTH)}' for key '${key.slice(0, MAX_KEY_LENGTH)}'`;
  return `200: ${child} is of incorrect type. Expected: number, Actual: ${typeof value}`;
}

function isNumeric(text: string): boolean {
  return text.trim() !== '' && (/^[+-]?(?:NaN|Infinity|INF)$/.test(text) || !Number.isNaN(Number(text)));
}
