/* oxlint-disable no-console -- it is one of the loggers. */
/* Logs the same through each logger, to Azure from the level `warn` on, and to nowhere else but for the console. */
import { azureRawStream } from 'azure-monitor-bridge/bunyan';
import { captureConsole } from 'azure-monitor-bridge/console';
import { log4jsAppender } from 'azure-monitor-bridge/log4js';
import { azureStream } from 'azure-monitor-bridge/pino';
import { AzureMonitorTransport } from 'azure-monitor-bridge/winston';
import bunyan from 'bunyan';
import log4js from 'log4js';
import pino from 'pino';
import winston from 'winston';
import { inSpan, registerProvider } from './providers-of-logs.mjs';

const shutdown = await registerProvider(process.argv[2]);
const more = { sku: 42, at: new Date(0), lot: { tags: ['a', 'b'] } };

function find() {
  return new RangeError('no such order', { cause: new TypeError('not a number') });
}
const error = find();

const log = winston.createLogger({ level: 'debug', transports: [new AzureMonitorTransport({ level: 'warn' })] });
log.info('quiet');
inSpan(() => log.warn('winston', { ...more, count: 7n }));
log.error('winston: saving failed', { err: error, step: 1 });
log.error('winston:', error);
log.error(error);
log.log({ level: 'error', message: 'winston: object' });

const numbers = pino(
  { level: 'debug', redact: ['secret'] },
  pino.multistream([{ level: 'warn', stream: azureStream() }]),
);
numbers.info('quiet');
inSpan(() => numbers.warn({ ...more, secret: 's3cret' }, 'pino'));
numbers.error({ err: error, step: 1 }, 'pino: saving failed');
numbers.child({ module: 'db' }).fatal('pino: child');
const alone = pino(
  { messageKey: 'text', formatters: { level: level => ({ level }) } },
  azureStream({ level: 'error', messageKey: 'text' }),
);
alone.warn('quiet');
alone.error('pino: alone');

const raw = bunyan.createLogger({ name: 'app', streams: [azureRawStream({ level: 'warn' })] });
raw.info('quiet');
inSpan(() => raw.warn(more, 'bunyan'));
raw.error({ err: error, step: 1 }, 'bunyan: saving failed');
raw.fatal(error);

log4js.configure({
  appenders: { azure: { type: log4jsAppender, level: 'warn' } },
  categories: { default: { appenders: ['azure'], level: 'debug' } },
});
const orders = log4js.getLogger('orders');
orders.info('quiet');
orders.addContext('tenant', 't1');
inSpan(() => orders.warn('log4js of %s', 'orders', more));
orders.error('log4js: saving failed', error, { step: 1 });
orders.fatal(error);

const undo = captureConsole({ level: 'warn' });
const undoOther = captureConsole({ level: 'debug' });
console.info('@opentelemetry/api: a message of its own logger');
console.debug('console: debug, for the other');
inSpan(() => console.warn('console of %s', 'orders', more));
console.error('console: saving failed', error.message, error);
console.warn({ only: 'an object' });
undoOther();
console.log('quiet');
undo();
console.warn('after all');
await shutdown();
