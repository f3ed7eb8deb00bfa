/*
 * A CommonJS app whose instrumentations trace every outgoing request, got's too. Makes three requests of its own while
 * telemetry is sent, one export after the other.
 */
const { metrics, trace } = require('@opentelemetry/api');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
const { BatchLogRecordProcessor } = require('@opentelemetry/sdk-logs');
const { PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { BatchSpanProcessor } = require('@opentelemetry/sdk-trace');
const bridge = require('azure-monitor-bridge');

const exporter = new bridge.AzureMonitorTraceExporter();
const processor = new BatchSpanProcessor({ exporter });
const reader = new PeriodicExportingMetricReader({ exporter: new bridge.AzureMonitorMetricExporter() });
const sdk = new NodeSDK({
  serviceName: 'app',
  spanProcessors: [processor],
  metricReaders: [reader],
  logRecordProcessors: [new BatchLogRecordProcessor({ exporter: new bridge.AzureMonitorLogExporter() })],
  instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()],
});
sdk.start();
const http = require('node:http');

void main();

async function main() {
  const url = process.env.SHOP_URL;
  const { got } = await import('got');
  const counter = metrics.getMeter('app').createCounter('rounds');
  for (const call of [() => callHttp(`${url}/http`), () => fetch(`${url}/fetch`), () => got(`${url}/got`)]) {
    const response = await call();
    await response.text?.();
    counter.add(1);
    await exportByHand();
    await Promise.all([processor.forceFlush(), reader.forceFlush()]);
  }
  await sdk.shutdown();
}

/** As a processor does that somebody wrote: OpenTelemetry's own suppress tracing while they export. */
function exportByHand() {
  const span = trace.getTracer('app').startSpan('by hand');
  span.end();
  return new Promise(resolve => exporter.export([span], resolve));
}

function callHttp(url) {
  return new Promise((resolve, reject) => {
    http.get(url, response => response.resume().on('end', () => resolve(response))).on('error', reject);
  });
}
