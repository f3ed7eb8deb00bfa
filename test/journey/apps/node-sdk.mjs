/* All signals through a NodeSDK, set up as README does: the same text runs under 2.x and 3.x. */
import * as api from '@opentelemetry/api';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AzureMonitorLogExporter, AzureMonitorMetricExporter, AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { emitMetrics, emitSpansAndLogs, fixedIds } from './signals.mjs';

// The Logs API is a part of @opentelemetry/api from 1.10 on.
const { logs } = 'logs' in api ? api : await import('@opentelemetry/api-logs');

const reader = new PeriodicExportingMetricReader({ exporter: new AzureMonitorMetricExporter() });
const sdk = new NodeSDK({
  serviceName: 'orders',
  idGenerator: fixedIds(),
  traceExporter: new AzureMonitorTraceExporter(),
  metricReaders: [reader],
  logRecordProcessors: [new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter() })],
});
sdk.start();

emitSpansAndLogs(api.trace.getTracer('app'), logs.getLogger('app'));
await emitMetrics(api.metrics.getMeter('app'), () => reader.forceFlush());
await sdk.shutdown();
