/*
 * Emits one record in each order of the three steps: bridge the APIs, register a provider, ask for a logger. Prints how
 * many records the provider saw, by the API of the provider, that of the logger, and the order.
 */
import { diag, logs as current } from '@opentelemetry/api';
import { logs as legacy } from '@opentelemetry/api-logs';
import { bridgeLegacyLogs } from 'azure-monitor-bridge/logs-bridge';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const commonjs = require('azure-monitor-bridge/logs-bridge');
const apis = {
  'api-logs': legacy,
  'another api-logs': require('./another-api-logs').logs,
  api: current,
  'api as CommonJS': require('@opentelemetry/api').logs,
};
const bridges = { esm: bridgeLegacyLogs, commonjs: commonjs.bridgeLegacyLogs, none: () => () => undefined };
const bridge = bridges[process.argv[2]];

const seen = {};
for (const [provider, logger] of [
  ['api-logs', 'api-logs'],
  ['api-logs', 'api'],
  ['api-logs', 'api as CommonJS'],
  ['api', 'api'],
  ['api', 'api-logs'],
  ['api', 'another api-logs'],
  ['another api-logs', 'api'],
]) {
  seen[`${provider} from ${logger}`] = Object.fromEntries(
    ['bpl', 'blp', 'pbl', 'plb', 'lbp', 'lpb'].map(order => [order, emitOnce(apis[provider], apis[logger], order)]),
  );
}
process.stdout.write(JSON.stringify(seen));

function emitOnce(providerApi, loggerApi, order) {
  const records = [];
  const provider = { getLogger: () => ({ emit: record => records.push(record.body), enabled: () => true }) };
  const done = {};
  const steps = {
    b: () => bridge(),
    p: () => {
      // An SDK registers its other parts first, with the newest API that there is.
      diag.setLogger({ debug() {}, error: fail, info: fail, verbose() {}, warn: fail });
      providerApi.setGlobalLoggerProvider(provider);
    },
    l: () => loggerApi.getLogger('app', '1.0.0'),
  };
  for (const step of order) done[step] = steps[step]();
  done.l.emit({ body: 'text' });
  done.b();
  for (const api of Object.values(apis)) api.disable();
  delete globalThis[Symbol.for('opentelemetry.js.api.1')];
  return records.length;
}

function fail(...words) {
  throw new Error(words.join(' '));
}
