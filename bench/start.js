/*
 * What an import costs in a fresh process: `start.js <contender>`. OpenTelemetry's SDKs are loaded before, since the
 * program that exports has them.
 */
import '@opentelemetry/sdk-logs';
import '@opentelemetry/sdk-metrics';
import '@opentelemetry/sdk-trace-base';
import { openCosts } from './cpu.js';

const PACKAGES = {
  official: '@azure/monitor-opentelemetry-exporter',
  ours: 'azure-monitor-bridge',
  'otlp-http': '@opentelemetry/exporter-trace-otlp-http',
  'otlp-proto': '@opentelemetry/exporter-trace-otlp-proto',
};

const name = PACKAGES[process.argv[2]];
const costs = openCosts();
if (name !== undefined) await import(name);
console.log(JSON.stringify(costs()));
