/*
 * One of everything, by OpenTelemetry's public interface alone: the same text serves 2.x and 3.x. Ids are fixed and times
 * count from START_MILLIS of the environment, so that rows can be compared as a whole. Times are eighths of
 * a second, which OpenTelemetry's arithmetic of seconds and nanoseconds keeps exact.
 */
import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';

const START = Number(process.env.START_MILLIS);

/** Gives span ids that count up, all in one trace. */
export function fixedIds() {
  let spans = 0;
  return {
    generateTraceId: () => '0af7651916cd43dd8448eb211c80319c',
    generateSpanId: () => `b7ad6b716920333${++spans}`,
  };
}

/** A request that fails, with a call, an event, an exception and a log message inside. */
export function emitSpansAndLogs(tracer, logger) {
  const server = tracer.startSpan('GET /orders/:id', {
    kind: SpanKind.SERVER,
    startTime: START,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/orders/:id',
      'http.response.status_code': 500,
      'url.full': 'http://shop.example/orders/7',
      'order.id': '7',
    },
  });
  const inServer = trace.setSpan(context.active(), server);
  const call = {
    kind: SpanKind.CLIENT,
    startTime: START + 125,
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'url.full': 'http://stock.example/items/7',
      'server.address': 'stock.example',
      'server.port': 80,
    },
  };
  tracer.startSpan('GET', call, inServer).end(START + 250);

  server.addEvent('stock checked', { left: 3 }, START + 375);
  const error = new RangeError('no such order');
  error.stack = 'RangeError: no such order\n    at find (/app/orders.js:12:34)';
  server.recordException(error, START + 500);
  server.setStatus({ code: SpanStatusCode.ERROR });
  logger.emit({
    timestamp: START + 625,
    severityNumber: 13,
    severityText: 'WARN',
    body: 'stock is low',
    attributes: { 'order.id': '7' },
    context: inServer,
  });
  server.end(START + 750);
}

/** A counter over two collections, which shows whether it is exported as delta, and a histogram in the second. */
export async function emitMetrics(meter, collect) {
  const placed = meter.createCounter('orders.placed');
  placed.add(3, { region: 'eu' });
  await collect();
  placed.add(4, { region: 'eu' });
  const weight = meter.createHistogram('orders.weight', { unit: 'kg' });
  for (const kilograms of [2, 3, 10]) weight.record(kilograms);
  await collect();
}
