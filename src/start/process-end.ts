import { flushAtEnd, flushNow, type FinalFlush } from '../final-flush.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Flushes before the process ends by itself, and, if `onSignals` says so, before SIGTERM or SIGINT end it.
 *
 * The process ends as it would without: with the same exit code, or by the same signal. Where the application listens
 * to a signal itself, the end is its own affair. What is returned takes the listeners off.
 */
export function flushAtProcessEnd(finalFlush: FinalFlush, { onSignals }: { onSignals: boolean }): () => void {
  const forgetters = [
    flushAtEnd(finalFlush),
    ...(onSignals ? SIGNALS.map(signal => flushAtSignal(signal, finalFlush)) : []),
  ];
  return () => {
    for (const forget of forgetters) forget();
  };
}

/**
 * The listener is the first, so that it sees whether there are others, and takes itself off, so that those who look
 * whether they are alone (such as the package signal-exit) see what they would see without it.
 */
function flushAtSignal(signal: NodeJS.Signals, finalFlush: FinalFlush): () => void {
  let isForgotten = false;
  const listener = (): void => {
    process.off(signal, listener);
    const flushed = flushNow(finalFlush);
    if (process.listenerCount(signal) === 0) {
      // Nobody else listens: without this listener the process would be gone. A second signal ends it at once.
      void flushed.then(() => process.kill(process.pid, signal));
      return;
    }
    process.nextTick(() => {
      if (!isForgotten) process.prependListener(signal, listener);
    });
  };
  process.prependListener(signal, listener);
  return () => {
    isForgotten = true;
    process.off(signal, listener);
  };
}
