import type { IncomingHttpHeaders } from 'node:http';

/** No wait that the service asks for is taken to be shorter or longer than this. */
export const MIN_RETRY_AFTER_MILLIS: number = 1000;
/** See {@link MIN_RETRY_AFTER_MILLIS}. */
export const MAX_RETRY_AFTER_MILLIS: number = 24 * 60 * 60 * 1000;

const NUMBER = /^\d+(\.\d+)?$/;
/** The three date forms of https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats begin with a weekday. */
const DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[ ,]/;

/**
 * How long the service asks us to wait, clamped to 1 second .. 24 hours; `undefined` when it does not say.
 *
 * Reads `x-ms-retry-after-ms`, then `Retry-After` in seconds or as a date. A date in the past is the shortest wait;
 * what is neither number nor date is as good as absent.
 */
export function retryAfterMillis(headers: IncomingHttpHeaders, nowMillis: number): number | undefined {
  const millis = inMillis(headers['x-ms-retry-after-ms']) ?? inSecondsOrDate(headers['retry-after'], nowMillis);
  if (millis === undefined) return undefined;
  return Math.min(Math.max(millis, MIN_RETRY_AFTER_MILLIS), MAX_RETRY_AFTER_MILLIS);
}

function inMillis(value: string | string[] | undefined): number | undefined {
  return typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : undefined;
}

function inSecondsOrDate(value: string | undefined, nowMillis: number): number | undefined {
  const text = value?.trim() ?? '';
  if (NUMBER.test(text)) return Number(text) * 1000;
  if (!DATE.test(text)) return undefined;
  // The oldest of the three forms names no zone; all three mean Greenwich.
  const date = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : date - nowMillis;
}
