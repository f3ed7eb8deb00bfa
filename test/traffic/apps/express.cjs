/* An Express server, asked by node:http and by fetch, which is undici. */
const { ExpressInstrumentation, ExpressLayerType } = require('@opentelemetry/instrumentation-express');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([
  new HttpInstrumentation(),
  new UndiciInstrumentation(),
  new ExpressInstrumentation({ ignoreLayersType: Object.values(ExpressLayerType) }),
]);
const express = require('express');
const events = require('node:events');
const http = require('node:http');

void main();

async function main() {
  const server = express()
    .get('/orders/:id', (request, response) => response.json({ id: request.params.id }))
    .get('/stock', () => {
      throw new RangeError('out of stock');
    })
    // oxlint-disable-next-line no-unused-vars -- Express knows an error handler by its four parameters
    .use((error, _request, response, _next) => response.status(500).json({ error: error.message }))
    .listen(0, '127.0.0.1');
  await events.once(server, 'listening');
  const { port } = server.address();
  const url = `http://127.0.0.1:${port}`;
  const nobody = await closedPort();
  console.log(JSON.stringify({ port, nobody }));

  await get(`${url}/orders/7?expand=items&token=secret`);
  await get(`${url}/nowhere`);
  await (await fetch(`${url}/orders/8`)).text();
  await (await fetch(`${url}/stock`)).text();
  await fetch(`http://127.0.0.1:${nobody}/closed`).catch(() => undefined);
  server.closeAllConnections();
  server.close();
  await sdk.shutdown();
}

async function get(url) {
  const [response] = await events.once(http.get(url), 'response');
  await events.once(response.resume(), 'end');
}

/** A port where nobody listens any more. */
async function closedPort() {
  const server = http.createServer().listen(0, '127.0.0.1');
  await events.once(server, 'listening');
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}
