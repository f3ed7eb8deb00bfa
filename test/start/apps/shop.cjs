/* An Express application that knows nothing of telemetry: one request, that calls another service, and logs. */
const express = require('express');
const http = require('node:http');
const pino = require('pino');

const logger = pino(pino.destination('/dev/null'));
const app = express();
app.get('/orders/:id', (request, response) => {
  logger.warn({ sku: 42 }, 'stock is low');
  http.get({ port: request.socket.localPort, path: '/items', agent: false }, items => items.pipe(response));
});
app.get('/items', (_request, response) => response.send('none'));

const server = app.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, path: '/orders/7', agent: false }, response => {
    response.resume().on('end', () => {
      server.close();
      server.closeAllConnections();
    });
  });
});
