import { finding, tooLong, wrongType, type Finding, type Place } from './finding.ts';
import { isObject, toText } from './json.ts';
import { MAX_KEY_LENGTH, MAX_PROPERTIES, maxPropertyLength } from './schema.ts';

/** Everything wrong or odd about the properties of an item, which become `customDimensions`. */
export function checkProperties(properties: unknown): Finding[] {
  if (properties === undefined || properties === null) return [];
  const place: Place = { path: 'data.properties', name: 'properties', owner: 'Domain' };
  if (!isObject(properties)) return [wrongType(place, 'object', properties)];
  const entries = Object.entries(properties);
  return [...checkCount(place, entries.length), ...entries.flatMap(([key, value]) => checkProperty(place, key, value))];
}

/** Everything wrong or odd about the measurements of an item, which become `customMeasurements`. */
export function checkMeasurements(measurements: unknown): Finding[] {
  if (measurements === undefined || measurements === null) return [];
  const place: Place = { path: 'data.measurements', name: 'measurements', owner: 'Domain' };
  if (!isObject(measurements)) return [wrongType(place, 'object', measurements)];
  return Object.entries(measurements).flatMap(([key, value]) => {
    const findings = checkKey(place, key);
    if (typeof value === 'number' && Number.isFinite(value)) return findings;
    return [...findings, finding(pathOf(place, key), 'a finite number', value, 'refused', notANumber(key, value))];
  });
}

function checkCount(place: Place, count: number): Finding[] {
  if (count <= MAX_PROPERTIES) return [];
  return [finding(place.path, `at most ${MAX_PROPERTIES} properties`, count, 'odd')];
}

function checkProperty(place: Place, key: string, value: unknown): Finding[] {
  const findings = checkKey(place, key);
  const path = pathOf(place, key);
  if (typeof value !== 'string') return [...findings, finding(path, 'a string', value, 'odd')];
  const max = maxPropertyLength(key);
  if (value.length <= max) return findings;
  return [...findings, { ...tooLong({ ...place, path }, max, value.length), effect: 'cut' }];
}

function checkKey(place: Place, key: string): Finding[] {
  if (key.length <= MAX_KEY_LENGTH) return [];
  const limit = `a key of at most ${MAX_KEY_LENGTH} characters`;
  return [{ ...finding(pathOf(place, key), limit, key, 'cut'), found: `${key.length} characters` }];
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
