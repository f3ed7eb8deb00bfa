/*
 * Traces and logs with both copies of the library, whose current span, loggers and end are one, and calls a server that
 * an instrumentation of OpenTelemetry sees. Comes to its end with exit code 7.
 */
import * as esm from 'azure-monitor-bridge/opencensus';
import { once } from 'node:events';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const commonjs = require('azure-monitor-bridge/opencensus');

const exporter = new esm.AzureExporter();
esm.traceIntegrations(['http'], { tracerProvider: exporter.tracerProvider });
commonjs.traceIntegrations(['httplib']);
const http = require('node:http');

esm.getLogger('app').setLevel('INFO');
commonjs.getLogger('app').addHandler(new commonjs.AzureLogHandler());
esm.getLogger('app.events').addHandler(new esm.AzureEventHandler());
esm.getLogger('app.events').propagate = false;

const sampler = new esm.AlwaysOnSampler();
const outer = new esm.Tracer({ sampler, exporter });
const inner = new commonjs.Tracer({ sampler, exporter, spanContext: outer.spanContext });

outer.span('outer', () =>
  inner.span('inner', span => {
    if (outer.currentSpan() !== span) throw new Error('the copies have a current span each');
    esm.getLogger('app.db').warning('no answer yet');
    commonjs.getLogger('app.events').info('prompted', { customDimensions: { value: 4 } });
    commonjs.getLogger('app').exception(new TypeError('no such prompt'), 'Captured.');
  }),
);

const server = http.createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
await once(server, 'listening');
await outer.span('call', async () => {
  const [response] = await once(http.get({ port: server.address().port, path: '/prompts' }), 'response');
  response.resume();
  await once(response, 'end');
});
new esm.Tracer({ sampler: new esm.AlwaysOffSampler(), exporter }).span('unsampled', () => undefined);
server.close();
process.exitCode = 7;
