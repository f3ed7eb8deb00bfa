import { ConfigurationError } from '../configuration-error.ts';
import type { Envelope, RemoteDependencyData } from '../envelope/envelope.ts';

/** Which calls {@link keepOnlyFailedOrSlow} is about, and which of them it keeps. */
export interface FailedOrSlowOptions {
  /** The target of the calls, as Azure Monitor shows it: whole, or what a pattern finds in it. */
  target: string | RegExp;
  /** Calls that took as long or longer are kept, milliseconds. */
  slowMillis: number;
}

/**
 * Drops the calls to a busy target that went well and were quick; for the option `onEnvelope`.
 *
 * What is dropped is counted as dropped by the hook, and missing from counts and averages of that target: it is not
 * sampling, and what is kept stands for itself only. Nothing else is touched.
 *
 * @throws ConfigurationError when an option is not what it should be.
 */
export function keepOnlyFailedOrSlow({ target, slowMillis }: FailedOrSlowOptions): (envelope: Envelope) => boolean {
  if (typeof target !== 'string' && !(target instanceof RegExp))
    throw new ConfigurationError(
      'OPTION_INVALID',
      `target: expected a text or a regular expression, found ${typeof target}`,
    );
  if (typeof slowMillis !== 'number' || !(slowMillis >= 0))
    throw new ConfigurationError('OPTION_INVALID', `slowMillis: expected 0 or more, found ${String(slowMillis)}`);
  return ({ data }) => {
    if (data.baseType !== 'RemoteDependencyData' || !isTarget(data.baseData, target)) return true;
    // A duration that another hook has made unreadable is kept.
    return !data.baseData.success || !(toMillis(data.baseData.duration) < slowMillis);
  };
}

function isTarget({ target }: RemoteDependencyData, wanted: string | RegExp): boolean {
  if (target === undefined) return false;
  // search, unlike test, starts anew each time, even for a pattern with the flag g.
  return typeof wanted === 'string' ? target === wanted : target.search(wanted) !== -1;
}

const DURATION_SHAPE = /^(?:(\d+)\.)?(\d+):(\d+):(\d+\.\d+)$/;

/** What this library's mapping wrote as `[d.]hh:mm:ss.fffffff`. */
function toMillis(duration: string): number {
  const [, days = 0, hours, minutes, seconds] = DURATION_SHAPE.exec(duration) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
