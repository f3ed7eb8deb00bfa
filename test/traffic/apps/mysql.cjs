/* Queries through mysql2, one of which fails. */
const { MySQL2Instrumentation } = require('@opentelemetry/instrumentation-mysql2');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([new MySQL2Instrumentation()]);
const mysql = require('mysql2/promise');

void main();

async function main() {
  const connection = await mysql.createConnection({
    host: '127.0.0.1',
    port: Number(process.env.DATABASE_PORT),
    user: 'root',
    database: 'shop',
  });
  await connection.query('CREATE TABLE IF NOT EXISTS orders (id int, note text)');
  await connection.execute('SELECT id FROM orders WHERE note = ?', ['for Mary']);
  await connection.query('SELECT id FROM refunds').catch(() => undefined);
  await connection.end();
  await sdk.shutdown();
}
