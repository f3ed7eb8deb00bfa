/** The background job: takes orders from the outbox, writes an invoice for each, and hands it back. */
import {
  context,
  metrics,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
} from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import { suppressTracing } from '@opentelemetry/core';
import { pbkdf2 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { announceReady } from './parent.ts';
import type { Message, Order } from './store.ts';

const { ORDERS_URL } = process.env;
const PAUSE_MILLIS = 100;

const tracer = trace.getTracer('shop.invoices');
const logger = logs.getLogger('shop.invoices');
const meter = metrics.getMeter('shop.invoices');
const invoices = meter.createCounter('shop.invoices', { description: 'Invoices written' });
const inWork = meter.createObservableGauge('shop.invoices.in_work', { description: 'Orders taken, not yet invoiced' });

let messages: Message[] = [];
inWork.addCallback(result => result.observe(messages.length));

announceReady();
for (;;) {
  // Nothing to do while the orders service cannot be asked.
  messages = await takeMessages().catch(() => []);
  await Promise.all(messages.map(consume));
  if (messages.length === 0) await sleep(PAUSE_MILLIS);
}

/** Asks for work without leaving a trace of the asking. */
async function takeMessages(): Promise<Message[]> {
  const take = (): Promise<Response> => fetch(`${ORDERS_URL}/outbox/take`, { method: 'POST' });
  const answer = await context.with(suppressTracing(context.active()), take);
  return (await answer.json()) as Message[];
}

/** Continues, in a CONSUMER span, the trace of the customer whose order this is. */
function consume({ order, headers }: Message): Promise<void> {
  const attributes = {
    'messaging.system': 'outbox',
    'messaging.destination.name': 'orders',
    'messaging.operation.type': 'process',
  };
  const customer = propagation.extract(ROOT_CONTEXT, headers);
  return tracer.startActiveSpan('process orders', { kind: SpanKind.CONSUMER, attributes }, customer, span =>
    invoice(order)
      .catch((error: Error) => fail(span, error))
      .finally(() => span.end()),
  );
}

function fail(span: Span, error: Error): void {
  span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
}

async function invoice(order: Order): Promise<void> {
  const seal = await tracer.startActiveSpan('seal invoice', span => sealOf(order).finally(() => span.end()));
  await fetch(`${ORDERS_URL}/orders/${order.id}/invoice`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ invoice: seal }),
  });

  invoices.add(1, { sku: order.sku });
  logger.emit({
    severityNumber: SeverityNumber.INFO,
    body: `Invoice of order ${order.id} written: ${(order.cents / 100).toFixed(2)} EUR`,
  });
  logger.emit({
    attributes: { 'microsoft.custom_event.name': 'OrderInvoiced', 'order.id': order.id, sku: order.sku },
  });
}

/** Real work for the processor, some milliseconds of it. */
async function sealOf(order: Order): Promise<string> {
  return (await promisify(pbkdf2)(JSON.stringify(order), 'shop', 5000, 32, 'sha256')).toString('hex');
}
