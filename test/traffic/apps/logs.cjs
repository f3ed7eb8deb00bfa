/* What winston and pino write. */
const { PinoInstrumentation } = require('@opentelemetry/instrumentation-pino');
const { WinstonInstrumentation } = require('@opentelemetry/instrumentation-winston');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([new WinstonInstrumentation(), new PinoInstrumentation()]);
const { Writable } = require('node:stream');
const pino = require('pino');
const winston = require('winston');

void main();

async function main() {
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

  const first = winston.createLogger({ transports: [new winston.transports.Stream({ stream: nowhere() })] });
  first.info('winston: order placed', { 'order.id': 7 });
  first.warn('winston: stock is low');
  first.error('winston: payment failed', { bank: 'down' });
  first.error('winston: refund failed', bankError());

  const second = pino({}, nowhere());
  second.info({ order: { id: 7 } }, 'pino: order placed');
  second.warn('pino: stock is low');
  second.error({ bank: 'down' }, 'pino: payment failed');
  second.error(bankError(), 'pino: refund failed');

  await new Promise(setImmediate);
  await sdk.shutdown();
}

function bankError() {
  return new RangeError('not that much');
}
