// An Express service with a PostgreSQL, seen in Azure Monitor: node --import tsx samples/express-postgresql.ts
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { startAzureMonitor } from 'azure-monitor-bridge/start';
import type { AddressInfo } from 'node:net';
import { connectionString } from './connection-string.ts';

// With the instrumentations that are installed, among them those of http, express and pg.
startAzureMonitor({ connectionString, serviceName: 'orders' });

// They see what is imported from now on.
const { default: express } = await import('express');
const { default: pg } = await import('pg');

// A PostgreSQL in this very process, so that none need be installed; it serves one connection.
const postgresql = new PGLiteSocketServer({ db: await PGlite.create(), host: '127.0.0.1', port: 0 });
await postgresql.start();
const pool = new pg.Pool({ connectionString: `postgres://postgres@${postgresql.getServerConn()}/shop`, max: 1 });
await pool.query("CREATE TABLE orders (id int, tea text); INSERT INTO orders VALUES (7, 'Keemun Mao Feng')");

const server = express()
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes their rejections
  .get('/orders/:id', async (request, response) => {
    const { rows } = await pool.query('SELECT * FROM orders WHERE id = $1', [request.params.id]);
    response.status(rows.length === 0 ? 404 : 200).json(rows);
  })
  .listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () =>
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/orders/7`),
  );
