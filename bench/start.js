/*
 * What an import costs in a fresh process: `start.js <contender>`. OpenTelemetry's SDKs are loaded before, since the
 * program that exports has them.
 */
import '@opentelemetry/sdk-logs';
import '@opentelemetry/sdk-metrics';
import '@opentelemetry/sdk-trace-base';
import { cpuMicros } from './cpu.js';

const PACKAGES = {
  official: '@azure/monitor-opentelemetry-exporter',
  ours: 'azure-monitor-bridge',
  'otlp-http': '@opentelemetry/exporter-trace-otlp-http',
  'otlp-proto': '@opentelemetry/exporter-trace-otlp-proto',
};

const name = PACKAGES[process.argv[2]];
globalThis.gc();
const before = { cpu: cpuMicros().all, rss: process.memoryUsage.rss(), millis: performance.now() };
if (name !== undefined) await import(name);
const millis = performance.now() - before.millis;
console.log(
  JSON.stringify({
    cpuMillis: (cpuMicros().all - before.cpu) / 1000,
    millis,
    megabytes: (process.memoryUsage.rss() - before.rss) / 2 ** 20,
  }),
);
