/*
 * Compiled, never run: what users write, on each line of OpenTelemetry. `@opentelemetry/sdk-trace` has the same exports
 * in 2.12 and 3.1.
 */
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorSpanProcessor,
  AzureMonitorTraceExporter,
} from 'azure-monitor-bridge';

// An option may be there and undefined, as a variable of the environment often is.
const options = {
  connectionString: process.env['CONNECTION_STRING'],
  storageDirectory: process.env['STORAGE'],
  disableOfflineStorage: undefined,
  credential: undefined,
};

export const spans: SpanExporter = new AzureMonitorTraceExporter(options);
export const metrics: PushMetricExporter = new AzureMonitorMetricExporter(options);
export const processor: SpanProcessor = new AzureMonitorSpanProcessor(options);
export const logs: LogRecordExporter = new AzureMonitorLogExporter(options);

export const sdk: NodeSDK = new NodeSDK({
  traceExporter: new AzureMonitorTraceExporter(),
  metricReaders: [new PeriodicExportingMetricReader({ exporter: new AzureMonitorMetricExporter() })],
  logRecordProcessors: [new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter() })],
});
