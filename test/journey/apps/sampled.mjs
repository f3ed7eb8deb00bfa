/* Two traces through a NodeSDK with this library's sampler and processors, one of them dropped; 2.x and 3.x alike. */
import * as api from '@opentelemetry/api';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import {
  ApplicationInsightsSampler,
  AzureMonitorLogExporter,
  AzureMonitorTraceExporter,
  OperationNameSpanProcessor,
  TraceBasedLogProcessor,
} from 'azure-monitor-bridge';

// The Logs API is a part of @opentelemetry/api from 1.10 on.
const { logs } = 'logs' in api ? api : await import('@opentelemetry/api-logs');

// Their scores are 7.3 and 45.5: at 25 % the first is kept, and stands for four.
const traceIds = ['5b8aa5a2d2c872e8321cf37308d69df2', 'd4cda95b652f4a1592b449d5929fda1b'];
let spans = 0;
const sdk = new NodeSDK({
  serviceName: 'orders',
  sampler: new ApplicationInsightsSampler(0.25),
  idGenerator: { generateTraceId: () => traceIds.shift(), generateSpanId: () => `b7ad6b716920333${++spans}` },
  spanProcessors: [
    new OperationNameSpanProcessor(),
    new BatchSpanProcessor({ exporter: new AzureMonitorTraceExporter() }),
  ],
  logRecordProcessors: [
    new TraceBasedLogProcessor(new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter() })),
  ],
});
sdk.start();

const tracer = api.trace.getTracer('app');
for (const order of [7, 8]) {
  const attributes = { 'http.request.method': 'GET', 'url.path': `/orders/${order}` };
  const request = tracer.startSpan('GET', { kind: api.SpanKind.SERVER, attributes }, api.ROOT_CONTEXT);
  const inside = api.trace.setSpan(api.ROOT_CONTEXT, request);
  tracer.startSpan('SELECT', { kind: api.SpanKind.CLIENT }, inside).end();
  logs.getLogger('app').emit({ body: `order ${order}`, context: inside });
  request.setAttribute('http.route', '/orders/:id');
  request.end();
}
logs.getLogger('app').emit({ body: 'no trace', context: api.ROOT_CONTEXT });
await sdk.shutdown();
