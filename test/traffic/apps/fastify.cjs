/* A Fastify server, asked by node:http. */
const { FastifyOtelInstrumentation } = require('@fastify/otel');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([
  new HttpInstrumentation(),
  new FastifyOtelInstrumentation({ registerOnInitialization: true }),
]);
const { fastify } = require('fastify');
const events = require('node:events');
const http = require('node:http');

void main();

async function main() {
  const server = fastify();
  server.get('/orders/:id', findOrder);
  server.get('/stock', refuse);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  console.log(new URL(url).port);

  for (const path of ['/orders/7', '/stock']) {
    const [response] = await events.once(http.get(`${url}${path}`), 'response');
    await events.once(response.resume(), 'end');
  }
  await server.close();
  await sdk.shutdown();
}

function findOrder({ params }) {
  return Promise.resolve({ id: params.id });
}

function refuse() {
  return Promise.reject(new RangeError('out of stock'));
}
