import { finding, missing, tooLong, wrongType, type Finding, type Place } from './finding.ts';
import { isObject, type JsonObject } from './json.ts';
import { checkMeasurements, checkProperties } from './property-check.ts';
import { SCHEMA, type BaseType, type Field, type PartName } from './schema.ts';
import { severityNumber } from './severity.ts';
import { parseTimeSpan } from './timespan.ts';

/** The service keeps durations below 1000 days. */
const MAX_DURATION_MILLIS = 1000 * 24 * 60 * 60 * 1000;

/** Everything wrong or odd about the fields of a `baseData`, its lists, properties and measurements included. */
export function checkData(type: BaseType, data: JsonObject): Finding[] {
  return [
    ...checkFields(type, data, 'data'),
    ...checkProperties(data.properties),
    ...checkMeasurements(data.measurements),
  ];
}

function checkFields(owner: BaseType | PartName, value: JsonObject, path: string): Finding[] {
  return SCHEMA[owner].flatMap(field => {
    const place = { path: `${path}.${field.name}`, name: field.name, owner };
    return checkField(field, value[field.name], place);
  });
}

function checkField(field: Field, value: unknown, place: Place): Finding[] {
  if (value === undefined || value === null || value === '') {
    return field.required === true ? [missing(place, field.type, value)] : [];
  }
  switch (field.type) {
    case 'string':
      return checkString(field, value, place);
    case 'number':
      return checkNumber(field, value, place);
    case 'boolean':
      return checkBoolean(value, place);
    case 'duration':
      return checkDuration(value, place);
    case 'severity':
      return severityNumber(value) === undefined ? [finding(place.path, 'a severity level', value, 'odd')] : [];
    case 'list':
      return checkList(field, value, place);
  }
}

function checkString(field: Field, value: unknown, place: Place): Finding[] {
  if (typeof value === 'object') return [wrongType(place, 'string', value)];
  if (typeof value !== 'string') return [finding(place.path, 'a string', value, 'odd')];
  return field.max !== undefined && value.length > field.max ? [tooLong(place, field.max, value.length)] : [];
}

function checkNumber(field: Field, value: unknown, place: Place): Finding[] {
  if (typeof value === 'string' && isNumeric(value)) return [finding(place.path, 'a number', value, 'refused')];
  if (typeof value !== 'number') return [wrongType(place, 'number', value)];
  if (!Number.isFinite(value)) return [finding(place.path, 'a finite number', value, 'refused')];
  const isTooLarge = field.max !== undefined && value > field.max;
  return isTooLarge ? [finding(place.path, `at most ${field.max}`, value, 'refused')] : [];
}

function isNumeric(text: string): boolean {
  return text.trim() !== '' && (text === 'NaN' || !Number.isNaN(Number(text)));
}

function checkBoolean(value: unknown, place: Place): Finding[] {
  if (typeof value === 'boolean') return [];
  if (typeof value === 'object') return [wrongType(place, 'boolean', value)];
  return [finding(place.path, 'true or false', value, 'odd')];
}

function checkDuration(value: unknown, place: Place): Finding[] {
  const millis = typeof value === 'string' ? parseTimeSpan(value) : undefined;
  if (millis === undefined) return [{ ...wrongType(place, 'TimeSpan', value), limit: '[d.]hh:mm:ss[.fffffff]' }];
  if (millis < 0) return [finding(place.path, 'zero or more', value, 'odd')];
  return millis >= MAX_DURATION_MILLIS ? [finding(place.path, 'below 1000 days', value, 'refused')] : [];
}

function checkList(field: Field, value: unknown, place: Place): Finding[] {
  if (!Array.isArray(value)) return [wrongType(place, 'list', value)];
  const entries: readonly unknown[] = value;
  if (field.required === true && entries.length === 0) return [missing(place, 'list', '')];
  const { of: part, max = Infinity } = field;
  const tooMany = { ...finding(place.path, `at most ${max}`, value, 'odd'), found: String(entries.length) };
  const findings = entries.length > max ? [tooMany] : [];
  if (part === undefined) return findings;
  return [...findings, ...entries.flatMap((entry, index) => checkEntry(part, entry, place, index))];
}

function checkEntry(part: PartName, entry: unknown, list: Place, index: number): Finding[] {
  const path = `${list.path}[${index}]`;
  return isObject(entry) ? checkFields(part, entry, path) : [wrongType({ ...list, path }, 'object', entry)];
}
