/** The front: what customers talk to. It asks the orders service and a payment provider, and keeps nothing. */
/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 takes their rejections */
import { metrics, trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import express, { type ErrorRequestHandler, type Response } from 'express';
import { announceServer } from './parent.ts';

interface Basket {
  readonly sku?: string;
  readonly quantity?: number;
  readonly coupon?: string;
  readonly bank?: string;
}

const { ORDERS_URL, PAYMENTS_URL } = process.env;
const logger = logs.getLogger('shop.front');
const checkouts = metrics
  .getMeter('shop.front')
  .createCounter('shop.checkouts', { description: 'Checkouts by outcome' });

const app = express().use(express.json());

app.get('/products', async (_request, response) => {
  await relay(await fetch(`${ORDERS_URL}/products`), response);
});

app.get('/products/:sku', async (request, response) => {
  await relay(await fetch(`${ORDERS_URL}/products/${request.params.sku}`), response);
});

app.get('/forecast', async (_request, response) => {
  await relay(await fetch(`${ORDERS_URL}/forecast`), response);
});

app.post('/checkout', async (request, response) => {
  const { sku, quantity = 1, coupon, bank } = request.body as Basket;
  if (sku === undefined) return void response.status(400).json({ error: 'the basket is empty' });

  const discount = coupon === undefined ? 0 : discountOf(coupon);
  const payment = await post(`${PAYMENTS_URL}/authorize`, { sku, quantity, discount, bank });
  if (!payment.ok) {
    checkouts.add(1, { outcome: 'payment failed' });
    logger.emit({ severityNumber: SeverityNumber.ERROR, body: `Payment provider answered ${payment.status}` });
    return void response.status(502).json({ error: 'payment failed' });
  }

  const order = await post(`${ORDERS_URL}/orders`, { sku, quantity });
  checkouts.add(1, { outcome: order.ok ? 'ordered' : 'refused' });
  await relay(order, response);
});

// oxlint-disable-next-line no-unused-vars -- Express knows an error handler by its four parameters
app.use(((error: Error, _request, response, _next) => {
  trace.getActiveSpan()?.recordException(error);
  response.status(500).json({ error: 'something went wrong' });
}) satisfies ErrorRequestHandler);

await announceServer(app.listen(0, '127.0.0.1'));

/** Trusts its type, and so throws for a coupon that is not text: the one bug of this shop. */
function discountOf(coupon: string): number {
  return coupon.trim().toUpperCase() === 'TEATIME' ? 10 : 0;
}

function post(url: string, body: object): Promise<globalThis.Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function relay(answer: globalThis.Response, response: Response): Promise<void> {
  response.status(answer.status).json(await answer.json());
}
