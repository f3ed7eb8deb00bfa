import { SECRECY, secrecyOf } from './secret-names.ts';

/** Where a secret is in a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where a value without quotes stands, which decides how far it reaches. */
export type ValueShape =
  'word' | 'part' | 'parameter' | 'pathParameter' | 'json' | 'element' | 'cookies' | 'credentials';

const VALUE_SHAPES: Readonly<Record<ValueShape, RegExp>> = {
  word: /[^\s"'<>]*/y,
  /** Of a connection string, a form or a log line. */
  part: /[^;\s"'<>]*/y,
  /** Of a query. */
  parameter: /[^&#;\s"'<>]*/y,
  /** Behind a semicolon in the path of a URL. */
  pathParameter: /[^?&#;/\s"'<>]*/y,
  json: /\[[^\]]*\]?|\{[^{}]*\}?|[^\s,;}\]"'<>]*/y,
  element: /[^<]*/y,
  cookies: /[^\r\n"'`]*/y,
  /** One word behind most schemes, the whole line behind those that have parameters. */
  credentials: /(?:digest|oauth|aws4-hmac-sha256|signature|hawk)\s[^\r\n]*|[^;\s"'<>]*/iy,
};

/** What may stand before a value, and the quote that begins it. */
const OPENING = />?\s{0,2}(?<quote>\\{0,7}["'`])?/y;
/** What tells how credentials are written. https://www.iana.org/assignments/http-authschemes/ */
const SCHEME = /(?:basic|bearer|negotiate|token|apikey|sharedkey(?:lite)?)\s{1,2}/iy;
/** What stands for a value in a SQL text, or for none, is none itself. */
const PLACEHOLDER = /^(?:[,;)\]}]*$|(?:\?|[$@:]p?\d+|%s|null|undefined|none|true|false)(?=[,;)\]}]|$))/i;
/** A variable that holds the secret: `:password`, `${DB_PASSWORD}`. */
const VARIABLE = /^[$@:]\{?(\w{1,64})\}?(?=[,;)\]}]|$)/;

/** What is said about a secret is none either. */
const REMARK =
  /^(?:are|can|cannot|does|expected|expired|failed|for|from|has|invalid|is|may|missing|must|no|not|or|required|should|too|was|with|wrong)[.,;:]?$/i;

/** The value that begins here, without the quotes or the scheme around it; `undefined` when there is none. */
export function findValue(text: string, start: number, shape: ValueShape): Place | undefined {
  const opening = matchAt(OPENING, text, start);
  const from = start + (opening?.[0].length ?? 0);
  const quote = opening?.groups?.['quote'];
  if (quote !== undefined) {
    const end = endOfQuoted(text, from, quote);
    return end === from ? undefined : { start: from, end };
  }
  const scheme = shape === 'credentials' ? matchAt(SCHEME, text, from)?.[0] : undefined;
  return findUnquoted(text, from + (scheme?.length ?? 0), shape);
}

/** {@link findValue} where a quote would not begin a value but end what holds it. */
export function findUnquoted(text: string, start: number, shape: ValueShape): Place | undefined {
  const value = matchAt(VALUE_SHAPES[shape], text, start)?.[0] ?? '';
  if (PLACEHOLDER.test(value)) return undefined;
  const variable = VARIABLE.exec(value)?.[1];
  const isVariable = variable !== undefined && secrecyOf(variable) >= SECRECY.inPair;
  return isVariable ? undefined : { start, end: start + value.length };
}

/** Whether what stands here is said about a secret: `password: must be longer`. */
export function isRemark(text: string, { start, end }: Place): boolean {
  return end - start < 16 && REMARK.test(text.slice(start, end));
}

/** Where the quote is that answers the one before `start`, escaped like it; the end of a text that was cut. */
function endOfQuoted(text: string, start: number, quote: string): number {
  const mark = quote.slice(-1);
  const escapes = quote.length - 1;
  for (let at = text.indexOf(mark, start); at !== -1; at = text.indexOf(mark, at + 1)) {
    const slashes = slashesBefore(text, at, start);
    if (slashes > escapes && (escapes > 0 || slashes % 2 === 1)) continue; // A quote within the value.
    if (slashes > 0 || text.charAt(at + 1) !== mark) return at - Math.min(slashes, escapes);
    at += 1; // Two of them are one within the value, in SQL and in connection strings.
  }
  return text.length;
}

function slashesBefore(text: string, end: number, start: number): number {
  let slashes = 0;
  while (end - slashes > start && text.charAt(end - slashes - 1) === '\\') slashes += 1;
  return slashes;
}

function matchAt(shape: RegExp, text: string, start: number): RegExpExecArray | null {
  shape.lastIndex = start;
  return shape.exec(text);
}
