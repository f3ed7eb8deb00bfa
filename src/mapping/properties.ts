import type { Properties } from '../envelope/envelope.ts';
import type { Omissions } from './omissions.ts';
import { cutCounted, readText } from './field.ts';
import { FIELD_LIMITS, MAX_PROPERTIES, cut } from './limits.ts';
import { redactProperty, redactText, type RedactionOptions } from './redaction.ts';

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

/** Nothing in the values of these says what they are. */
const PARTS_OF_URLS: ReadonlySet<string> = new Set(['url.query', 'http.target']);

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
  const properties = new Map<string, string>();
  let count = 0;
  for (const [key, value] of entries) {
    if (count >= MAX_PROPERTIES) {
      omissions.count('property');
      continue;
    }
    const text = propertyText(key, value, redaction, omissions);
    if (text === undefined) continue;
    properties.set(freeKey(key, properties, omissions), text);
    count += 1;
  }
  return count === 0 ? undefined : Object.fromEntries(properties);
}

/** Whether a key is shown as it is: it is short, holds no secret, and nothing that strict readers refuse. */
export function isPlainKey(key: string): boolean {
  return key.length <= FIELD_LIMITS.propertyKey && PLAIN_KEY.test(key);
}

/** Whether a plain key says nothing of its value that would change how that one is shown. */
export function isOrdinaryKey(key: string): boolean {
  return (
    !PARTS_OF_URLS.has(key) &&
    !GENERATED_CONTENT.has(key) &&
    redactProperty(key, 'plain', { urlQuery: 'strip' }) === 'plain'
  );
}

/** The value of a property as text, redacted and cut to its limit; what was cut is counted. `undefined` for none. */
export function propertyText(
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
  const key = isPlainKey(given)
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
