import http from 'node:http';
import type https from 'node:https';
import { TLSSocket } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import type { Got, OptionsInit, PlainResponse, Request } from 'got';
import type { HttpAgent, ProxyEnvironment } from './agent.ts';
import { loadGot } from './load-got.ts';
import { httpsAgent } from './proxy.ts';
import { redact } from './redact.ts';
import { untraced } from './suppression.ts';
import type { Answer, Failure, PostRequest, Response, WarmableTransport } from './transport.ts';

/** An answer is a few kilobytes of JSON; a longer one is not the service's, or lists more errors than we act on. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Two requests at a time keep a fast link busy; more only multiply what a fault leaves in doubt. */
const MAX_SOCKETS = 2;

/** How a connection ends that the other side has closed. */
const STALE_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

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
  readonly agent?: HttpAgent | undefined;
  /** Says through which proxy our own agent connects. */
  readonly proxyEnvironment?: ProxyEnvironment | undefined;
  readonly timeouts?: PhaseTimeouts | undefined;
}

/**
 * Posts over HTTP/1.1 with got.
 *
 * got is loaded when it is first needed, so that importing this library costs next to nothing. Redirects and retries
 * are the callers' decision. Requests are never traced, nor measured by instrumentations unless the agent is the
 * user's, and their sockets never hold the process.
 */
export class HttpTransport implements WarmableTransport {
  readonly #timeouts: PhaseTimeouts;
  readonly #ownAgents: readonly http.Agent[];
  readonly #agent: { http: http.Agent; https: https.Agent };
  /** Not an `AbortSignal`: got leaves a listener on it for every request. */
  readonly #underWay = new Set<Request>();
  #isClosed = false;
  readonly #untraced = untraced();
  #got: Promise<Got> | undefined;

  constructor({ agent, proxyEnvironment, timeouts = TIMEOUTS }: HttpTransportOptions = {}) {
    const own = { keepAlive: true, maxSockets: MAX_SOCKETS };
    this.#agent =
      agent === undefined
        ? { http: new http.Agent(own), https: httpsAgent(own, proxyEnvironment) }
        : { http: agent as http.Agent, https: agent as https.Agent };
    this.#ownAgents = agent === undefined ? [this.#agent.http, this.#agent.https] : [];
    this.#timeouts = timeouts;
  }

  warmUp(): void {
    // What fails here is what the first request will say.
    this.#loadedGot().catch(() => undefined);
  }

  post(request: PostRequest): Promise<Answer> {
    return this.#untraced(() => this.#post(request));
  }

  close(): void {
    this.#isClosed = true;
    for (const request of this.#underWay) request.destroy(closed());
    for (const agent of this.#ownAgents) agent.destroy();
  }

  /**
   * A kept connection that the other side has just closed fails at the next use, although nothing is wrong: then a
   * fresh one is tried at once. See https://nodejs.org/api/http.html#requestreusedsocket.
   */
  async #post(request: PostRequest): Promise<Answer> {
    const begunMillis = performance.now();
    const { timeoutMillis = this.#timeouts.request } = request;
    let answer = await this.#postOnce(request);
    for (let stale = 0; stale < MAX_SOCKETS && isStale(answer); stale += 1) {
      const leftMillis = Math.max(1, timeoutMillis - (performance.now() - begunMillis));
      answer = await this.#postOnce({ ...request, timeoutMillis: leftMillis });
    }
    return answer;
  }

  async #postOnce(request: PostRequest): Promise<Answer> {
    try {
      const got = await this.#loadedGot();
      if (this.#isClosed) throw closed();
      return await this.#answerTo(got(request.url, this.#optionsFor(request)));
    } catch (error) {
      return toFailure(error);
    }
  }

  async #answerTo(request: Request): Promise<Answer> {
    this.#underWay.add(request);
    const answer = await readAnswer(request);
    this.#underWay.delete(request);
    return answer;
  }

  #loadedGot(): Promise<Got> {
    this.#got ??= this.#loadGot();
    return this.#got;
  }

  /** What all requests have in common is given once: got takes a tenth of a millisecond to check it. */
  async #loadGot(): Promise<Got> {
    const got = await loadGot();
    const common = { agent: this.#agent, timeout: { ...this.#timeouts } };
    // A user's agent may find out by who calls it whether a connection is to be secure.
    return got.extend(this.#ownAgents.length === 0 ? common : { ...common, request: requestUnmeasured });
  }

  /** Whatever is given here is checked and copied for each request. */
  #optionsFor({ body, token, timeoutMillis = Infinity }: PostRequest): OptionsInit & { isStream: true } {
    return {
      isStream: true,
      body,
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
      ...(timeoutMillis < this.#timeouts.request ? { timeout: { request: timeoutMillis } } : {}),
    };
  }
}

/**
 * `http.request` and `https.request` as they are without instrumentations, which put functions in their place that count
 * and time each request, in suppressed contexts too: our own would be among the application's.
 */
function requestUnmeasured(url: URL, options: https.RequestOptions): http.ClientRequest {
  return new http.ClientRequest({ ...urlToHttpOptions(url), ...options });
}

function isStale(answer: Answer): boolean {
  return answer.kind === 'failure' && answer.isReused === true && STALE_CODES.has(answer.code);
}

function closed(): Error {
  return Object.assign(new Error('The delivery was shut down'), { code: 'ERR_ABORTED' });
}

function readAnswer(request: Request): Promise<Answer> {
  return new Promise(resolve => {
    let head: PlainResponse | undefined;
    let chunks: Buffer[] = [];
    let bytes = 0;
    let issuer: string | undefined;
    let isReused = false;
    const finish = (extent: Response['extent'], error?: unknown): void => {
      if (head === undefined) return resolve({ ...toFailure(error), issuer, isReused });
      const body = Buffer.concat(chunks).toString('utf8', 0, MAX_ANSWER_BYTES);
      resolve({ kind: 'response', statusCode: head.statusCode, headers: head.headers, body, extent });
    };
    request.on('request', (sent: http.ClientRequest) => {
      sent.on('socket', socket => {
        isReused = sent.reusedSocket;
        socket.unref();
        if (!(socket instanceof TLSSocket && socket.connecting)) return;
        // Ahead of Node.js' own listener, which lets go of a certificate it does not trust.
        socket.prependOnceListener('secure', () => (issuer = issuerOf(socket)));
      });
    });
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

/** Who signed the other side's certificate: where it is not trusted, that tells which proxy is in between. */
function issuerOf(socket: TLSSocket): string | undefined {
  const issuer = socket.getPeerCertificate()?.issuer;
  return issuer === undefined ? undefined : redact(String(issuer.CN ?? issuer.O ?? 'nobody'));
}

function toFailure(error: unknown): Failure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    kind: 'failure',
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: redact(typeof message === 'string' ? message : String(error)),
  };
}
