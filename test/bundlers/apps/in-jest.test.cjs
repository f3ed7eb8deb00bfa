const { BatchSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace');
const { AzureMonitorTraceExporter } = require('azure-monitor-bridge');

test('an exporter sends from within jest', async () => {
  const spanProcessor = new BatchSpanProcessor({ exporter: new AzureMonitorTraceExporter() });
  const tracers = new TracerProvider({ spanProcessors: [spanProcessor] });
  tracers.getTracer('app').startSpan('work').end();
  await tracers.shutdown();
});
