/** The CPU time this process has used so far, in microseconds: of all threads, and of the main one where Node.js tells. */
export function cpuMicros() {
  const { user, system } = process.cpuUsage();
  const main = process.threadCpuUsage?.();
  return { all: user + system, main: main === undefined ? undefined : main.user + main.system };
}

/** What was used between two readings, per item. */
export function perItem(before, after, items) {
  return {
    all: (after.all - before.all) / items,
    main: after.main === undefined ? undefined : (after.main - before.main) / items,
  };
}

/** Begins to measure what a process pays for something; what is returned says it. */
export function openCosts() {
  globalThis.gc();
  const before = { cpu: cpuMicros().all, rss: process.memoryUsage.rss(), millis: performance.now() };
  return () => ({
    cpuMillis: (cpuMicros().all - before.cpu) / 1000,
    millis: performance.now() - before.millis,
    megabytes: (process.memoryUsage.rss() - before.rss) / 2 ** 20,
  });
}
