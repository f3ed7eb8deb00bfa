import { setTimeout as wait } from 'node:timers/promises';

/** Waits until it is so, for as long as there is patience. */
export async function until(what: string, patienceMillis: number, isSo: () => boolean): Promise<void> {
  const endMillis = performance.now() + patienceMillis;
  while (!isSo()) {
    if (performance.now() > endMillis) throw new Error(`After ${patienceMillis / 1000} s it is not so that ${what}`);
    await wait(50);
  }
}
