import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Certificate } from './certificate.ts';

/** Where the listener answers, and how to end it. */
export interface Listener {
  readonly port: number;
  /** Ends every connection at once and frees the port. */
  close(): Promise<void>;
}

/** The first byte of a TLS hello; no HTTP request begins with it. https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const TLS_HANDSHAKE = 0x16;

/** A connection that sends nothing is ended after this long. */
const FIRST_BYTE_MILLIS = 30_000;

/**
 * Listens on one port of 127.0.0.1 and speaks HTTP or HTTPS, as the first byte of each connection asks.
 *
 * Rejects where the port is taken, with what to do about it.
 */
export async function listen(port: number, certificate: Certificate, onRequest: RequestListener): Promise<Listener> {
  const http = createHttpServer(onRequest);
  const https = createHttpsServer({ key: certificate.privateKey, cert: certificate.certificate }, onRequest);
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client may vanish at any moment; its request sees the end of it.
    socket.on('error', () => socket.destroy());
    dispatch(socket, first => (first === TLS_HANDSHAKE ? https : http).emit('connection', socket));
  });
  await bind(server, port);
  return { port: (server.address() as AddressInfo).port, close: () => close(server, sockets) };
}

/** Looks at the first byte and hands the connection on with that byte still in it. */
function dispatch(socket: Socket, handOn: (firstByte: number | undefined) => void): void {
  socket.setTimeout(FIRST_BYTE_MILLIS, () => socket.destroy());
  socket.once('data', (first: Buffer) => {
    socket.pause();
    socket.setTimeout(0);
    socket.removeAllListeners('timeout');
    socket.unshift(first);
    handOn(first[0]);
    process.nextTick(() => socket.resume());
  });
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  const advice = 'End the other program, or choose another port; 0 takes a free one.';
  return Object.assign(new Error(`Port ${port} of 127.0.0.1 is taken. ${advice}`), { code: error.code });
}

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
