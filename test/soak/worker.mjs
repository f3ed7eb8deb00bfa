/*
 * A service that makes spans at a steady rate and exports them as an SDK with default settings does, until it is killed
 * or told to stop. For each span whose export was called back with success, it writes the span's id to a file at once.
 */
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { existsSync, openSync, readdirSync, writeSync } from 'node:fs';

const TICK_MILLIS = 20;
const { number, spansPerSecond, confirmedFile, exporterOptions, processorOptions } = JSON.parse(process.argv[2]);

const confirmed = openSync(confirmedFile, 'a');
const exporter = new AzureMonitorTraceExporter(exporterOptions);
const witness = {
  export: (spans, callback) =>
    exporter.export(spans, result => {
      const ids = spans.map(span => span.spanContext().spanId);
      if (result.code === 0) writeSync(confirmed, ids.map(id => `${id}\n`).join(''));
      callback(result);
    }),
  forceFlush: () => exporter.forceFlush(),
  shutdown: () => exporter.shutdown(),
};

let made = 0;
const provider = new BasicTracerProvider({
  idGenerator: {
    generateTraceId: () => 'a'.repeat(32),
    generateSpanId: () => number.toString(16).padStart(6, '0') + (made + 1).toString(16).padStart(10, '0'),
  },
  spanProcessors: [new BatchSpanProcessor(witness, processorOptions)],
});
const tracer = provider.getTracer('soak');

const startedMillis = performance.now();
const ticking = setInterval(() => {
  const due = Math.floor(((performance.now() - startedMillis) / 1000) * spansPerSecond);
  for (; made < due; made += 1) tracer.startSpan(`GET /orders/${made}`, { attributes: { 'app.order': made } }).end();
}, TICK_MILLIS);

const ANSWERS = {
  stats: () => ({ made, ...footprint(), ...exporter.stats() }),
  /** Makes no more, and waits until all that was made is sent or on disk. */
  flush: async () => {
    clearInterval(ticking);
    await provider.forceFlush();
    return ANSWERS.stats();
  },
  stop: async () => {
    clearInterval(ticking);
    await provider.shutdown();
    return ANSWERS.stats();
  },
};

process.on('message', question => void answer(question));
process.send('ready');

/** Of garbage only where this process may collect it. */
function footprint() {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const descriptors = existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0;
  return { residentBytes: rss, usedBytes: heapUsed + external, descriptors };
}

async function answer(question) {
  const stats = await ANSWERS[question]();
  if (process.connected) process.send(stats);
  if (question === 'stop') process.disconnect();
}
