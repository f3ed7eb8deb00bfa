import { readNumber } from './number.ts';
import type { HrTime } from './opentelemetry.ts';

/** The service refuses items from further ahead than this. */
const MAX_AHEAD_MILLIS = 7_200_000;
/** Durations are below 1000 days: the service refuses longer ones. */
const MAX_DURATION_SECONDS = 1000 * 86_400;
const LONGEST_TIME_SPAN = '999.23:59:59.9999999';

/** A time the service takes; `original` shows the one that was given, when it had to be replaced. */
export interface EnvelopeTime {
  readonly time: string;
  readonly original?: string | undefined;
}

/**
 * Writes a time as ISO 8601 with milliseconds.
 *
 * What is no time, lies before 1970 or more than two hours ahead becomes `nowMillis`, since the service would
 * refuse the item for it; an old time stays as it is.
 */
export function toEnvelopeTime(time: HrTime, nowMillis: number): EnvelopeTime {
  const millis = toMillis(time);
  if (millis >= 0 && millis <= nowMillis + MAX_AHEAD_MILLIS) return { time: isoTime(millis) };
  return { time: isoTime(nowMillis), original: `${shown(time[0])}s ${shown(time[1])}ns` };
}

function shown(part: unknown): string {
  return isNumber(part) ? String(part) : 'NaN';
}

/**
 * Writes a duration as a .NET TimeSpan, `[d.]hh:mm:ss.fffffff`.
 *
 * Whole ticks of 100 ns, rounded down. A negative duration, which a clock step can cause, and what is no
 * duration at all become zero; 1000 days and more become the longest that the service takes.
 */
export function toTimeSpan(time: HrTime): string {
  const seconds = time[0]; // Taking lists apart in one go costs more than all else here.
  const nanos = time[1];
  const wholeSeconds =
    isNumber(seconds) && isNumber(nanos) ? Math.floor(seconds + Math.floor(nanos / 1e9)) : Number.NaN;
  if (Number.isNaN(wholeSeconds) || wholeSeconds < 0) return '00:00:00.0000000';
  if (wholeSeconds >= MAX_DURATION_SECONDS) return LONGEST_TIME_SPAN;
  const ticks = Math.floor((((nanos % 1e9) + 1e9) % 1e9) / 100);
  const start = wholeSeconds === 0 ? '00:00:00.' : longTimeSpan(wholeSeconds);
  return start + twoDigits(ticks / 100_000) + twoDigits((ticks / 1000) % 100) + threeDigits(ticks % 1000);
}

function longTimeSpan(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const text = `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}.`;
  return days === 0 ? text : `${days}.${text}`;
}

const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const THREE_DIGITS: readonly string[] = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));

/** The whole part of a number below 100, with zeros before it. */
function twoDigits(value: number): string {
  return TWO_DIGITS[Math.floor(value)] as string;
}

/** The same of one below 1000. */
function threeDigits(value: number): string {
  return THREE_DIGITS[Math.floor(value)] as string;
}

/** As .NET writes a TimeSpan of less than 1000 days. */
const TIME_SPAN = /^(?:\d{1,3}\.)?(?:[01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(?:\.\d{1,7})?$/;
/** As ISO 8601 writes a time, in UTC when no offset is given. */
const ISO_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?$/i;

/** Reads a duration that somebody wrote: a .NET TimeSpan, or milliseconds. `undefined` when it is neither. */
export function readTimeSpan(value: unknown): string | undefined {
  if (typeof value === 'string' && TIME_SPAN.test(value)) return value;
  const millis = readNumber(value);
  if (millis === undefined) return undefined;
  return toTimeSpan([Math.floor(millis / 1000), Math.round((millis % 1000) * 1e6)]);
}

/** Reads a time that somebody wrote, ISO 8601. `undefined` when it is not. */
export function readTime(value: unknown): HrTime | undefined {
  const [, time, offset = 'Z'] = ISO_TIME.exec(typeof value === 'string' ? value : '') ?? [];
  const millis = Date.parse(`${time}${offset}`);
  return Number.isNaN(millis) ? undefined : [Math.floor(millis / 1000), (millis % 1000) * 1e6];
}

/** Whole milliseconds since 1970; `NaN` for what is no number. */
export function toMillis(time: HrTime): number {
  const seconds = time[0];
  const nanos = time[1];
  return isNumber(seconds) && isNumber(nanos) ? seconds * 1000 + Math.floor(nanos / 1e6) : Number.NaN;
}

/** A caller without types may hand over anything, which may be slow to read as a number. */
function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

/** The second that was written last: neighbouring items share it, and a `Date` costs more than all other fields. */
let written = { second: Number.NaN, text: '' };

function isoTime(millis: number): string {
  const second = Math.floor(millis / 1000);
  if (second !== written.second) {
    written = { second, text: new Date(second * 1000).toISOString().slice(0, -'000Z'.length) };
  }
  return `${written.text}${threeDigits(millis - second * 1000)}Z`;
}
