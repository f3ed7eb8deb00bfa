/*
 * What it costs to turn items into the bytes that would be compressed: `conversion.js <contender> <kind> <batches>`.
 * Warm: the first half of the batches is not counted.
 */
import { CONTENDERS } from './contenders.js';
import { cpuMicros } from './cpu.js';
import { medianOf } from './statistics.js';
import { openSource } from './telemetry.js';

const BATCH_ITEMS = 512;

const [contender, kind, batches] = process.argv.slice(2);
const signal = kind === 'logs' || kind === 'metrics' ? kind : 'spans';
const serialize = await CONTENDERS[contender].openSerializer(signal);
const source = openSource(kind);
// The same items again and again: the collector has little to do, so this is the work itself.
const pool = [];
while (pool.length < 8) pool.push(await source.take(BATCH_ITEMS));

const costs = [];
let bytes = 0;
for (let batch = 0; batch < Number(batches); batch += 1) {
  const before = cpuMicros();
  bytes = await serialize(pool[batch % pool.length]);
  costs.push((cpuMicros().all - before.all) / BATCH_ITEMS);
}
const warm = costs.slice(costs.length / 2);
console.log(JSON.stringify({ micros: medianOf(warm), bytes: bytes / BATCH_ITEMS }));
