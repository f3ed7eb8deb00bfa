import type { Clock } from './clock.ts';

/** Resolves when the promise does, or when the time is over. Holds the process open until then. */
export function within(clock: Clock, millis: number, promise: Promise<unknown>): Promise<void> {
  return new Promise(resolve => {
    const timer = clock.schedule(millis, resolve);
    timer.hold();
    const finish = (): void => {
      timer.cancel();
      resolve();
    };
    promise.then(finish, finish);
  });
}
