/*
 * What a fresh process pays until its first batch is taken: `first-batch.js <contender> <port>`. The exporter is loaded
 * and made, and gets 512 spans at once. OpenTelemetry's SDKs are loaded and the spans made before.
 */
import '@opentelemetry/sdk-logs';
import '@opentelemetry/sdk-metrics';
import { CONTENDERS, exportBatch } from './contenders.js';
import { cpuMicros } from './cpu.js';
import { openSource } from './telemetry.js';

const [contender, port] = process.argv.slice(2);
const items = 512;
const batch = openSource('spans').take(items);
globalThis.gc();
const before = { cpu: cpuMicros().all, rss: process.memoryUsage.rss(), millis: performance.now() };
const exporter = await CONTENDERS[contender].openExporter('spans', port);
await exportBatch(exporter, batch);
const millis = performance.now() - before.millis;
console.log(
  JSON.stringify({
    items,
    cpuMillis: (cpuMicros().all - before.cpu) / 1000,
    millis,
    megabytes: (process.memoryUsage.rss() - before.rss) / 2 ** 20,
  }),
);
await exporter.forceFlush?.();
await exporter.shutdown();
// The official exporter keeps timers of its own.
process.exit();
