/*
 * Telemetry as an instrumented service makes it, by OpenTelemetry's own SDK. Each item carries one attribute that holds
 * its number, `item-0000042`, by which the sink counts it whatever format it arrives in.
 */
import { context, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';

const RESOURCE = resourceFromAttributes({
  'service.name': 'checkout',
  'service.namespace': 'shop',
  'service.version': '4.2.0',
  'service.instance.id': 'checkout-7d9f8b6c5-x2x4v',
});

const METRIC_STREAMS = 512;

const SPAN_MAKERS = {
  server: makeServer,
  client: makeClient,
  database: makeDatabase,
  exception: makeFailed,
  wide: makeWide,
};

/** Gives the items of one kind in batches: `take(512)`. A metric batch is one collection of that many data points. */
export function openSource(kind) {
  switch (kind) {
    case 'logs':
      return openLogSource();
    case 'metrics':
      return openMetricSource();
    default:
      return openSpanSource(SPAN_MAKERS[kind] ?? makeMixed);
  }
}

/** A provider whose spans go to `processor`, and what makes the `number`th span of the mix. */
export function openTracing(processor) {
  const provider = new BasicTracerProvider({ resource: RESOURCE, spanProcessors: [processor] });
  const tracer = provider.getTracer('bench', '1.0.0');
  return { provider, make: number => makeMixed(tracer, number) };
}

function openSpanSource(make) {
  let spans = [];
  const processor = { onStart() {}, onEnd: span => spans.push(span), forceFlush: resolved, shutdown: resolved };
  const provider = new BasicTracerProvider({ resource: RESOURCE, spanProcessors: [processor] });
  const tracer = provider.getTracer('bench', '1.0.0');
  let made = 0;
  return {
    take(count) {
      for (const end = made + count; made < end; made += 1) make(tracer, made);
      const taken = spans;
      spans = [];
      return taken;
    },
  };
}

const resolved = () => Promise.resolve();

const markerOf = number => `item-${String(number).padStart(7, '0')}`;

const PARENT = trace.setSpanContext(context.active(), {
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
});

function makeMixed(tracer, number) {
  const kinds = [makeServer, makeClient, makeDatabase, makeFailed];
  kinds[number % kinds.length](tracer, number);
}

function makeServer(tracer, number) {
  startServer(tracer, number, 200).end();
}

function makeClient(tracer, number) {
  const attributes = {
    'http.request.method': 'POST',
    'url.full': `https://payments.shop.example/v2/charges/${number}?currency=EUR`,
    'server.address': 'payments.shop.example',
    'server.port': 443,
    'http.response.status_code': 201,
    'network.protocol.version': '1.1',
    'network.peer.address': '10.0.3.17',
    'network.peer.port': 443,
    'bench.id': markerOf(number),
  };
  tracer.startSpan('POST', { kind: SpanKind.CLIENT, attributes }, PARENT).end();
}

function makeDatabase(tracer, number) {
  const attributes = {
    'db.system.name': 'postgresql',
    'db.namespace': 'orders',
    'db.query.text':
      'SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = $1',
    'db.operation.name': 'SELECT',
    'db.collection.name': 'orders',
    'server.address': 'orders-db.internal.example',
    'server.port': 5432,
    'bench.id': markerOf(number),
  };
  tracer.startSpan('SELECT orders', { kind: SpanKind.CLIENT, attributes }, PARENT).end();
}

function makeFailed(tracer, number) {
  const span = startServer(tracer, number, 500);
  span.recordException({ name: 'RangeError', message: `quantity ${number} is out of stock`, stack: STACK });
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'out of stock' });
  span.end();
}

/** 50 attributes of 1 KB. */
function makeWide(tracer, number) {
  const attributes = { 'bench.id': markerOf(number) };
  for (let index = 0; index < 50; index += 1) attributes[`app.document.part_${index}`] = textOf(number * 50 + index);
  tracer.startSpan('render document', { attributes }, PARENT).end();
}

const STACK = `RangeError: out of stock
    at reserve (/app/src/stock/reserve.js:48:13)
    at async placeOrder (/app/src/orders/place-order.js:112:5)
    at async handle (/app/src/http/router.js:31:7)
    at async Server.onRequest (/app/src/http/server.js:77:3)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`;

function startServer(tracer, number, status) {
  const attributes = {
    'http.request.method': 'GET',
    'http.route': '/orders/:id',
    'url.scheme': 'https',
    'url.path': `/orders/${number}`,
    'url.query': `page=${number % 9}`,
    'server.address': 'checkout.shop.example',
    'server.port': 443,
    'client.address': `203.0.113.${number % 250}`,
    'user_agent.original':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
    'network.protocol.version': '1.1',
    'http.response.status_code': status,
    'bench.id': markerOf(number),
  };
  return tracer.startSpan('GET /orders/:id', { kind: SpanKind.SERVER, attributes }, PARENT);
}

/** 1 KB that compresses about as well as telemetry does: words and numbers. */
function textOf(seed) {
  let text = '';
  for (let state = seed + 1; text.length < 1024; state = (state * 1_103_515_245 + 12_345) % 2_147_483_648)
    text += `{"item":"item_${state % 1000}","price":${state},"state":"open"},`;
  return text.slice(0, 1024);
}

function openLogSource() {
  let records = [];
  const processor = { onEmit: record => records.push(record), forceFlush: resolved, shutdown: resolved };
  const provider = new LoggerProvider({ resource: RESOURCE, processors: [processor] });
  const logger = provider.getLogger('bench', '1.0.0');
  let made = 0;
  return {
    take(count) {
      for (const end = made + count; made < end; made += 1) logger.emit(toLogRecord(made));
      const taken = records;
      records = [];
      return taken;
    },
  };
}

function toLogRecord(number) {
  return {
    severityNumber: number % 10 === 0 ? 17 : 9,
    severityText: number % 10 === 0 ? 'ERROR' : 'INFO',
    body: `order ${number} was reserved for customer ${number % 977} in ${number % 60} ms`,
    attributes: {
      'order.id': number,
      'customer.id': `c-${number % 977}`,
      'code.function.name': 'reserve',
      'code.file.path': '/app/src/stock/reserve.js',
      'thread.name': 'main',
      'bench.id': markerOf(number),
    },
    context: PARENT,
  };
}

/** Takes what was counted since the last time. */
class DeltaReader extends MetricReader {
  constructor() {
    super({ aggregationTemporalitySelector: () => 0 });
  }
  onForceFlush() {
    return Promise.resolve();
  }
  onShutdown() {
    return Promise.resolve();
  }
}

function openMetricSource() {
  const reader = new DeltaReader();
  const provider = new MeterProvider({ resource: RESOURCE, readers: [reader] });
  const meter = provider.getMeter('bench', '1.0.0');
  const counter = meter.createCounter('orders.placed', { unit: '{order}' });
  const histogram = meter.createHistogram('http.server.request.duration', { unit: 's' });
  let made = 0;
  return {
    /** As many as there are streams: the SDK collects all of them at once. */
    async take() {
      for (let stream = 0; stream < METRIC_STREAMS; stream += 1, made += 1) {
        const attributes = {
          'http.route': '/orders/:id',
          'http.response.status_code': 200,
          'bench.id': markerOf(stream),
        };
        if (stream % 2 === 0) counter.add(1 + (made % 7), attributes);
        else histogram.record(0.001 * (1 + (made % 90)), attributes);
      }
      return (await reader.collect()).resourceMetrics;
    },
  };
}
