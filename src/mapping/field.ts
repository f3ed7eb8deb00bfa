import type { MappingContext } from './context.ts';
import { MAX_FACT_LENGTH, cut } from './limits.ts';
import { redactText } from './redaction.ts';
import { toText } from './text.ts';

/**
 * Makes a value fit for a field of an envelope: as text, without secrets, cut to `maxLength` UTF-16 code units.
 *
 * What was cut is counted. `undefined` for what has no text, and for what has no character but blanks.
 */
export function toField(value: unknown, maxLength: number, context: MappingContext): string | undefined {
  const text = toText(value, MAX_FACT_LENGTH);
  if (text === undefined || text.trim() === '') return undefined;
  const safe = redactText(text, context.options);
  if (safe.length > maxLength) context.omissions.count('text');
  return cut(safe, maxLength);
}
