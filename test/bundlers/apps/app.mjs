/* An application with each signal, as it is given to bundlers. */
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { AzureMonitorLogExporter, AzureMonitorMetricExporter, AzureMonitorTraceExporter } from 'azure-monitor-bridge';

const spanProcessor = new BatchSpanProcessor({ exporter: new AzureMonitorTraceExporter() });
const reader = new PeriodicExportingMetricReader({ exporter: new AzureMonitorMetricExporter() });
const logProcessor = new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter() });
const resource = resourceFromAttributes({ 'service.name': 'shop' });
const tracers = new TracerProvider({ resource, spanProcessors: [spanProcessor] });
const meters = new MeterProvider({ resource, readers: [reader] });
const loggers = new LoggerProvider({ resource, processors: [logProcessor] });

tracers.getTracer('app').startSpan('work').end();
meters.getMeter('app').createCounter('jobs').add(1);
loggers.getLogger('app').emit({ body: 'done' });
void Promise.all([tracers.shutdown(), meters.shutdown(), loggers.shutdown()]);
