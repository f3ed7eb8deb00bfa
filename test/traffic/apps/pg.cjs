/* Queries through pg, one of which fails. */
const { PgInstrumentation } = require('@opentelemetry/instrumentation-pg');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([new PgInstrumentation()]);
const { Client } = require('pg');

void main();

async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('CREATE TABLE orders (id int, note text)');
  await client.query('SELECT id FROM orders WHERE note = $1', ['for Mary']);
  await client.query('SELECT id FROM refunds').catch(() => undefined);
  await client.end();
  await sdk.shutdown();
}
