// Queries to MySQL or MariaDB, seen in Azure Monitor: DATABASE_URL=mysql://… node --import tsx samples/mysql.ts
import { startAzureMonitor } from 'azure-monitor-bridge/start';
import { connectionString } from './connection-string.ts';

// With the instrumentations that are installed, among them that of mysql2, which sees what is imported from now on.
startAzureMonitor({ connectionString, serviceName: 'orders' });
const { default: mysql } = await import('mysql2/promise');

const connection = await mysql.createConnection(process.env['DATABASE_URL'] ?? 'mysql://root@127.0.0.1/test');
await connection.query('CREATE TEMPORARY TABLE orders (id int, tea text)');
await connection.execute('INSERT INTO orders VALUES (?, ?)', [7, 'Keemun Mao Feng']);
const [orders] = await connection.execute('SELECT tea FROM orders WHERE id = ?', [7]);
console.log(orders);
await connection.end();
