/* Has an SDK of its own, and starts this library's beside it. */
import { metrics } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { startAzureMonitor } from 'azure-monitor-bridge/start';

metrics.setGlobalMeterProvider(new MeterProvider());
await startAzureMonitor().shutdown();
