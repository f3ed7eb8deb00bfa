/**
 * Writes a time as OpenCensus stores it: ISO 8601 in UTC with six digits, `2019-06-27T18:21:22.805429Z`.
 *
 * Takes milliseconds since 1970; their fraction gives the microseconds.
 */
export function toIsoTimestamp(epochMillis: number): string {
  const { seconds, micros } = toParts(epochMillis);
  return `${seconds}.${micros}Z`;
}

/**
 * Writes a time as OpenCensus prints it: Python's `datetime` in UTC, `2019-10-09 20:58:04.930426`, and
 * `2019-10-09 20:58:04` when it is a whole second.
 *
 * Takes milliseconds since 1970; their fraction gives the microseconds.
 */
export function toPrintedTimestamp(epochMillis: number): string {
  const { seconds, micros } = toParts(epochMillis);
  const text = seconds.replace('T', ' ');
  return micros === '000000' ? text : `${text}.${micros}`;
}

function toParts(epochMillis: number): { seconds: string; micros: string } {
  const epochMicros = Math.round(epochMillis * 1000);
  const epochSeconds = Math.floor(epochMicros / 1e6);
  return {
    seconds: new Date(epochSeconds * 1000).toISOString().slice(0, -'.000Z'.length),
    micros: String(epochMicros - epochSeconds * 1e6).padStart(6, '0'),
  };
}
