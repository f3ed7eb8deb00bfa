/*
 * What one call of `export()` with that many spans costs: `growth.js <contender> <kind> <spans> <calls> <port>`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CONTENDERS, exportBatch } from './contenders.js';
import { cpuMicros, perItem } from './cpu.js';
import { medianOf } from './statistics.js';
import { openSource } from './telemetry.js';

const [contender, kind, spans, calls, port] = process.argv.slice(2);
const source = openSource(kind);
const exporter = await CONTENDERS[contender].openExporter('spans', port);
const samples = [];
for (let call = 0; call < Number(calls); call += 1) samples.push(await measure(source.take(Number(spans))));
const columns = ['micros', 'mainMicros', 'stallMillis', 'megabytes'];
console.log(
  JSON.stringify({
    items: Number(spans) * Number(calls),
    ...Object.fromEntries(columns.map(column => [column, medianOf(samples.map(sample => sample[column]))])),
  }),
);
await exporter.forceFlush?.();
await exporter.shutdown();
process.exit();

async function measure(batch) {
  globalThis.gc();
  await pause(50);
  const startBytes = process.memoryUsage.rss();
  const watch = watchEventLoop();
  const before = cpuMicros();
  await exportBatch(exporter, batch);
  // Ours answers before all is sent when that takes long; the rest of the work counts as well.
  await exporter.forceFlush?.();
  const { all, main } = perItem(before, cpuMicros(), batch.length);
  return {
    micros: all,
    mainMicros: main,
    stallMillis: watch.stop(),
    megabytes: (watch.peakBytes() - startBytes) / 2 ** 20,
  };
}

/** The longest time between two turns of the event loop, a call that stalls the first turn included. */
function watchEventLoop() {
  let lastMillis = performance.now();
  let longest = 0;
  let peak = 0;
  const look = () => {
    const nowMillis = performance.now();
    longest = Math.max(longest, nowMillis - lastMillis);
    lastMillis = nowMillis;
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 1);
  return {
    stop() {
      look();
      clearInterval(timer);
      return longest;
    },
    peakBytes: () => peak,
  };
}
