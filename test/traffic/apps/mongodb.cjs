/* Commands through MongoDB's client, one of which fails, to a stub of the database. */
const { MongoDBInstrumentation } = require('@opentelemetry/instrumentation-mongodb');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([new MongoDBInstrumentation({ requireParentSpan: false })]);
const { MongoClient } = require('mongodb');
const { startMongoDbStub } = require('./mongodb-stub.cjs');

void main();

async function main() {
  const stub = await startMongoDbStub();
  console.log(stub.port);

  // The stable API greets in OP_MSG too.
  const client = new MongoClient(`mongodb://127.0.0.1:${stub.port}`, { serverApi: '1' });
  const shop = client.db('shop');
  await shop.command({ ping: 1 });
  await shop.collection('orders').insertOne({ _id: 7, note: 'for Mary' });
  await shop.collection('orders').findOne({ note: 'for Mary' });
  await shop.command({ count: 'orders' }).catch(() => undefined);
  await client.close();
  stub.close();
  await sdk.shutdown();
}
