/*
 * Not a MongoDB: a stub on loopback that answers MongoDB's client in OP_MSG, for tests of what the client's
 * instrumentation says. It greets, finds one order, takes what is inserted, and refuses every other command.
 * <https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/>
 */
const { BSON } = require('mongodb');
const events = require('node:events');
const net = require('node:net');

const OP_MSG = 2013;
const HEADER_BYTES = 16;

const HELLO = { isWritablePrimary: true, maxWireVersion: 21, minWireVersion: 0, maxBsonObjectSize: 16_777_216 };
const REFUSAL = { ok: 0, code: 59, codeName: 'CommandNotFound', errmsg: 'no such command' };

/** Starts it; its `port` is free, and `close` ends its connections too. */
exports.startMongoDbStub = async () => {
  const sockets = new Set();
  const server = net.createServer(socket => {
    sockets.add(socket);
    answerAll(socket);
  });
  server.listen(0, '127.0.0.1');
  await events.once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: server.address().port, close };
};

function answerAll(socket) {
  let received = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', bytes => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= HEADER_BYTES && received.length >= received.readInt32LE(0)) {
      const messageBytes = received.readInt32LE(0);
      socket.write(answerTo(received.subarray(0, messageBytes)));
      received = received.subarray(messageBytes);
    }
  });
}

/** Header (length, id, what it answers, operation), flags, a section of kind 0, the document. */
function answerTo(message) {
  const document = BSON.serialize(replyTo(BSON.deserialize(message.subarray(HEADER_BYTES + 5))));
  const head = Buffer.alloc(HEADER_BYTES + 5);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, document]);
}

function replyTo(command) {
  const [name] = Object.keys(command);
  switch (name) {
    case 'hello':
      return { ok: 1, ...HELLO };
    case 'ping':
    case 'endSessions':
      return { ok: 1 };
    case 'insert':
      return { ok: 1, n: command.documents.length };
    case 'find':
      return { ok: 1, cursor: { id: BSON.Long.ZERO, ns: `${command.$db}.${command.find}`, firstBatch: [{ _id: 7 }] } };
    default:
      return REFUSAL;
  }
}
