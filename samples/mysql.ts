// Queries to MySQL or MariaDB, seen in Azure Monitor: DATABASE_URL=mysql://… node --import tsx samples/mysql.ts
import { MySQL2Instrumentation } from '@opentelemetry/instrumentation-mysql2';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { createRequire } from 'node:module';
import { connectionString } from './connection-string.ts';

const sdk = new NodeSDK({
  serviceName: 'orders',
  traceExporter: new AzureMonitorTraceExporter({ connectionString }),
  metricReaders: [],
  logRecordProcessors: [],
  instrumentations: [new MySQL2Instrumentation()],
});
sdk.start();

// Instrumentations patch what is required after them; `import` then gives the very same.
createRequire(import.meta.url)('mysql2/promise');
const { default: mysql } = await import('mysql2/promise');

const connection = await mysql.createConnection(process.env['DATABASE_URL'] ?? 'mysql://root@127.0.0.1/test');
await connection.query('CREATE TEMPORARY TABLE orders (id int, tea text)');
await connection.execute('INSERT INTO orders VALUES (?, ?)', [7, 'Keemun Mao Feng']);
const [orders] = await connection.execute('SELECT tea FROM orders WHERE id = ?', [7]);
console.log(orders);
await connection.end();
await sdk.shutdown();
