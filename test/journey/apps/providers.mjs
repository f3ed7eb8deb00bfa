/* Providers of OpenTelemetry 2.x with everything fixed, around three exporters. */
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { emitMetrics, emitSpansAndLogs, fixedIds } from './signals.mjs';

/** Sends all signals through the exporters of a package, and shuts them down. What cannot be sent is no failure here. */
export async function sendThrough({ AzureMonitorTraceExporter, AzureMonitorMetricExporter, AzureMonitorLogExporter }) {
  const resource = resourceFromAttributes({
    'service.name': 'orders',
    'service.instance.id': 'orders-1',
    'service.version': '1.2.3',
  });
  const spanProcessors = [new BatchSpanProcessor(new AzureMonitorTraceExporter())];
  const tracers = new BasicTracerProvider({ resource, idGenerator: fixedIds(), spanProcessors });
  const processors = [new SimpleLogRecordProcessor({ exporter: new AzureMonitorLogExporter() })];
  const loggers = new LoggerProvider({ resource, processors });
  const reader = new PeriodicExportingMetricReader({ exporter: new AzureMonitorMetricExporter() });
  const meters = new MeterProvider({ resource, readers: [reader] });

  emitSpansAndLogs(tracers.getTracer('app'), loggers.getLogger('app'));
  await emitMetrics(meters.getMeter('app'), () => reader.forceFlush().catch(() => undefined));
  await Promise.allSettled([tracers.shutdown(), loggers.shutdown(), meters.shutdown()]);
}
