import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

/**
 * What the service does with a request: takes it; refuses it with a status; takes it and breaks the connection before
 * the answer, which leaves the sender in doubt; breaks it before that; never answers; answers late.
 */
export type Behaviour = 'take' | 'refuse' | 'throttle' | 'take_and_reset' | 'reset' | 'hang' | 'late';

/** An answer word for word, of a service that takes none of the items, or those that `takes` names by position. */
export interface Script {
  readonly status: number;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: (count: number) => unknown;
  readonly takes?: (position: number) => boolean;
  /** Whether the connection breaks within the body. */
  readonly isCut?: boolean;
}

/** All that it can do but take. */
export const FAULTS: readonly Behaviour[] = ['refuse', 'throttle', 'reset', 'hang', 'take_and_reset', 'late'];

const LATE_MILLIS = 2000;

/** An ingestion service that behaves as it is told at the moment, and remembers the span ids that it took. */
export class Service {
  behaviour: Behaviour | Script = 'take';
  /** What it does with that many requests first, one after the other. */
  readonly scripts: Script[] = [];
  /** Each span that was taken: when, on the monotonic clock, and how often. */
  readonly taken: Map<string, { readonly firstMillis: number; times: number }> = new Map();
  /** Items that were taken, and whose sender cannot know it. */
  doubtfulItems: number = 0;
  requests: number = 0;
  largestRequestItems: number = 0;
  /** How often connections were broken: what had just been taken then is in doubt, too. */
  breaks: number = 0;
  /** How long it takes to answer when it takes what it got. */
  answerMillis: number = 0;
  #forgottenCopies = 0;
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(): Promise<Service> {
    const service = new Service();
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  get connectionString(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `InstrumentationKey=10ca1000-0000-4000-8000-000000000000;IngestionEndpoint=http://127.0.0.1:${port}/`;
  }

  /** How many spans came more than once, each further copy counted. */
  get copies(): number {
    let copies = this.#forgottenCopies;
    for (const { times } of this.taken.values()) copies += times - 1;
    return copies;
  }

  /** Makes room: forgets what came first longer ago than that, but not how many copies there were of it. */
  forget(olderThanMillis: number): void {
    const limitMillis = performance.now() - olderThanMillis;
    for (const [id, { firstMillis, times }] of this.taken) {
      if (firstMillis > limitMillis) return;
      this.#forgottenCopies += times - 1;
      this.taken.delete(id);
    }
  }

  /** Ends what hangs, too. */
  breakConnections(): void {
    this.breaks += 1;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.breakConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const behaviour = this.scripts.shift() ?? this.behaviour;
    this.requests += 1;
    if (behaviour === 'reset') return void request.socket.resetAndDestroy();
    const body = await readBody(request);
    if (body === undefined) return;
    if (typeof behaviour === 'object') return this.#play(behaviour, body, response);
    switch (behaviour) {
      case 'refuse':
        return void response.writeHead(503).end();
      case 'throttle':
        return void response.writeHead(429, { 'retry-after': '1' }).end();
      case 'hang':
        return;
      case 'take_and_reset':
        this.doubtfulItems += this.#take(body);
        return void request.socket.resetAndDestroy();
      case 'late':
        await wait(LATE_MILLIS);
        return this.#answer(body, response);
      case 'take':
        if (this.answerMillis > 0) await wait(this.answerMillis);
        return this.#answer(body, response);
    }
  }

  #answer(body: Buffer, response: http.ServerResponse): void {
    const count = this.#take(body);
    response.end(JSON.stringify({ itemsReceived: count, itemsAccepted: count, errors: [] }));
  }

  #play(
    { status, headers = {}, body, takes = () => false, isCut = false }: Script,
    sent: Buffer,
    response: http.ServerResponse,
  ): void {
    const answer = body?.(this.#take(sent, takes)) ?? '';
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    if (!isCut) return void response.writeHead(status, headers).end(text);
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) + 10 });
    response.write(text, () => response.destroy());
  }

  /** Gives how many items there were. */
  #take(body: Buffer, takes: (position: number) => boolean = () => true): number {
    const items = JSON.parse(body.toString()) as { data: { baseData: { id?: string } } }[];
    // The official exporter sends a row about the resource, too, which has no id.
    const ids = items
      .filter((_, position) => takes(position))
      .map(item => item.data.baseData.id)
      .filter(id => id !== undefined);
    for (const id of ids) {
      const span = this.taken.get(id);
      if (span === undefined) this.taken.set(id, { firstMillis: performance.now(), times: 1 });
      else span.times += 1;
    }
    this.largestRequestItems = Math.max(this.largestRequestItems, items.length);
    return items.length;
  }
}

/** `undefined` when its sender died in the middle. */
async function readBody(request: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  } catch {
    return undefined;
  }
}
