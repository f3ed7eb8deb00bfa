/* The application that README leaves to its reader, without any instrumentation: what it shows, it says itself. */
import { SpanKind, metrics, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { sdk } from './instrumentation.mjs';

const tracer = trace.getTracer('app');
tracer.startActiveSpan('GET /orders', { kind: SpanKind.SERVER }, request => {
  tracer.startSpan('GET /stock', { kind: SpanKind.CLIENT }).end();
  request.recordException(new Error('out of stock'));
  logs.getLogger('app').emit({ body: 'stock is low', severityNumber: 13 });
  metrics.getMeter('app').createCounter('orders.placed').add(1);
  request.end();
});
await sdk.shutdown();
