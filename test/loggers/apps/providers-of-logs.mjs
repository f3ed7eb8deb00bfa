/* What an app has of OpenTelemetry, by the word on its command line: nothing, or a provider that it has registered. */
import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { AzureMonitorLogExporter } from 'azure-monitor-bridge';

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };

/** Registers a logger provider when the word is `registered`. What is returned shuts it down. */
export async function registerProvider(word) {
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  if (word !== 'registered') return () => Promise.resolve();
  // The Logs API is a part of @opentelemetry/api from 1.10 on.
  const { logs } = 'logs' in api ? api : await import('@opentelemetry/api-logs');
  const processors = [new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter() })];
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'registered' }),
    processors,
  });
  logs.setGlobalLoggerProvider(provider);
  return () => provider.shutdown();
}

/** Runs something in a span. */
export function inSpan(work) {
  return api.context.with(api.trace.setSpanContext(api.context.active(), SPAN), work);
}
