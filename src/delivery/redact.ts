const MAX_LENGTH = 200;

/** As long as this, and without a blank: a token, a key, a signature. */
const SECRET = /[\w.~+/=-]{40,}/g;

const USER_INFORMATION = /\/\/[^/\s@]{0,200}@/g;

/**
 * Makes text of others fit for a log: one line of at most 200 characters, without user information of addresses and
 * without anything that might be a token.
 */
export function redact(text: string): string {
  const start = text.slice(0, 4 * MAX_LENGTH).replaceAll(/[\p{Cc}\s]+/gu, ' ');
  const safe = start.replaceAll(USER_INFORMATION, '//').replaceAll(SECRET, '…').trim();
  return safe.slice(0, MAX_LENGTH).replace(/[\uD800-\uDBFF]$/, ''); // No half of a surrogate pair.
}

/** Shows enough of an instrumentation key to tell two apart. */
export function maskKey(instrumentationKey: string): string {
  return `${instrumentationKey.slice(0, 4)}…`;
}
