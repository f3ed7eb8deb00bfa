import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One answer of the script. What is left out is that of a service that takes everything. */
export interface Step {
  readonly status?: number;
  readonly headers?: http.OutgoingHttpHeaders;
  /** Text, or what is written as JSON. */
  readonly body?: unknown;
  /** Answers when this has resolved. */
  readonly after?: Promise<unknown>;
  /**
   * `hang`: never answers. `reset`: breaks the connection once the request is read. `reset_reading`: breaks it before
   * that. `cut`: breaks it within the answer's body.
   */
  readonly fault?: 'hang' | 'reset' | 'reset_reading' | 'cut';
}

export interface RecordedRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly items: readonly unknown[];
}

/** A server on a loopback port that answers as scripted, and with 200 when the script is over. */
export class ScriptedServer {
  readonly requests: RecordedRequest[] = [];
  readonly #script: Step[];
  readonly #answer: (request: RecordedRequest) => Step;
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();

  private constructor(script: Step[], answer: (request: RecordedRequest) => Step) {
    this.#script = script;
    this.#answer = answer;
    this.#server = http.createServer((request, response) => {
      void this.#serve(request, response);
    });
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** `answer` decides once the script is over. */
  static async start(
    script: Step[] = [],
    answer: (request: RecordedRequest) => Step = () => ({}),
  ): Promise<ScriptedServer> {
    const server = new ScriptedServer(script, answer);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** The items of all requests, in the order of arrival. */
  get items(): unknown[] {
    return this.requests.flatMap(({ items }) => items);
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (this.#script[0]?.fault === 'reset_reading') {
      this.#script.shift();
      request.socket.resetAndDestroy();
      return;
    }
    const body = await readBody(request);
    if (body === undefined) return;
    const items = JSON.parse(gunzipSync(body).toString()) as unknown[];
    const recorded = { method: request.method, path: request.url, headers: request.headers, items };
    this.requests.push(recorded);
    const step = this.#script.shift() ?? this.#answer(recorded);
    await step.after;
    reply(request, response, step, items.length);
  }
}

/** `undefined` when the sender broke off in the middle. */
async function readBody(request: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

function reply(request: http.IncomingMessage, response: http.ServerResponse, step: Step, count: number): void {
  const { status = 200, headers = {}, fault } = step;
  const body = step.body ?? (status === 200 ? { itemsReceived: count, itemsAccepted: count, errors: [] } : '');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (fault === 'hang') return;
  if (fault === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (fault === 'cut') {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) + 10 });
    response.write(text, () => request.socket.destroy());
    return;
  }
  response.writeHead(status, headers);
  response.end(text);
}
