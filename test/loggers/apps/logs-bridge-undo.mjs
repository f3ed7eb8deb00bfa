/* Bridges the two Logs APIs and takes that back, in several ways. Prints what became of the records. */
import { logs as current } from '@opentelemetry/api';
import { logs as legacy } from '@opentelemetry/api-logs';
import { bridgeLegacyLogs } from 'azure-monitor-bridge/logs-bridge';
import { createRequire } from 'node:module';

const commonjs = createRequire(import.meta.url)('azure-monitor-bridge/logs-bridge');
const API = Symbol.for('opentelemetry.js.api.1');

/** A provider that keeps the texts of records, with the scope of their logger. */
function makeProvider() {
  const seen = [];
  const getLogger = (name, version, { schemaUrl }) => ({
    emit: ({ body }) => seen.push(`${name} ${version} ${schemaUrl}: ${body}`),
    enabled: () => true,
  });
  return { seen, getLogger };
}

const scenes = {
  'each of two users must take it back, and does so once': () => {
    const provider = makeProvider();
    current.setGlobalLoggerProvider(provider);
    const logger = legacy.getLogger('app', '1', { schemaUrl: 'https://schema.example' });
    const [undo, undoOther] = [bridgeLegacyLogs(), commonjs.bridgeLegacyLogs()];
    logger.emit({ body: 'two users' });
    undo();
    undo();
    logger.emit({ body: 'one user' });
    undoOther();
    logger.emit({ body: 'nobody' });
    return provider.seen;
  },
  'nothing is left when it is taken back': () => {
    bridgeLegacyLogs()();
    return [Symbol.for('io.opentelemetry.js.api.logs') in globalThis, API in globalThis];
  },
  'what was registered meanwhile stays when it is taken back': () => {
    const undo = bridgeLegacyLogs();
    const provider = makeProvider();
    legacy.setGlobalLoggerProvider(provider);
    undo();
    return legacy.getLoggerProvider() === provider;
  },
  'of two providers each keeps the loggers of its API': () => {
    const [old, recent] = [makeProvider(), makeProvider()];
    legacy.setGlobalLoggerProvider(old);
    current.setGlobalLoggerProvider(recent);
    const undo = bridgeLegacyLogs();
    legacy.getLogger('old', '1', {}).emit({ body: 'text' });
    current.getLogger('recent', '1', {}).emit({ body: 'text' });
    undo();
    return [old.seen, recent.seen];
  },
  'a provider that hands records back to the other API ends in no circle': () => {
    const undo = bridgeLegacyLogs();
    legacy.setGlobalLoggerProvider({ getLogger: (...scope) => current.getLogger(...scope) });
    legacy.getLogger('app').emit({ body: 'text' });
    current.getLogger('app').emit({ body: 'text' });
    undo();
    return 'ended';
  },
  'loggers say whether somebody listens': () => {
    const undo = bridgeLegacyLogs();
    const logger = legacy.getLogger('app', '1', {});
    const before = logger.enabled();
    current.setGlobalLoggerProvider(makeProvider());
    const after = logger.enabled();
    undo();
    return [before, after];
  },
};

const results = Object.entries(scenes).map(([name, play]) => {
  const result = play();
  for (const api of [current, legacy]) api.disable();
  delete globalThis[API];
  return [name, result];
});
process.stdout.write(JSON.stringify(Object.fromEntries(results)));
