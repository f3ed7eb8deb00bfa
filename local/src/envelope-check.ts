import { checkData } from './field-check.ts';
import { finding, missing, tooLong, wrongType, type Finding } from './finding.ts';
import { isObject, toNumber, type JsonObject } from './json.ts';
import { SCHEMA, TAG_LIMITS, type BaseType } from './schema.ts';

/** An item that a row can be made of. */
export interface Envelope {
  readonly time: Date;
  readonly iKey: string;
  /** Percent, above 0 and at most 100. */
  readonly sampleRate: number;
  readonly tags: JsonObject;
  readonly type: BaseType;
  readonly data: JsonObject;
}

/** An item read and judged; without `envelope` no row can be made of it. */
export interface CheckedItem {
  readonly envelope: Envelope | undefined;
  readonly findings: readonly Finding[];
}

const MAX_AHEAD_MILLIS = 2 * 60 * 60 * 1000;
const MAX_AGE_MILLIS = 48 * 60 * 60 * 1000;
const MAX_NAME_LENGTH = 1024;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ISO_TIME = /^[+-]?\d{4,6}-\d{2}-\d{2}T/;

/** The kinds with a table; the other names of the schema are parts of them. */
const BASE_TYPES: ReadonlySet<string> = new Set(Object.keys(SCHEMA).filter(name => name.endsWith('Data')));

/**
 * Judges one parsed item as the ingestion service would, as far as its answers are public, and says what is odd.
 *
 * @param nowMillis - the time of arrival, since 1970
 */
export function checkItem(item: unknown, nowMillis: number): CheckedItem {
  if (!isObject(item)) return refused(finding('item', 'a JSON object', item, 'unusable'));
  const { data } = item;
  if (!isObject(data)) return refused(missing({ path: 'data', name: 'data', owner: 'Envelope' }, 'object', data));
  const { baseType, baseData } = data;
  if (!isBaseType(baseType)) return refused(finding('data.baseType', 'a known type', baseType, 'unusable'));
  if (!isObject(baseData)) {
    return refused(missing({ path: 'data.baseData', name: 'baseData', owner: 'Data' }, 'object', baseData));
  }
  const findings = [...checkEnvelope(item, nowMillis), ...checkTags(item.tags), ...checkData(baseType, baseData)];
  if (findings.some(({ effect }) => effect === 'unusable')) return { envelope: undefined, findings };
  return { envelope: toEnvelope(item, baseType, baseData), findings };
}

function refused(...findings: Finding[]): CheckedItem {
  return { envelope: undefined, findings };
}

function isBaseType(value: unknown): value is BaseType {
  return typeof value === 'string' && BASE_TYPES.has(value);
}

function checkEnvelope(item: JsonObject, nowMillis: number): Finding[] {
  const findings = [...checkTime(item.time, nowMillis), ...checkInstrumentationKey(item.iKey)];
  if (item.sampleRate !== undefined && !isSampleRate(item.sampleRate)) {
    findings.push(finding('sampleRate', 'above 0 and at most 100', item.sampleRate, 'odd'));
  }
  if (typeof item.name === 'string' && item.name.length > MAX_NAME_LENGTH) {
    findings.push(tooLong({ path: 'name', name: 'name', owner: 'Envelope' }, MAX_NAME_LENGTH, item.name.length));
  }
  return findings;
}

function checkTime(time: unknown, nowMillis: number): Finding[] {
  const place = { path: 'time', name: 'time', owner: 'Envelope' };
  if (time === undefined || time === null || time === '') return [missing(place, 'string', time)];
  const millis = typeof time === 'string' && ISO_TIME.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(millis)) return [{ ...wrongType(place, 'DateTime', time), limit: 'an ISO 8601 time' }];
  if (millis > nowMillis + MAX_AHEAD_MILLIS) return [finding('time', 'at most 2 hours ahead', time, 'refused')];
  if (millis >= nowMillis - MAX_AGE_MILLIS) return [];
  const age = `Expected: now - ${MAX_AGE_MILLIS}ms, Actual: now - ${nowMillis - millis}ms`;
  const answer = `103: Field 'time' on type 'Envelope' is older than the allowed min date. ${age}`;
  return [finding('time', 'at most 48 hours old', time, 'refused', answer)];
}

function checkInstrumentationKey(key: unknown): Finding[] {
  const answer = 'Invalid instrumentation key';
  if (typeof key !== 'string' || key === '') return [finding('iKey', 'required', key, 'unusable', answer)];
  if (!GUID.test(key)) return [finding('iKey', 'a GUID', masked(key), 'refused', answer)];
  return key === key.toLowerCase() ? [] : [finding('iKey', 'a GUID in lower case', masked(key), 'odd')];
}

function checkTags(tags: unknown): Finding[] {
  if (tags !== undefined && tags !== null && !isObject(tags)) {
    return [wrongType({ path: 'tags', name: 'tags', owner: 'Envelope' }, 'object', tags)];
  }
  const findings = Object.entries(tags ?? {}).flatMap(([name, value]) => checkTag(name, value));
  return [...findings, ...checkRole(tags?.['ai.cloud.role'])];
}

function checkTag(name: string, value: unknown): Finding[] {
  const max = TAG_LIMITS.get(name);
  if (max === undefined || value === null) return [];
  const place = { path: `tags.${name}`, name, owner: 'ContextTagKeys' };
  if (typeof value !== 'string') return [finding(place.path, 'a string', value, 'odd')];
  return value.length > max ? [tooLong(place, max, value.length)] : [];
}

function checkRole(role: unknown): Finding[] {
  const path = 'tags.ai.cloud.role';
  if (typeof role !== 'string' || role === '') return [finding(path, 'the name of the service', role, 'odd')];
  return role.startsWith('unknown_service') ? [finding(path, 'a name of your own', role, 'odd')] : [];
}

function toEnvelope(item: JsonObject, type: BaseType, data: JsonObject): Envelope {
  const rate = toNumber(item.sampleRate);
  return {
    time: new Date(String(item.time)),
    iKey: String(item.iKey),
    sampleRate: rate !== undefined && isSampleRate(rate) ? rate : 100,
    tags: isObject(item.tags) ? item.tags : {},
    type,
    data,
  };
}

function isSampleRate(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= 100;
}

/** An instrumentation key is shown by its first four characters only. */
function masked(key: string): string {
  return key.length > 4 ? `${key.slice(0, 4)}…` : key;
}
