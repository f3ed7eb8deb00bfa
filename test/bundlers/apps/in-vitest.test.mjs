import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { test } from 'vitest';

test('an exporter sends from within vitest', async () => {
  const spanProcessor = new BatchSpanProcessor({ exporter: new AzureMonitorTraceExporter() });
  const tracers = new TracerProvider({ spanProcessors: [spanProcessor] });
  tracers.getTracer('app').startSpan('work').end();
  await tracers.shutdown();
});
