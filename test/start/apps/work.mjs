/* Makes telemetry of all three signals by OpenTelemetry's API alone, with a span inside another. */
import * as api from '@opentelemetry/api';

// The Logs API is a part of @opentelemetry/api from 1.10 on.
const { logs } = 'logs' in api ? api : await import('@opentelemetry/api-logs');

api.trace.getTracer('app').startActiveSpan('work', work => {
  api.trace.getTracer('app').startSpan('step').end();
  logs.getLogger('app').emit({ body: 'half done', severityNumber: 9 });
  work.end();
});
api.metrics.getMeter('app').createCounter('done').add(1);
process.stdout.write('done');
