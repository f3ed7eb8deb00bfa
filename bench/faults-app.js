/*
 * A service that makes spans at a steady rate, with an SDK of default settings and one of the contenders. Answers
 * `report` with how many spans it made and what memory it took at most, and ends at `stop`, after a shutdown of its
 * provider.
 */
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { CONTENDERS } from './contenders.js';

const TICK_MILLIS = 20;
const { contender, port, spansPerSecond, number } = JSON.parse(process.argv[2]);

let made = 0;
const exporter = await CONTENDERS[contender].openExporter('spans', port);
const provider = new BasicTracerProvider({
  idGenerator: {
    generateTraceId: () => 'a'.repeat(32),
    generateSpanId: () => `${number}`.padStart(6, '0') + made.toString(16).padStart(10, '0'),
  },
  spanProcessors: [new BatchSpanProcessor(exporter)],
});
const tracer = provider.getTracer('faults');

const startedMillis = performance.now();
const ticking = setInterval(() => {
  const due = Math.floor(((performance.now() - startedMillis) / 1000) * spansPerSecond);
  while (made < due) {
    made += 1;
    tracer.startSpan(`GET /orders/${made}`, { attributes: { 'app.order': made } }).end();
  }
}, TICK_MILLIS);

process.on('message', question => void answer(question));
process.on('disconnect', () => process.exit());
process.send('ready');

async function answer(question) {
  if (question === 'stop') {
    clearInterval(ticking);
    await provider.shutdown().catch(() => undefined);
  }
  process.send({ made, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
  if (question === 'stop') process.disconnect();
}
