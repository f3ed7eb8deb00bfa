/* A gRPC server and its client: a call that is answered, and one that is refused. */
const { GrpcInstrumentation } = require('@opentelemetry/instrumentation-grpc');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([new GrpcInstrumentation()]);
const grpc = require('@grpc/grpc-js');
const { promisify } = require('node:util');

/** What a .proto file would describe: names as messages, as they are. */
const bytes = { from: value => Buffer.from(value), to: buffer => buffer.toString() };
const FIND_ORDER = {
  path: '/shop.Orders/FindOrder',
  requestStream: false,
  responseStream: false,
  requestSerialize: bytes.from,
  requestDeserialize: bytes.to,
  responseSerialize: bytes.from,
  responseDeserialize: bytes.to,
};

void main();

async function main() {
  const server = new grpc.Server();
  server.addService(
    { FindOrder: FIND_ORDER },
    {
      FindOrder: ({ request }, answer) =>
        request === '7' ? answer(null, 'green tea') : answer({ code: grpc.status.NOT_FOUND, details: 'no such order' }),
    },
  );
  const insecure = grpc.ServerCredentials.createInsecure();
  const port = await promisify(server.bindAsync.bind(server))('127.0.0.1:0', insecure);
  console.log(port);

  const Orders = grpc.makeGenericClientConstructor({ FindOrder: FIND_ORDER }, 'Orders');
  const client = new Orders(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  for (const order of ['7', '8']) await promisify(client.FindOrder.bind(client))(order).catch(() => undefined);
  client.close();
  await promisify(server.tryShutdown.bind(server))();
  await sdk.shutdown();
}
