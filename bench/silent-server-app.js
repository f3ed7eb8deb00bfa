/* The application of silent-server.ts: plain JavaScript on the built package, so that nothing else is measured. */
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { setTimeout as pause } from 'node:timers/promises';

const SPANS = 30_000;
const SPANS_PER_STEP = 150;
const STEP_MILLIS = 100;
/** Past the time limit of a request, so that its failure and the closed gate are part of it. */
const LINGER_MILLIS = 25_000;

const [which, port] = process.argv.slice(2);
const exporter = which === 'control' ? noOperation() : toServer();
const provider = new BasicTracerProvider({
  spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: STEP_MILLIS })],
});
const tracer = provider.getTracer('bench');
for (let made = 0; made < SPANS; made += SPANS_PER_STEP) {
  for (let n = made; n < made + SPANS_PER_STEP; n += 1) {
    tracer.startSpan(`GET /orders/${n}`, { attributes: { text: textOf(n) } }).end();
  }
  await pause(STEP_MILLIS);
}
await pause(LINGER_MILLIS);
const { created, memoryItems, memoryBytes } = exporter.stats();
process.send({
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  kept: `${memoryItems} of ${created} items kept in ${memoryBytes} bytes`,
});
process.disconnect();
// Nothing more can be sent; there is nothing to wait for.
process.exit();

/** 2 KB that compress about as well as telemetry does: words and numbers. */
function textOf(n) {
  let text = '';
  for (let state = n + 1; text.length < 2000; state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) {
    text += `SELECT item_${state % 1000} FROM orders WHERE id = ${state} AND state = 'open'; `;
  }
  return text;
}

function toServer() {
  const endpoint = `IngestionEndpoint=http://127.0.0.1:${port}/`;
  return new AzureMonitorTraceExporter({
    connectionString: `InstrumentationKey=00000000-0000-0000-0000-000000000001;${endpoint}`,
    disableOfflineStorage: true,
  });
}

function noOperation() {
  return { export: (_, done) => done({ code: 0 }), shutdown: () => Promise.resolve(), stats: () => ({}) };
}
