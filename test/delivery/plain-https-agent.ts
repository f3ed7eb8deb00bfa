import http from 'node:http';
import net from 'node:net';

/**
 * Connects every https address to one plain server on loopback, so that real sockets can play hosts of Azure. Requests
 * carry the host they meant in their `Host` header.
 */
export class PlainHttpsAgent extends http.Agent {
  /** Node.js refuses an agent whose protocol is not that of the address. */
  readonly protocol = 'https:';
  readonly #port: number;

  constructor(port: number) {
    super({ keepAlive: true });
    this.#port = port;
  }

  override createConnection(): net.Socket {
    return net.connect(this.#port, '127.0.0.1');
  }
}
