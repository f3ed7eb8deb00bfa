/**
 * Loaded before every service by `node --import ./telemetry.ts`: what an application needs to be seen in Azure Monitor.
 *
 * The services themselves know the OpenTelemetry API alone, and most of what they send they do not write: requests,
 * calls and queries come from the instrumentations.
 */
import { diag, DiagConsoleLogger, DiagLogLevel } from '@opentelemetry/api';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AzureMonitorLogExporter, AzureMonitorMetricExporter, AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { createRequire } from 'node:module';
import { endWithParent, obeyParent } from './parent.ts';

/** The local monitor, and the user's own resource where the environment names one. */
const destinations = [process.env.SHOP_MONITOR, process.env.APPLICATIONINSIGHTS_CONNECTION_STRING]
  .filter(connectionString => connectionString !== undefined && connectionString !== '')
  // Nothing is to wait on disk for a monitor that will not come back.
  .map(connectionString => ({ connectionString, disableOfflineStorage: true }));

const spanProcessors = destinations.map(
  options => new BatchSpanProcessor(new AzureMonitorTraceExporter(options), { scheduledDelayMillis: 500 }),
);
const metricReaders = destinations.map(
  options =>
    new PeriodicExportingMetricReader({
      exporter: new AzureMonitorMetricExporter(options),
      exportIntervalMillis: 5000,
      exportTimeoutMillis: 5000,
    }),
);
const logRecordProcessors = destinations.map(
  options => new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter(options), scheduledDelayMillis: 500 }),
);

// What OpenTelemetry and the exporters have to complain about is to be seen.
diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);

const sdk = new NodeSDK({
  spanProcessors,
  metricReaders,
  logRecordProcessors,
  instrumentations: [
    // A worker that asks for work ten times a second is not worth a row each time.
    new HttpInstrumentation({ ignoreIncomingRequestHook: request => request.url === '/outbox/take' }),
    // For the route in the name of a request; a span for every layer would say little.
    new ExpressInstrumentation({ ignoreLayersType: Object.values(ExpressLayerType) }),
    new PgInstrumentation({ requireParentSpan: true }),
    new UndiciInstrumentation(),
  ],
});
sdk.start();

// Instrumentations patch what is required after they are made, and `import` of a CommonJS package gives the very object
// that `require` gave. So this is enough here; packages that are ES modules need the loader hook of
// @opentelemetry/instrumentation.
const require = createRequire(import.meta.url);
for (const instrumented of ['express', 'pg']) require(instrumented);

endWithParent();
obeyParent(
  () => Promise.all([...spanProcessors, ...metricReaders, ...logRecordProcessors].map(part => part.forceFlush())),
  () => sdk.shutdown(),
);
