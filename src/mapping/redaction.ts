import { REDACTED, isSecretKey } from './secret-names.ts';
import { redactArguments } from './secret-arguments.ts';
import { redactPairs } from './secret-pairs.ts';
import { HTTP_HOST, OWN_ADDRESS, PEER_ADDRESS, SERVER_ADDRESS } from './semconv.ts';
import { withoutUserInfo } from './user-info.ts';

/** What a user may decide about secrets in telemetry. */
export interface RedactionOptions {
  /** What becomes of the query of every URL: values that look secret masked, the whole taken out, or kept as it is. */
  readonly urlQuery: 'redact-values' | 'strip' | 'keep';
}

/** These hold a host, and user info before it where somebody took a URL apart carelessly. */
const HOST_KEYS: ReadonlySet<string> = new Set(
  [SERVER_ADDRESS, PEER_ADDRESS, OWN_ADDRESS, HTTP_HOST].flatMap(({ names }) => names),
);

/** What follows a scheme, up to what cannot be part of a URL in a text. */
const AFTER_SCHEME = /:\/\/[^\s"'<>`]+/g;
/** A value in the query of a URL that says more than one thing, as a whole URL does. */
const ENCODED = /(?:[\w.~!*'()+,:@/$[\]{}|-]|%[0-9a-f]{2})+/gi;
const MAX_ENCODINGS = 4;
/** What encoding an ASCII character gives; what is left of others is not encoded again. */
const ESCAPE = /%([0-7][0-9a-f])/gi;
const UNESCAPED = /[^\w.~!*'()%-]|%(?![89a-f][0-9a-f])/gi;
/**
 * Credentials of an `Authorization` header that got into a text: https://www.rfc-editor.org/rfc/rfc6750#section-2.1,
 * https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
const CREDENTIALS =
  /\b(bearer\s{1,2}(?=[\w.~+/-]{16})|basic\s{1,2}(?=[a-z0-9+/]{8})(?=[a-z0-9+/]{0,256}[0-9=]))[\w.~+/-]+=*/gi;
/** A signed token, whose first part is a JSON object in base64. https://www.rfc-editor.org/rfc/rfc7519#section-3 */
const SIGNED_TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g;
/** https://www.rfc-editor.org/rfc/rfc7468#section-10 */
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----[^]*?(?:-----END|$)/g;

/**
 * Without any of these a text holds no secret that could be known for one, and every reader takes it as it is. What tells
 * a new form of secret has to be here too.
 */
const MARK = /[@:=%\0\ud800-\udfff]|--| -|<\/|earer |asic |eyJ/;

/** The same without what pairs are known by, and with what JSON escapes. */
const COMPLEX = /[@%"\\\u0000-\u001f\ud800-\udfff]|--| -|<\/|earer |asic |eyJ/;
/** What is not in most texts, so that there is none of these marks without it but for blanks; and but for signs. */
const UNUSUAL = /[^A-IK-Za-z0-9_ ./?&+,;~*'()$!|#{}[\]-]/;
const UNUSUAL_BUT_SIGNS = /[^A-IK-Za-z0-9_ ./?&+,;~*'()$!|#{}[\]:=-]/;

/** Whether a text can be shown as it is, under a name that is no secret. Most can. */
export function isPlain(text: string): boolean {
  return !MARK.test(text);
}

/**
 * Takes the secrets out of a text: user info of URLs, and what is a secret by its name or by its form always, the query
 * of URLs as the user has decided. Costs no more than a few passes over the text, whatever it holds.
 */
export function redactText(text: string, options: RedactionOptions): string {
  return isPlain(text) ? text : redactEncodedText(text, options, 0);
}

/**
 * {@link redactText} for a text that stands in JSON as it is, without quotes, redacted or not: most do, URLs among them.
 * `undefined` for all others.
 */
export function redactBare(text: string, { urlQuery }: RedactionOptions): string | undefined {
  // One set of characters is looked for three times as fast as one of the other patterns.
  if (!UNUSUAL.test(text)) return isMarkedByBlanks(text) ? undefined : text;
  if (urlQuery === 'strip' || (UNUSUAL_BUT_SIGNS.test(text) ? COMPLEX.test(text) : isMarkedByBlanks(text)))
    return undefined;
  return redactPairs(text, urlQuery !== 'keep');
}

/** Whether a flag or credentials may be in a text; without a blank there are none. */
function isMarkedByBlanks(text: string): boolean {
  if (!text.includes(' ')) return false;
  const isFlagged = text.includes('-') && (text.includes('--') || text.includes(' -'));
  return isFlagged || text.includes('earer ') || text.includes('asic ');
}

/** {@link redactText}, for a property: one that is a secret by its name is masked whole. */
export function redactProperty(key: string, text: string, options: RedactionOptions): string {
  if (isSecretKey(key)) return REDACTED;
  if (HOST_KEYS.has(key) && !text.includes('//')) return text.slice(text.lastIndexOf('@') + 1);
  // These two hold part of a URL, so that nothing in them says what they are.
  if (key === 'url.query') return redactQuery(text, options);
  if (key === 'http.target' && options.urlQuery === 'strip') return text.slice(0, text.search(/\?|$/));
  return redactText(text, options);
}

function redactEncodedText(text: string, options: RedactionOptions, encodings: number): string {
  const hosts = text.includes('@') ? withoutUserInfo(text) : text;
  const plain = options.urlQuery === 'strip' && hosts.includes('://') ? withoutQueries(hosts) : hosts;
  const known = redactCredentials(redactArguments(redactPairs(plain, options.urlQuery !== 'keep')));
  if (encodings === MAX_ENCODINGS || !known.includes('%')) return known;
  return known.replace(ENCODED, value => (value.includes('%') ? redactEncoded(value, options, encodings + 1) : value));
}

function redactCredentials(text: string): string {
  const plain = text.includes('earer ') || text.includes('asic ') ? text.replace(CREDENTIALS, `$1${REDACTED}`) : text;
  const unsigned = plain.includes('eyJ') ? plain.replace(SIGNED_TOKEN, REDACTED) : plain;
  return unsigned.includes('PRIVATE KEY') ? unsigned.replace(PRIVATE_KEY, REDACTED) : unsigned;
}

/** What is a value in a URL is redacted decoded, and stays as it is when it holds no secret. */
function redactEncoded(value: string, options: RedactionOptions, encodings: number): string {
  const decoded = value.replace(ESCAPE, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  if (decoded === value || isPlain(decoded)) return value;
  const redacted = redactEncodedText(decoded, options, encodings);
  return redacted === decoded ? value : redacted.replace(UNESCAPED, encodeURIComponent);
}

function withoutQueries(text: string): string {
  return text.replace(AFTER_SCHEME, rest => rest.replace(/\?[^#]*/, ''));
}

function redactQuery(query: string, options: RedactionOptions): string {
  if (options.urlQuery === 'strip') return '';
  const isMarked = query.startsWith('?');
  const redacted = redactText(isMarked ? query : `?${query}`, options);
  return isMarked ? redacted : redacted.slice(1);
}
