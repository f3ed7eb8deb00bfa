import type { Properties } from '../envelope/envelope.ts';
import type { Omissions } from './omissions.ts';
import { cutCounted, readText } from './field.ts';
import { FIELD_LIMITS, MAX_PROPERTIES, cut } from './limits.ts';
import { isPlain, redactProperty, redactText, type RedactionOptions } from './redaction.ts';

/**
 * Attributes whose values may be long: what a model was asked and answered.
 * Source: https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */
const GENERATED_CONTENT: ReadonlySet<string> = new Set([
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.evaluation.explanation',
]);

/** A key as nearly all are: it holds no secret, and nothing that strict readers refuse. */
const PLAIN_KEY = /^[\w.-]*$/;

/** Part of a URL; and a key that cannot be assigned. */
const SPECIAL_KEYS: ReadonlySet<string> = new Set(['url.query', 'http.target', '__proto__']);

/**
 * Turns attributes into custom dimensions: values as text, redacted, cut to their limits, at most 200 of them.
 *
 * A key that is too long is cut; if that makes it equal to another one, its last three characters become a number.
 * What was cut or left out is counted in `omissions`. `undefined` when there is nothing to show.
 */
export function toProperties(
  entries: Iterable<readonly [string, unknown]>,
  redaction: RedactionOptions,
  omissions: Omissions,
): Properties | undefined {
  const properties: Properties = {};
  let count = 0;
  for (const [key, value] of entries) {
    if (count >= MAX_PROPERTIES) {
      omissions.count('property');
      continue;
    }
    const isOrdinary = isOrdinaryKey(key);
    const text = isOrdinary
      ? ordinaryText(key, value, redaction, omissions)
      : propertyText(key, value, redaction, omissions);
    if (text === undefined) continue;
    if (isOrdinary && properties[key] === undefined) properties[key] = text;
    else define(properties, freeKey(key, { has: taken => Object.hasOwn(properties, taken) }, omissions), text);
    count += 1;
  }
  return count === 0 ? undefined : properties;
}

/** More keys than a program uses; what comes after them is not remembered but looked at again. */
const MAX_REMEMBERED_KEYS = 2000;
const ordinaryKeys = new Map<string, boolean>();

/** Whether a key is shown as it is, and says nothing of its value that would change how that one is shown. */
function isOrdinaryKey(key: string): boolean {
  const known = ordinaryKeys.get(key);
  if (known !== undefined) return known;
  if (key.length > FIELD_LIMITS.propertyKey) return false;
  const isOrdinary =
    PLAIN_KEY.test(key) &&
    !SPECIAL_KEYS.has(key) &&
    !GENERATED_CONTENT.has(key) &&
    redactProperty(key, 'plain', { urlQuery: 'strip' }) === 'plain';
  if (ordinaryKeys.size < MAX_REMEMBERED_KEYS) ordinaryKeys.set(key, isOrdinary);
  return isOrdinary;
}

/** {@link propertyText}, at once for what needs no care: most values. */
function ordinaryText(
  key: string,
  value: unknown,
  redaction: RedactionOptions,
  omissions: Omissions,
): string | undefined {
  if (typeof value === 'string' && value.length <= FIELD_LIMITS.property && isPlain(value)) return value;
  if (typeof value === 'number') return String(value);
  return propertyText(key, value, redaction, omissions);
}

/** Assignment would lose a key called `__proto__`. */
function define(properties: Properties, key: string, text: string): void {
  Object.defineProperty(properties, key, { value: text, configurable: true, enumerable: true, writable: true });
}

function propertyText(
  key: string,
  value: unknown,
  redaction: RedactionOptions,
  omissions: Omissions,
): string | undefined {
  const limit = GENERATED_CONTENT.has(key) ? FIELD_LIMITS.generatedContentProperty : FIELD_LIMITS.property;
  const text = readText(value, limit);
  return text === undefined ? undefined : cutCounted(redactProperty(key, text, redaction), limit, omissions);
}

/**
 * The key under which something can be added to `taken`: the given one without secrets, cut to its limit, its last
 * three characters a number if that one is taken already.
 */
export function freeKey(given: string, taken: Pick<ReadonlyMap<string, unknown>, 'has'>, omissions: Omissions): string {
  const isPlain = given.length <= FIELD_LIMITS.propertyKey && PLAIN_KEY.test(given);
  const key = isPlain
    ? given
    : redactText(readText(given, FIELD_LIMITS.propertyKey) ?? '', { urlQuery: 'redact-values' });
  if (key.length <= FIELD_LIMITS.propertyKey && !taken.has(key)) return key;
  omissions.count('key');
  const short = cut(key, FIELD_LIMITS.propertyKey);
  if (!taken.has(short)) return short;
  const stem = cut(short, FIELD_LIMITS.propertyKey - 3);
  for (let number = 1; ; number += 1) {
    const numbered = stem + String(number).padStart(3, '0');
    if (!taken.has(numbered)) return numbered;
  }
}
