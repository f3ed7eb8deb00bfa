import { context, createContextKey } from '@opentelemetry/api';
import http from 'node:http';
import https from 'node:https';
import type { Got, OptionsInit, PlainResponse, Request } from 'got';
import type { Answer, Failure, PostRequest, Response, Transport } from './transport.ts';

/** An answer is a few kilobytes of JSON; a longer one is not the service's, or lists more errors than we act on. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Two requests at a time keep a fast link busy; more only multiply what a fault leaves in doubt. */
const MAX_SOCKETS = 2;

/** The key under which instrumentations look whether to stay silent, in OpenTelemetry SDK 2.x and 3.x alike. */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** The longest each phase of a request may take, in milliseconds. */
export interface PhaseTimeouts {
  readonly lookup: number;
  readonly connect: number;
  readonly secureConnect: number;
  readonly send: number;
  /** From the end of our body to the first byte of the answer. */
  readonly response: number;
  /** The whole request, answer included. */
  readonly request: number;
}

const TIMEOUTS: PhaseTimeouts = {
  lookup: 5000,
  connect: 5000,
  secureConnect: 5000,
  send: 20_000,
  response: 20_000,
  request: 30_000,
};

/** How an {@link HttpTransport} connects. */
export interface HttpTransportOptions {
  /** The user's own agent, for a proxy for example. It is used, but never destroyed here. */
  readonly agent?: http.Agent | undefined;
  readonly timeouts?: PhaseTimeouts | undefined;
}

/**
 * Posts over HTTP/1.1 with got.
 *
 * got is loaded at the first request, so that importing this library costs next to nothing. Redirects and retries are
 * the callers' decision. Requests are never traced and their sockets never hold the process.
 */
export class HttpTransport implements Transport {
  readonly #timeouts: PhaseTimeouts;
  readonly #ownAgents: readonly http.Agent[];
  readonly #agent: { http: http.Agent; https: https.Agent };
  readonly #closing = new AbortController();
  /** Of our maker, so that a socket kept alive does not keep the context of some request alive with it. */
  readonly #context = context.active().setValue(SUPPRESS_TRACING, true);
  #got: Promise<{ got: Got }> | undefined;

  constructor({ agent, timeouts = TIMEOUTS }: HttpTransportOptions = {}) {
    const own = { keepAlive: true, maxSockets: MAX_SOCKETS };
    this.#agent =
      agent === undefined
        ? { http: new http.Agent(own), https: new https.Agent(own) }
        : { http: agent, https: agent as https.Agent };
    this.#ownAgents = agent === undefined ? [this.#agent.http, this.#agent.https] : [];
    this.#timeouts = timeouts;
  }

  post(request: PostRequest): Promise<Answer> {
    return context.with(this.#context, () => this.#post(request));
  }

  close(): void {
    this.#closing.abort();
    for (const agent of this.#ownAgents) agent.destroy();
  }

  async #post(request: PostRequest): Promise<Answer> {
    try {
      const { got } = await (this.#got ??= import('got'));
      return await readAnswer(got.stream.post(request.url, this.#optionsFor(request)));
    } catch (error) {
      return toFailure(error);
    }
  }

  #optionsFor({ body, token }: PostRequest): OptionsInit & { isStream: true } {
    return {
      isStream: true,
      body,
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        accept: 'application/json',
        'user-agent': 'azure-monitor-bridge',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      agent: this.#agent,
      timeout: this.#timeouts,
      signal: this.#closing.signal,
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: false,
      decompress: false,
    };
  }
}

function readAnswer(request: Request): Promise<Answer> {
  return new Promise(resolve => {
    let head: PlainResponse | undefined;
    let chunks: Buffer[] = [];
    let bytes = 0;
    const finish = (extent: Response['extent'], error?: unknown): void => {
      if (head === undefined) return resolve(toFailure(error));
      const body = Buffer.concat(chunks).toString('utf8', 0, MAX_ANSWER_BYTES);
      resolve({ kind: 'response', statusCode: head.statusCode, headers: head.headers, body, extent });
    };
    request.on('request', (sent: http.ClientRequest) => sent.on('socket', socket => socket.unref()));
    request.on('response', (response: PlainResponse) => (head = response));
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes <= MAX_ANSWER_BYTES) return;
      finish('too_long');
      chunks = [];
      request.destroy();
    });
    request.once('end', () => finish('whole'));
    // Stays after the answer: an error without a listener would end the process.
    request.on('error', error => finish('cut', error));
  });
}

function toFailure(error: unknown): Failure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    kind: 'failure',
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: typeof message === 'string' ? message : String(error),
  };
}
