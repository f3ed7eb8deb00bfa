import type { IncomingHttpHeaders } from 'node:http';

/** The wire: one POST, one {@link Answer}. */
export interface Transport {
  /** Posts one body. Never rejects: every end of a request is an answer. */
  post(request: PostRequest): Promise<Answer>;
  /** Aborts what is under way and lets go of sockets. Later posts fail at once. */
  close(): void;
}

/** A transport that can be made ready before its first request. */
export interface WarmableTransport extends Transport {
  /** Loads what the first request would have to wait for. Never throws. */
  warmUp(): void;
}

/** One request to make. */
export interface PostRequest {
  readonly url: URL;
  /** A gzipped JSON array of envelopes. */
  readonly body: Uint8Array;
  /** When to give up on all of it, answer included. The transport's own limit holds as well. */
  readonly timeoutMillis?: number | undefined;
  /** Sent as `Authorization: Bearer`. The caller has decided that this host may see it. */
  readonly token?: string | undefined;
}

/** How a request ended. */
export type Answer = Response | Failure;

/** The other side answered, at least with a status line and headers. */
export interface Response {
  readonly kind: 'response';
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** What was read of the body, at most 64 KB. */
  readonly body: string;
  /** `too_long`: there was more than we read; `cut`: the connection broke within it. */
  readonly extent: 'whole' | 'too_long' | 'cut';
}

/** There was no answer. */
export interface Failure {
  readonly kind: 'failure';
  /** Of the operating system, TLS or got, such as `ECONNREFUSED` or `ETIMEDOUT`. */
  readonly code: string;
  /** One line for a log, without secrets. */
  readonly message: string;
  /** Who signed the certificate of the other side, if it showed one. */
  readonly issuer?: string | undefined;
  /** Whether the connection had been used before. */
  readonly isReused?: boolean | undefined;
}
