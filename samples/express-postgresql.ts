// An Express service with a PostgreSQL, seen in Azure Monitor: node --import tsx samples/express-postgresql.ts
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { connectionString } from './connection-string.ts';

const sdk = new NodeSDK({
  serviceName: 'orders',
  traceExporter: new AzureMonitorTraceExporter({ connectionString }),
  metricReaders: [],
  logRecordProcessors: [],
  instrumentations: [
    new HttpInstrumentation(),
    new ExpressInstrumentation({ ignoreLayersType: Object.values(ExpressLayerType) }),
    new PgInstrumentation({ requireParentSpan: true }),
  ],
});
sdk.start();

// Instrumentations patch what is required after them; `import` then gives the very same.
const require = createRequire(import.meta.url);
for (const instrumented of ['express', 'pg']) require(instrumented);
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

// Ctrl-C sends what is left before it ends.
process.once('SIGINT', () => void sdk.shutdown().then(() => process.exit()));
