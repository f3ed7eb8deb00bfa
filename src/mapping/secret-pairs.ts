import { REDACTED, SECRECY, isSurelySecret, secrecyOf } from './secret-names.ts';
import { findUnquoted, findValue, isRemark, type Place, type ValueShape } from './secret-values.ts';

const COLON = 0x3a;
/** Longer names are none. */
const LONGEST_NAME = 150;
/** One of these is in every name of a secret that may stand outside of a query, with hyphens and underscores anywhere. */
const HINT_WORDS = 'pass pwd secret connection key sig auth token credential jwt cookie bearer saml assertion sess';
const HINT = new RegExp(HINT_WORDS.replaceAll(/\B(?=\w)/g, '[-_]*').replaceAll(' ', '|'), 'i');
/** From this length on it is cheaper to look for hints than at each sign. */
const LONG = 256;
/** Nobody writes such a word: it holds a digit, and is not short. */
const OPAQUE = /^(?=\S*\d)\S{8,}$/;

/**
 * Masks the value of each `name=value`, `name: value` and member of JSON, also within JSON, that is a secret by its
 * name; parameters of queries if wanted.
 *
 * Goes from sign to sign, not by a pattern: each time and each line of a stack has some, and hardly any of them follows
 * the name of a secret.
 */
export function redactPairs(text: string, queryToo: boolean): string {
  if (text.length >= LONG && !mayHoldSecret(text)) return text;
  let plain = '';
  let done = 0;
  let start = startOfFirstName(text);
  let colon = indexOrEnd(text, ':', start);
  let equalsSign = indexOrEnd(text, '=', start);
  while (colon < text.length || equalsSign < text.length) {
    const sign = Math.min(colon, equalsSign);
    const place = findSecret(text, sign, queryToo);
    if (place !== undefined) {
      plain += text.slice(done, place.start) + REDACTED;
      done = place.end;
    }
    start = Math.max(sign + 1, done);
    if (colon < start) colon = indexOrEnd(text, ':', start);
    if (equalsSign < start) equalsSign = indexOrEnd(text, '=', start);
  }
  return done === 0 ? text : plain + text.slice(done);
}

function mayHoldSecret(text: string): boolean {
  return HINT.test(text) || text.includes('?') || text.includes('&');
}

function indexOrEnd(text: string, sign: string, start: number): number {
  const index = text.indexOf(sign, start);
  return index === -1 ? text.length : index;
}

/** Behind the scheme of a URL, which is no name. */
function startOfFirstName(text: string): number {
  if (!text.startsWith('http')) return 0;
  if (text.startsWith('s://', 4)) return 'https://'.length;
  return text.startsWith('://', 4) ? 'http://'.length : 0;
}

function findSecret(text: string, sign: number, queryToo: boolean): Place | undefined {
  const end = endOfName(text, sign);
  const start = startOfName(text, end);
  const name = text.slice(start, end);
  const secrecy = name.length < 2 ? SECRECY.nowhere : secrecyOf(name);
  if (secrecy === SECRECY.nowhere) return undefined;
  const mark = text.charAt(start - 1);
  if (text.charCodeAt(sign) === COLON)
    return secrecy === SECRECY.asKey && mark !== '$' ? findBehindColon(text, sign, name) : undefined;
  if (mark === '?' || mark === '&') return queryToo ? findUnquoted(text, sign + 1, 'parameter') : undefined;
  if (/^==?\s/.test(text.slice(sign + 1, sign + 4))) return undefined; // A comparison.
  return secrecy >= SECRECY.inPair ? findValue(text, sign + 1, shapeOf(name, mark)) : undefined;
}

/** Where the name before a sign ends: before blanks, the quote of a member or the brackets of a list in a form. */
function endOfName(text: string, sign: number): number {
  let end = sign;
  while (sign - end < 2 && text.charAt(end - 1) === ' ') end -= 1;
  switch (text.charAt(end - 1)) {
    case '"':
    case "'":
    case '`':
      for (end -= 1; sign - end < 9 && text.charAt(end - 1) === '\\';) end -= 1;
      return end;
    case ']':
      return text.charAt(end - 2) === '[' ? end - 2 : end - 1;
    case 'D':
      if (text.endsWith('%5B%5D', end)) return end - 6;
      return text.endsWith('%5D', end) ? end - 3 : end;
    default:
      return end;
  }
}

/** Letters, digits, hyphens and underscores; `end` itself when the name is only a number, or too long. */
function startOfName(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start <= LONGEST_NAME && isOfName(text.charCodeAt(start - 1))) start -= 1;
  const isNumber = text.charCodeAt(start) < COLON && text.charCodeAt(end - 1) < COLON;
  return isNumber || end - start > LONGEST_NAME ? end : start;
}

function isOfName(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x5f
  );
}

function shapeOf(name: string, mark: string): ValueShape {
  if (/authorization$/i.test(name)) return 'credentials';
  return mark === ';' && /sess/i.test(name) ? 'pathParameter' : 'part';
}

/** A member of JSON or of what programs print, a header, a line of YAML, or a remark about what is named. */
function findBehindColon(text: string, sign: number, name: string): Place | undefined {
  if (/["'`]/.test(text.charAt(sign - 1)) || /["'`] {1,2}$/.test(text.slice(sign - 3, sign)))
    return findValue(text, sign + 1, 'json');
  if (/cookie$/i.test(name)) return findValue(text, sign + 1, 'cookies');
  const place = findValue(text, sign + 1, /authorization$/i.test(name) ? 'credentials' : 'word');
  if (place === undefined || isRemark(text, place)) return undefined;
  const value = text.slice(place.start, place.end);
  const isQuoted = /["'`]/.test(text.charAt(place.start - 1)) && value.length > 3;
  return isQuoted || isSurelySecret(name) || OPAQUE.test(value) ? place : undefined;
}
