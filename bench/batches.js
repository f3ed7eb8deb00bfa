/*
 * Sends batches to the sink, one after the other, each when the one before is answered:
 * `batches.js <contender> <signal> <batches> <port>`. The items are fresh; making them is not counted, but what the
 * collector does with them afterwards is, for every contender alike.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CONTENDERS, START_MILLIS, exportBatch } from './contenders.js';
import { cpuMicros, perItem } from './cpu.js';
import { medianOf } from './statistics.js';
import { openSource } from './telemetry.js';

const BATCH_ITEMS = 512;

const [contender, signal, batches, port] = process.argv.slice(2);
const source = openSource(signal);
const exporter = await CONTENDERS[contender].openExporter(signal, port);
await pause(START_MILLIS);

const costs = [];
const mains = [];
let wallMillis = 0;
for (let sent = 0; sent < Number(batches); sent += 1) {
  const taken = await source.take(BATCH_ITEMS);
  const batch = exporter.prepare === undefined ? taken : await exporter.prepare(taken);
  const before = cpuMicros();
  const begunMillis = performance.now();
  await exportBatch(exporter, batch);
  wallMillis += performance.now() - begunMillis;
  const { all, main } = perItem(before, cpuMicros(), BATCH_ITEMS);
  costs.push(all);
  mains.push(main);
}
const items = Number(batches) * BATCH_ITEMS;
console.log(
  JSON.stringify({
    items,
    medianMicros: medianOf(costs),
    meanMicros: meanOf(costs),
    mainMicros: mains[0] === undefined ? undefined : meanOf(mains),
    wallMicros: (wallMillis * 1000) / items,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
await exporter.forceFlush?.();
await exporter.shutdown();
// The official exporter keeps timers of its own.
process.exit();

function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
