/* Starts in code, as what runs under a host that owns the command line, and says when to flush. */
import { startAzureMonitor } from 'azure-monitor-bridge/start';

const telemetry = startAzureMonitor({ serviceName: 'in code', instrumentations: [] });
const { trace } = await import('@opentelemetry/api');
trace.getTracer('app').startSpan('before the flush').end();
await telemetry.flush();
trace.getTracer('app').startSpan('before the shutdown').end();
await telemetry.shutdown();
await telemetry.shutdown();
trace.getTracer('app').startSpan('after the shutdown').end();
process.stdout.write(`${process.listenerCount('SIGTERM')} ${process.listenerCount('beforeExit')}`);
