import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const END_MILLIS = 5000;

/**
 * Waits for something, but not for ever: rejects with what it waited for when that takes too long.
 *
 * `wait` is given a signal that is aborted then.
 */
export async function within<T>(millis: number, what: string, wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(millis);
  try {
    return await wait(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error(`waited ${millis} ms in vain for ${what}`, { cause: error });
  }
}

/** Kills a child and waits until it is gone; one that has gone is left alone. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await within(END_MILLIS, `the end of process ${child.pid}`, signal => {
    const ended = once(child, 'exit', { signal });
    child.kill('SIGKILL');
    return ended;
  });
}
