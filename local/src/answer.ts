import type { ServerResponse } from 'node:http';

/** One item the service did not take, by its place in the request. */
export interface TrackError {
  readonly index: number;
  readonly statusCode: number;
  readonly message: string;
}

/** What goes back to a sender. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The service's answer to `received` items: 200 where all were taken, 206 where some were not, 400 where none was.
 *
 * @see https://github.com/Azure/azure-rest-api-specs/tree/main/specification/applicationinsights/data-plane/Monitor.Exporters
 */
export function trackAnswer(received: number, errors: readonly TrackError[]): Answer {
  const accepted = received - errors.length;
  return jsonAnswer(statusOf(accepted, errors.length), { itemsReceived: received, itemsAccepted: accepted, errors });
}

function statusOf(accepted: number, refused: number): number {
  if (refused === 0) return 200;
  return accepted > 0 ? 206 : 400;
}

/** The answer to a body of which no item could be read, or to one that a fault refuses as a whole. */
export function refusal(status: number, message: string): Answer {
  return jsonAnswer(status, {
    itemsReceived: 0,
    itemsAccepted: 0,
    errors: [{ index: 0, statusCode: status, message }],
  });
}

/** An answer of plain text, for people. */
export function textAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: `${body}\n` };
}

/** Sends an answer whole, unless the sender is gone or has been answered. */
export function respond(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  response.end(status === 204 ? undefined : body);
}

function jsonAnswer(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
