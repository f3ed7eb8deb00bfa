import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

/** One tunnel that was asked for. */
export interface AskedTunnel {
  /** `host:port`, as asked. */
  readonly target: string | undefined;
  readonly authorization: string | undefined;
}

/** A proxy on loopback that opens tunnels for who knows the password, and for nobody else. */
export class ConnectProxy {
  readonly asked: AskedTunnel[] = [];
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = http.createServer((_request, response) => response.writeHead(405).end());
    this.#server.on('connect', (request, socket: Socket) => this.#tunnel(request, socket));
  }

  static async start(): Promise<ConnectProxy> {
    const proxy = new ConnectProxy();
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** Its address, for one who gives this name and password. */
  urlFor(user: string, password: string): string {
    return `http://${user}:${password}@127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #tunnel({ url: target, headers }: http.IncomingMessage, socket: Socket): void {
    const authorization = headers['proxy-authorization'];
    this.asked.push({ target, authorization });
    this.#keep(socket);
    if (authorization !== `Basic ${btoa('user:secret')}`) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const onward = net.connect(Number(target?.split(':').at(-1)), '127.0.0.1');
    this.#keep(onward);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    socket.pipe(onward).pipe(socket);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
  }
}
