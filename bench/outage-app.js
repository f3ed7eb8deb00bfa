/*
 * The application of outage.js: makes spans at a steady rate with an SDK of default settings, on the package as users
 * install it. Asked to, it first makes many at once, in batches as that SDK makes them; each is a file then, as it would
 * have become one later.
 */
import { diag, DiagLogLevel, SpanKind } from '@opentelemetry/api';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { randomBytes } from 'node:crypto';
import { exportBatch } from './contenders.js';

const TICK_MILLIS = 20;
const SPANS_PER_BATCH = 512;
const { spansPerSecond, exporterOptions } = JSON.parse(process.argv[2]);

let logLines = 0;
const count = () => (logLines += 1);
diag.setLogger({ error: count, warn: count, info: count, debug() {}, verbose() {} }, { logLevel: DiagLogLevel.INFO });
logLines = 0;

let made = 0;
const idGenerator = {
  generateTraceId: () => randomBytes(16).toString('hex'),
  generateSpanId: () => (made + 1).toString(16).padStart(16, '0'),
};
const exporter = new AzureMonitorTraceExporter(exporterOptions);
const provider = new BasicTracerProvider({ idGenerator, spanProcessors: [new BatchSpanProcessor(exporter)] });
let ticking;

const ANSWERS = {
  fill: async spans => {
    let batch = [];
    const collector = { onStart() {}, onEnd: span => batch.push(span), forceFlush: nothing, shutdown: nothing };
    const tracer = new BasicTracerProvider({ idGenerator, spanProcessors: [collector] }).getTracer('outage');
    while (made < spans) {
      while (made < spans && batch.length < SPANS_PER_BATCH) makeSpan(tracer);
      const full = batch;
      batch = [];
      await exportBatch(exporter, full);
    }
  },
  begin: () => {
    const tracer = provider.getTracer('outage');
    const before = made;
    const startedMillis = performance.now();
    ticking = setInterval(() => {
      const due = before + Math.floor(((performance.now() - startedMillis) / 1000) * spansPerSecond);
      while (made < due) makeSpan(tracer);
    }, TICK_MILLIS);
    return { before, startedAtMillis: performance.timeOrigin + startedMillis };
  },
  report: () => ({ made, logLines, peakMegabytes: process.resourceUsage().maxRSS / 1024, ...exporter.stats() }),
  stop: async () => {
    clearInterval(ticking);
    await provider.shutdown();
    return ANSWERS.report();
  },
};

process.on('message', ([question, argument]) => void answer(question, argument));
process.on('disconnect', () => process.exit());
process.send('ready');

async function answer(question, argument) {
  process.send((await ANSWERS[question](argument)) ?? {});
  if (question === 'stop') process.disconnect();
}

/** In turn a request, a call and a query, as the instrumentations make them. */
function makeSpan(tracer) {
  const number = made;
  const [name, kind, attributes] = [toRequest, toCall, toQuery][number % 3](number);
  tracer.startSpan(name, { kind, attributes }).end();
  made += 1;
}

function toRequest(number) {
  const attributes = {
    'http.request.method': 'GET',
    'http.route': '/orders/:id',
    'url.scheme': 'https',
    'url.path': `/orders/${number}`,
    'server.address': 'checkout.shop.example',
    'server.port': 443,
    'client.address': `203.0.113.${number % 250}`,
    'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0',
    'http.response.status_code': 200,
    'app.session': randomBytes(12).toString('hex'),
  };
  return ['GET /orders/:id', SpanKind.SERVER, attributes];
}

function toCall(number) {
  const attributes = {
    'http.request.method': 'POST',
    'url.full': `https://payments.shop.example/v2/charges/${number}?currency=EUR`,
    'server.address': 'payments.shop.example',
    'server.port': 443,
    'http.response.status_code': 201,
  };
  return ['POST', SpanKind.CLIENT, attributes];
}

function toQuery(number) {
  const attributes = {
    'db.system.name': 'postgresql',
    'db.namespace': 'orders',
    'db.query.text':
      'SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = $1',
    'db.operation.name': 'SELECT',
    'db.collection.name': 'orders',
    'server.address': `orders-db-${number % 3}.internal.example`,
    'server.port': 5432,
  };
  return ['SELECT orders', SpanKind.CLIENT, attributes];
}

function nothing() {
  return Promise.resolve();
}
