import { context, createContextKey } from '@opentelemetry/api';

/** The key under which instrumentations look whether to stay silent, in OpenTelemetry SDK 2.x and 3.x alike. */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * Gives a way to run something untraced.
 *
 * It runs in the context of whoever asked for the way, not of whoever happens to need it: a socket kept alive would
 * otherwise keep the context of some request alive with it.
 */
export function untraced(): <T>(run: () => T) => T {
  const silent = context.active().setValue(SUPPRESS_TRACING, true);
  return run => context.with(silent, run);
}
