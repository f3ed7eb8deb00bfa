/* Jobs through BullMQ's queue in Redis, one of which fails. */
const { BullMQInstrumentation } = require('@appsignal/opentelemetry-instrumentation-bullmq');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([new BullMQInstrumentation()]);
const { Queue, Worker } = require('bullmq');
const events = require('node:events');

void main();

async function main() {
  const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) };
  const queue = new Queue('invoices', { connection });
  await queue.add('print', { order: 7 });
  await queue.add('print', { order: 8 });

  const worker = new Worker('invoices', printInvoice, { connection });
  await Promise.all([events.once(worker, 'completed'), events.once(worker, 'failed')]);
  await worker.close();
  await queue.close();
  await sdk.shutdown();
}

async function printInvoice({ data }) {
  if (data.order === 8) throw new RangeError('no such order');
}
