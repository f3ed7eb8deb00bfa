import { processWide } from './process-wide.ts';

/** One listener for both copies of this library, so that either can take it off again. */
const finalFlushes = processWide('final-flushes/1', () => {
  const flushes = new Map<() => Promise<void>, number>();
  return { flushes, flushAll: () => flushAll(flushes) };
});

/**
 * Calls `flush` when the program has come to its natural end, as Python's `atexit` does, and keeps the process until it
 * is done, but no longer than `graceMillis`. The exit code stays what it is.
 *
 * Called at most once, and not after `process.exit()`, a signal or an uncaught exception. What is returned takes it back.
 */
export function flushAtEnd(flush: () => Promise<void>, graceMillis: number): () => void {
  const { flushes, flushAll } = finalFlushes;
  if (flushes.size === 0) process.on('beforeExit', flushAll);
  flushes.set(flush, graceMillis);
  return () => {
    flushes.delete(flush);
    if (flushes.size === 0) process.off('beforeExit', flushAll);
  };
}

/** Only once each: a flush is work of its own, at whose end the process would come to its end again. */
function flushAll(flushes: Map<() => Promise<void>, number>): void {
  const all = [...flushes];
  flushes.clear();
  process.off('beforeExit', finalFlushes.flushAll);
  for (const [flush, graceMillis] of all) void holdProcess(flush, graceMillis);
}

/** Timers and sockets of exporters do not hold the process; this timer does. */
async function holdProcess(flush: () => Promise<void>, graceMillis: number): Promise<void> {
  const hold = setTimeout(() => undefined, graceMillis);
  try {
    await flush();
  } catch {
    // The exporter has said through `diag` what could not be sent; nobody is left to be told.
  } finally {
    clearTimeout(hold);
  }
}
