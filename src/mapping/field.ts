import type { MappingContext } from './context.ts';
import { cut } from './limits.ts';
import type { Omissions } from './omissions.ts';
import { isPlain, redactText } from './redaction.ts';
import { toText } from './text.ts';
import { withoutUnfinishedHost } from './user-info.ts';

/** How far behind a limit is read, so that a secret that begins before it is seen whole and known for one. */
const LOOK_AHEAD = 1024;

/**
 * Makes a value fit for a field of an envelope: as text, without secrets, cut to `maxLength` UTF-16 code units.
 *
 * What was cut is counted. `undefined` for what has no text, and for what has no character but blanks.
 */
export function toField(value: unknown, maxLength: number, context: MappingContext): string | undefined {
  const isReady = typeof value === 'string' && value.length <= maxLength && isPlain(value);
  const text = isReady ? value : readText(value, maxLength);
  if (text === undefined || text.trim() === '') return undefined;
  return isReady ? text : cutCounted(redactText(text, context.options), maxLength, context.omissions);
}

/** Reads a value as text that may be somewhat longer than `maxLength`, for {@link cutCounted} to cut. */
export function readText(value: unknown, maxLength: number): string | undefined {
  const text = toText(value, maxLength + LOOK_AHEAD);
  return text === undefined || text.length < maxLength + LOOK_AHEAD ? text : withoutUnfinishedHost(text);
}

/** {@link cut}, counted. */
export function cutCounted(text: string, maxLength: number, omissions: Omissions): string {
  if (text.length <= maxLength) return text;
  omissions.count('text');
  return cut(text, maxLength);
}
