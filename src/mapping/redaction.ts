import { REDACTED, isSecretKey, isSecretPair } from './secret-names.ts';
import { HTTP_HOST, OWN_ADDRESS, PEER_ADDRESS, SERVER_ADDRESS } from './semconv.ts';

/** What a user may decide about secrets in telemetry. */
export interface RedactionOptions {
  /** What becomes of the query of every URL: values that look secret masked, the whole taken out, or kept as it is. */
  readonly urlQuery: 'redact-values' | 'strip' | 'keep';
}

/** These hold a host, and user info before it where somebody took a URL apart carelessly. */
const HOST_KEYS: ReadonlySet<string> = new Set([...SERVER_ADDRESS, ...PEER_ADDRESS, ...OWN_ADDRESS, ...HTTP_HOST]);

/** What follows a scheme, up to what cannot be part of a URL in a text. */
const AFTER_SCHEME = /:\/\/[^\s"'<>`]+/g;
/** The same at one place: as far as the host may reach, and somewhat further. */
const AUTHORITY = /[^/?#\s"'<>`]*/y;
const AUTHORITY_AND_MORE = /[^\s"'<>`]{0,256}/y;
/** `user:p` of `user:p/ss@host`: what stands after the colon is no port, so it is a password that was not encoded. */
const UNENCODED_PASSWORD = /^[^:[\]]*:(?!\d*$)/;

/** The name before an equals sign, brackets of a list or a form behind it, and what stands before the name. */
const NAME_BEFORE = /(^|[^\w-])([\w-]+)(?:\[\]|\]|%5B%5D|%5D)?\s{0,2}$/i;
const LONGEST_NAME = 48;
/** The value of a parameter in a query. */
const PARAMETER_VALUE = /[^&#;\s"'<>]*/y;
/** The value of a part of a connection string, quoted or not. */
const PART_VALUE = /\s{0,2}(?:"[^"]*"?|'[^']*'?|[^;\s"'<>]*)/y;
/** An `Authorization` header that got into a text. https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
const BEARER_TOKEN = /\b(bearer\s{1,2})[\w.~+/-]{16,}=*/gi;
/** What stands for a value in a SQL text is none itself. */
const PLACEHOLDER = /^\s*(?:\?|\$\d+|%s)(?=[,;)]|$)/;

/**
 * Takes the secrets out of a text: user info of URLs, passwords of connection strings and bearer tokens always, the query of URLs
 * as the user has decided. Costs no more than a few passes over the text, whatever it holds.
 */
export function redactText(text: string, { urlQuery }: RedactionOptions): string {
  const plain = text.includes('://') ? redactUrls(text, urlQuery === 'strip') : text;
  const paired = plain.includes('=') ? redactPairs(plain, urlQuery !== 'keep') : plain;
  return paired.includes('earer ') ? paired.replace(BEARER_TOKEN, `$1${REDACTED}`) : paired;
}

/** {@link redactText}, for a property: one that is a secret by its name is masked whole. */
export function redactProperty(key: string, text: string, options: RedactionOptions): string {
  if (isSecretKey(key)) return REDACTED;
  if (HOST_KEYS.has(key) && !text.includes('/')) return text.slice(text.lastIndexOf('@') + 1);
  // These two hold part of a URL, so that nothing in them says what they are.
  if (key === 'url.query') return redactQuery(text, options);
  if (key === 'http.target' && options.urlQuery === 'strip') return text.slice(0, text.search(/\?|$/));
  return redactText(text, options);
}

/** A text without the user info of the URLs in it. */
export function withoutUserInfo(text: string): string {
  if (!text.includes('@')) return text;
  let plain = '';
  let done = 0;
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', done)) {
    plain += text.slice(done, at + 3);
    done = startOfHost(text, at + 3);
  }
  return plain + text.slice(done);
}

/** A text that was cut, without a URL at its end of which not even the host is whole: that may be user info. */
export function withoutUnfinishedHost(text: string): string {
  const start = text.lastIndexOf('://') + 3;
  return start < 3 || /[/?#\s"'<>]/.test(text.slice(start)) ? text : text.slice(0, start);
}

/** Where the host begins in what follows a scheme: behind the user info, if there is any. */
function startOfHost(text: string, start: number): number {
  const authority = matchAt(AUTHORITY, text, start);
  if (authority.includes('@')) return start + authority.lastIndexOf('@') + 1;
  if (!UNENCODED_PASSWORD.test(authority)) return start;
  return start + matchAt(AUTHORITY_AND_MORE, text, start).lastIndexOf('@') + 1;
}

function matchAt(shape: RegExp, text: string, start: number): string {
  shape.lastIndex = start;
  return shape.exec(text)?.[0] ?? '';
}

function redactUrls(text: string, stripQuery: boolean): string {
  const plain = withoutUserInfo(text);
  return stripQuery ? plain.replace(AFTER_SCHEME, rest => rest.replace(/\?[^#]*/, '')) : plain;
}

function redactQuery(query: string, options: RedactionOptions): string {
  if (options.urlQuery === 'strip') return '';
  const isMarked = query.startsWith('?');
  const redacted = redactText(isMarked ? query : `?${query}`, options);
  return isMarked ? redacted : redacted.slice(1);
}

/** Masks the value of each `name=value` that is a secret by its name. */
function redactPairs(text: string, queryToo: boolean): string {
  let redacted = '';
  let done = 0;
  for (let sign = text.indexOf('='); sign !== -1; sign = text.indexOf('=', Math.max(sign + 1, done))) {
    const end = endOfSecret(text, sign, queryToo);
    if (end === undefined) continue;
    redacted += text.slice(done, sign + 1) + REDACTED;
    done = end;
  }
  return redacted + text.slice(done);
}

/** Where the value after an equals sign ends, or `undefined` if it is no secret. */
function endOfSecret(text: string, sign: number, queryToo: boolean): number | undefined {
  const match = NAME_BEFORE.exec(text.slice(Math.max(0, sign - LONGEST_NAME), sign));
  if (match === null) return undefined;
  const [, before = '', name = ''] = match;
  const isParameter = before === '?' || before === '&';
  if ((isParameter && !queryToo) || !isSecretPair(name, isParameter)) return undefined;
  const shape = isParameter ? PARAMETER_VALUE : PART_VALUE;
  const value = matchAt(shape, text, sign + 1);
  return value.trim() === '' || PLACEHOLDER.test(value) ? undefined : sign + 1 + value.length;
}
