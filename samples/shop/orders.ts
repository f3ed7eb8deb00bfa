/** The orders service: owns the database, and hands every order on to the invoices. */
/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 takes their rejections */
import { metrics, propagation, context, SpanKind, trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import express from 'express';
import { announceServer } from './parent.ts';
import {
  allProducts,
  createTables,
  keepInvoice,
  placeOrder,
  productOf,
  salesForecast,
  takeMessages,
  type Order,
} from './store.ts';

const tracer = trace.getTracer('shop.orders');
const logger = logs.getLogger('shop.orders');
const meter = metrics.getMeter('shop.orders');
const ordersPlaced = meter.createCounter('shop.orders', { description: 'Orders placed or refused' });
const orderValue = meter.createHistogram('shop.order.value', { unit: 'EUR', description: 'What an order is worth' });

const app = express().use(express.json());

app.get('/products', async (_request, response) => {
  response.json(await allProducts());
});

app.get('/products/:sku', async (request, response) => {
  const product = await productOf(request.params.sku);
  if (product === undefined) response.status(404).json({ error: 'no such product' });
  else response.json(product);
});

app.post('/orders', async (request, response) => {
  const { sku, quantity } = request.body as { sku: string; quantity: number };
  const order = await publish(sku, quantity);
  if (order === undefined) refuse(sku, quantity);
  else accept(order);
  response.status(order === undefined ? 409 : 201).json(order ?? { error: 'sold out' });
});

app.put('/orders/:id/invoice', async (request, response) => {
  const { invoice } = request.body as { invoice: string };
  await keepInvoice(Number(request.params.id), invoice);
  response.status(204).end();
});

app.get('/forecast', async (_request, response) => {
  response.json(await salesForecast());
});

app.post('/outbox/take', async (_request, response) => {
  response.json(await takeMessages());
});

await createTables();
await announceServer(app.listen(0, '127.0.0.1'));

/** Places the order inside a PRODUCER span, whose context travels with the message to whoever takes it. */
function publish(sku: string, quantity: number): Promise<Order | undefined> {
  const attributes = {
    'messaging.system': 'outbox',
    'messaging.destination.name': 'orders',
    'messaging.operation.type': 'send',
  };
  return tracer.startActiveSpan('send orders', { kind: SpanKind.PRODUCER, attributes }, span => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    return placeOrder(sku, quantity, headers).finally(() => span.end());
  });
}

function accept(order: Order): void {
  ordersPlaced.add(1, { outcome: 'placed', sku: order.sku });
  orderValue.record(order.cents / 100, { sku: order.sku });
  logger.emit({
    severityNumber: SeverityNumber.INFO,
    body: `Order ${order.id} placed: ${order.quantity} of ${order.sku}`,
    attributes: { 'order.id': order.id },
  });
}

function refuse(sku: string, quantity: number): void {
  ordersPlaced.add(1, { outcome: 'sold out', sku });
  logger.emit({
    severityNumber: SeverityNumber.WARN,
    body: `Order refused: fewer than ${quantity} of ${sku} left`,
    attributes: { sku },
  });
}
