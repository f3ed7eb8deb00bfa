/**
 * What there is one of in a process, although a program may load this library twice, as an ES module and as CommonJS.
 *
 * The first copy that asks makes it; the other gets the same object, so it is used by its members and never asked for
 * its class. `name` carries the version of the object's interface: a later one that differs gets another number.
 */
export function processWide<T extends object>(name: string, make: () => T): T {
  const record = globalThis as unknown as Record<symbol, T | undefined>;
  return (record[Symbol.for(`azure-monitor-bridge/opencensus/${name}`)] ??= make());
}
