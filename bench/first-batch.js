/*
 * What a fresh process pays until its first batch is taken: `first-batch.js <contender> <port>`. The exporter is loaded
 * and made, and gets 512 spans at once. OpenTelemetry's SDKs are loaded and the spans made before.
 */
import '@opentelemetry/sdk-logs';
import '@opentelemetry/sdk-metrics';
import { CONTENDERS, exportBatch } from './contenders.js';
import { openCosts } from './cpu.js';
import { openSource } from './telemetry.js';

const [contender, port] = process.argv.slice(2);
const items = 512;
const batch = openSource('spans').take(items);
const costs = openCosts();
const exporter = await CONTENDERS[contender].openExporter('spans', port);
await exportBatch(exporter, batch);
console.log(JSON.stringify({ items, ...costs() }));
await exporter.forceFlush?.();
await exporter.shutdown();
// The official exporter keeps timers of its own.
process.exit();
