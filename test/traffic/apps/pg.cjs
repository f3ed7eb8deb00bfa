/* Queries through pg, one of which fails, under the instrumentation that the environment names. */
const { PgInstrumentation } = require(`@opentelemetry/${process.env.PG_INSTRUMENTATION}`);
const { startTelemetry } = require('./telemetry.cjs');

/** Which conventions the instrumentation follows shows in its names of one fact; the rows are to be the same. */
const systemNames = new Set();
const requestHook = ({ attributes }) => {
  for (const name of ['db.system', 'db.system.name']) if (name in attributes) systemNames.add(name);
};

const sdk = startTelemetry([new PgInstrumentation({ requestHook })]);
const { Client } = require('pg');

void main();

async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS orders (id int, note text)');
  await client.query('SELECT id FROM orders WHERE note = $1', ['for Mary']);
  await client.query('SELECT id FROM refunds').catch(() => undefined);
  await client.end();
  console.log([...systemNames].join());
  await sdk.shutdown();
}
