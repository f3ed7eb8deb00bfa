import { refusal, trackAnswer, type Answer, type TrackError } from './answer.ts';
import type { ReadableBody } from './body.ts';
import { checkItem } from './envelope-check.ts';
import { finding, type Finding } from './finding.ts';
import { identityOf } from './item-identity.ts';
import { NOT_JSON, parseItems } from './items.ts';
import { isObject, toText } from './json.ts';
import { toRow, type StoredRow } from './rows.ts';

/** One item of a request, judged. */
export interface TrackedItem {
  /** The same for every copy of the item; empty for one that no row can be made of. */
  readonly id: string;
  /** What names the item to a person: `RequestData "GET /orders"`. */
  readonly label: string;
  readonly row: StoredRow | undefined;
  readonly findings: readonly Finding[];
}

/** What a request held and what the service says to it. */
export interface Tracked {
  readonly items: readonly TrackedItem[];
  /** The items among them that are not taken. */
  readonly errors: readonly TrackError[];
  readonly answer: Answer;
}

/**
 * Reads the items of a body and answers as the ingestion service does.
 *
 * @param nowMillis - the time of arrival, since 1970
 * @param isStrict - whether an item that Azure would refuse is refused here too
 */
export function track(body: ReadableBody, nowMillis: number, isStrict: boolean): Tracked {
  if (body.kind === 'too-large') return nothing(refusal(413, `The body is larger than ${body.maxBytes} bytes`));
  if (body.kind === 'malformed') return nothing(refusal(400, body.reason));
  const parsed = parseItems(body.text);
  if (parsed.kind === 'malformed') return nothing(refusal(400, parsed.reason));
  const items = parsed.items.map(item => trackItem(item, nowMillis, isStrict));
  const errors = errorsOf(items);
  return { items, errors, answer: trackAnswer(items.length, errors) };
}

function nothing(answer: Answer): Tracked {
  return { items: [], errors: [], answer };
}

function trackItem(item: unknown, nowMillis: number, isStrict: boolean): TrackedItem {
  if (item === NOT_JSON) return unusable('an item', 'a JSON object', 'text that is not JSON');
  const json = toJson(item);
  if (json === undefined) return unusable('an item', 'JSON that is nested less deeply', item);
  const { envelope, findings } = checkItem(item, nowMillis);
  const label = labelOf(item);
  if (envelope === undefined) return { id: '', label, row: undefined, findings };
  const isRefused = isStrict && findings.some(({ effect }) => effect === 'refused');
  const row = isRefused ? undefined : toRow(envelope, Buffer.byteLength(json));
  return { id: identityOf(envelope, json), label, row, findings };
}

function unusable(label: string, limit: string, found: unknown): TrackedItem {
  return { id: '', label, row: undefined, findings: [finding('item', limit, found, 'unusable')] };
}

function errorsOf(items: readonly TrackedItem[]): TrackError[] {
  return items.flatMap(({ row, findings }, index) => (row === undefined ? [{ index, ...reasonOf(findings) }] : []));
}

function reasonOf(findings: readonly Finding[]): Omit<TrackError, 'index'> {
  const decisive =
    findings.find(({ effect }) => effect === 'unusable') ?? findings.find(({ effect }) => effect === 'refused');
  return { statusCode: 400, message: decisive?.answer ?? '' };
}

/** Undefined where the value is nested too deeply to be written again. */
function toJson(item: unknown): string | undefined {
  try {
    return JSON.stringify(item);
  } catch {
    return undefined;
  }
}

const MAX_LABEL = 120;

function labelOf(item: unknown): string {
  const data = isObject(item) ? item.data : undefined;
  if (!isObject(data)) return 'an item';
  const fields = isObject(data.baseData) ? data.baseData : {};
  const name = fields.name ?? fields.message ?? nameIn(fields.metrics, 'name') ?? nameIn(fields.exceptions, 'typeName');
  return `${toText(data.baseType)} ${JSON.stringify(toText(name))}`.slice(0, MAX_LABEL);
}

function nameIn(list: unknown, field: string): unknown {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isObject(first) ? first[field] : undefined;
}
