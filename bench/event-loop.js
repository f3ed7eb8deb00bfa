/*
 * What a program notices of its exporter while it makes spans at a steady rate:
 * `event-loop.js <contender> <spans per second> <seconds> <port>`. Spans go through a BatchSpanProcessor with its defaults.
 */
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { CONTENDERS, START_MILLIS } from './contenders.js';
import { cpuMicros } from './cpu.js';
import { openTracing } from './telemetry.js';

const WARM_MILLIS = 1500;
const STEP_MILLIS = 5;
const LONGEST_STEP_MILLIS = 50;

const [contender, perSecond, seconds, port] = process.argv.slice(2);
const rate = Number(perSecond) / 1000;
const { provider, make } = openTracing(await openProcessor());
globalThis.gc();
const startBytes = process.memoryUsage.rss();
let peakBytes = startBytes;
let made = 0;
await pause(START_MILLIS);

let lastMillis = performance.now();
let due = 0;
const steps = setInterval(() => {
  const nowMillis = performance.now();
  // What the machine could not do in time is not made up for: that would stall it further.
  due += Math.min(nowMillis - lastMillis, LONGEST_STEP_MILLIS) * rate;
  lastMillis = nowMillis;
  for (; made < due; made += 1) make(made);
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, STEP_MILLIS);

await pause(WARM_MILLIS);
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
const before = cpuMicros();
const madeBefore = made;
await pause(Number(seconds) * 1000);
delays.disable();
const cost = (cpuMicros().all - before.all) / (made - madeBefore);
clearInterval(steps);
const growthMegabytes = (peakBytes - startBytes) / 2 ** 20;
await provider.forceFlush();
console.log(
  JSON.stringify({
    items: made,
    p50Millis: delays.percentile(50) / 1e6,
    p99Millis: delays.percentile(99) / 1e6,
    maxMillis: delays.max / 1e6,
    cpuMicros: cost,
    growthMegabytes,
  }),
);
await provider.shutdown();
process.exit();

async function openProcessor() {
  const { openSpanProcessor, openExporter } = CONTENDERS[contender];
  return (await openSpanProcessor?.(port)) ?? new BatchSpanProcessor(await openExporter('spans', port));
}
